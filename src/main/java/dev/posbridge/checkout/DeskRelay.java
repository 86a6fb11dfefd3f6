package dev.posbridge.checkout;

import dev.posbridge.ledger.LedgerClock;
import jakarta.jms.BytesMessage;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.Destination;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSProducer;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries what tills ask from one broker to another, and the answers back: from the own broker of a node that does not send to
 * the one that all nodes share, and from there to the own broker of the node that sends. A request is acknowledged once the
 * other broker has it; one that is carried twice is a request that was repeated. Thread-safe.
 */
public final class DeskRelay implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DeskRelay.class);
    private static final long AGAIN_MILLIS = 1_000;
    private static final long LOOK_MILLIS = 500;
    /** No till waits longer, nor is a lost answer remembered. */
    private static final long FORGOTTEN_NANOS = TimeUnit.MINUTES.toNanos(2);

    private static final int MOST_WAITING = 20_000;
    /** More than the desk reads; it says so to whoever sent it. */
    private static final int MOST_BYTES = 128 * 1024;

    private static final String UNTIL = "posbridgeUntil";

    private final ConnectionFactory from;
    private final ConnectionFactory to;
    private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile boolean closed;

    /** Who waits for an answer. */
    private record Waiting(Destination replyTo, String correlationId, long since) {}

    private DeskRelay(ConnectionFactory from, ConnectionFactory to) {
        this.from = from;
        this.to = to;
        this.thread = new Thread(this::run, "desk-relay");
        thread.setDaemon(true);
    }

    /** Begins, and begins anew whenever one of the brokers was gone. */
    public static DeskRelay start(ConnectionFactory from, ConnectionFactory to) {
        DeskRelay relay = new DeskRelay(from, to);
        relay.thread.start();
        return relay;
    }

    private void run() {
        boolean told = false;
        while (!closed) {
            try {
                carry();
                told = false;
            } catch (JMSRuntimeException gone) {
                if (!told && !closed) {
                    LOG.warn("Requests of tills do not reach the node that sends: {}", gone.getMessage());
                    told = true;
                }
                LOG.debug("The relay of the desk begins anew", gone);
            }
            pause(AGAIN_MILLIS);
        }
    }

    /** Each session is used by one thread: requests come by one and leave by another, so do answers. */
    private void carry() {
        CountDownLatch broken = new CountDownLatch(1);
        try (JMSContext asks = from.createContext(JMSContext.CLIENT_ACKNOWLEDGE);
                JMSContext hands = to.createContext();
                JMSContext hears = to.createContext();
                JMSContext tells = from.createContext()) {
            for (JMSContext one : List.of(asks, hands, hears, tells)) {
                one.setExceptionListener(problem -> broken.countDown());
            }
            Destination answers = hears.createTemporaryQueue();
            JMSProducer back = tells.createProducer().setDeliveryMode(jakarta.jms.DeliveryMode.NON_PERSISTENT);
            hears.createConsumer(answers)
                    .setMessageListener(reply -> guarded(broken, () -> answer(back, tells, reply)));
            List<JMSConsumer> consumers = new ArrayList<>();
            Operation.all().map(Operation::queue).forEach(queue -> {
                JMSConsumer consumer = asks.createConsumer(asks.createQueue(queue));
                consumer.setMessageListener(request -> guarded(broken, () -> hand(hands, answers, queue, request)));
                consumers.add(consumer);
            });
            LOG.debug("{} queues of the desk are carried on", consumers.size());
            while (!closed && !await(broken)) {
                long old = System.nanoTime() - FORGOTTEN_NANOS;
                waiting.values().removeIf(one -> one.since() - old < 0);
            }
        }
    }

    /** Something that a broker may refuse. */
    private interface Work {
        void run() throws JMSException;
    }

    private static void guarded(CountDownLatch broken, Work work) {
        try {
            work.run();
        } catch (JMSException | JMSRuntimeException gone) {
            LOG.debug("The relay of the desk broke off", gone);
            broken.countDown();
        }
    }

    private void hand(JMSContext hands, Destination answers, String queue, Message request) throws JMSException {
        Message carried = copy(hands, request);
        Destination replyTo = IncomingMessage.temporary(request.getJMSReplyTo());
        if (replyTo != null && waiting.size() < MOST_WAITING) {
            String ours = UUID.randomUUID().toString();
            String theirs = request.getJMSCorrelationID();
            waiting.put(
                    ours, new Waiting(replyTo, theirs == null ? request.getJMSMessageID() : theirs, System.nanoTime()));
            carried.setJMSReplyTo(answers);
            carried.setJMSCorrelationID(ours);
        }
        send(hands.createProducer(), hands.createQueue(queue), request, carried);
        request.acknowledge();
    }

    /**
     * Between two nodes the end of a till's patience is told by the ledger's clock, not by JMS: that goes by the clocks of both
     * machines, and one that is minutes behind would send nothing but what is over.
     */
    private static void send(JMSProducer producer, Destination queue, Message request, Message carried)
            throws JMSException {
        if (request.propertyExists(UNTIL)) {
            long left = request.getLongProperty(UNTIL) - LedgerClock.millis();
            if (left > 0) {
                producer.setTimeToLive(left).send(queue, carried);
            }
            return;
        }
        long left = request.getJMSExpiration() - System.currentTimeMillis();
        if (request.getJMSExpiration() != 0 && left >= 0) {
            carried.setLongProperty(UNTIL, LedgerClock.millis() + left);
        }
        if (request.getJMSExpiration() == 0 || left >= 0) {
            producer.send(queue, carried);
        }
    }

    private static Message copy(JMSContext hands, Message request) throws JMSException {
        if (request instanceof TextMessage text) {
            return hands.createTextMessage(text.getText());
        }
        BytesMessage copy = hands.createBytesMessage();
        if (request instanceof BytesMessage bytes) {
            byte[] body = new byte[(int) Math.min(bytes.getBodyLength(), MOST_BYTES)];
            bytes.readBytes(body);
            copy.writeBytes(body);
        }
        return copy;
    }

    private void answer(JMSProducer back, JMSContext tells, Message reply) throws JMSException {
        String ours = reply.getJMSCorrelationID();
        Waiting till = ours == null ? null : waiting.remove(ours);
        if (till == null || !(reply instanceof TextMessage text)) {
            return;
        }
        try {
            back.setJMSCorrelationID(till.correlationId())
                    .send(till.replyTo(), tells.createTextMessage(text.getText()));
        } catch (JMSRuntimeException away) {
            LOG.debug("The till is not there any more", away);
        }
    }

    private static boolean await(CountDownLatch broken) {
        try {
            return broken.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
