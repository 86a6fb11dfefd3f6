package dev.posbridge.broker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what lies in a queue and hands it over; acknowledges it when the route has ended well. While one lot is stored the
 * next gathers, so a burst is stored in large lots and a single message at once. A lot that fails is kept in hand and
 * handed over again: putting it back would use up the broker's patience, and its messages would go to where the broker
 * gives up. One thread of its own, so that a queue's messages are stored in their order.
 */
final class QueueConsumer extends DefaultConsumer {
    private static final Logger LOG = LoggerFactory.getLogger(QueueConsumer.class);
    private static final long LOOK_MILLIS = 500;

    /** There are many queues that tills ask on, and they are stopped one after the other. */
    private static final long LOOK_AT_TILLS_MILLIS = 100;

    private static final long MOST_BYTES_AT_ONCE = 8L * 1024 * 1024;
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;
    private static final long STOP_SECONDS = 30;

    /** A broker that goes away while it is asked answers after half a minute, or never. */
    private static final long STOP_ASKING_MILLIS = 1_000;

    private static final int MOST_ENDS = 2;

    /** Of a request that the desk fails on: the next waits behind it. */
    private static final int MOST_FAILURES = 3;

    private final QueueEndpoint endpoint;
    private final MessageReader reader;
    private volatile CountDownLatch stopping = new CountDownLatch(1);
    private DeathNote note;
    private Thread thread;
    /** Guarded by this; what is handed over is not interrupted, only the broker is. */
    private boolean handingOver;

    QueueConsumer(QueueEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.reader = endpoint.reader();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        stopping = new CountDownLatch(1);
        note = endpoint.isAsked() ? DeathNote.open(Path.of(endpoint.getTillsInHand()), endpoint.queue()) : null;
        thread = new Thread(this::run, "queue-" + endpoint.queue());
        thread.start();
    }

    @Override
    protected void doStop() throws Exception {
        stopping.countDown();
        thread.join(STOP_ASKING_MILLIS);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(STOP_SECONDS);
        while (thread.isAlive() && System.nanoTime() < end) {
            synchronized (this) {
                if (!handingOver) {
                    thread.interrupt();
                }
            }
            thread.join(STOP_ASKING_MILLIS);
        }
        super.doStop();
    }

    private boolean isOver() {
        return stopping.getCount() == 0;
    }

    private void run() {
        boolean lost = false;
        while (!isOver()) {
            try (QueueAccess.Connection connection = endpoint.access().open()) {
                endpoint.access().require(connection.session(), endpoint.queue());
                if (lost) {
                    LOG.info("queue={} can be read again", endpoint.queue());
                    lost = false;
                }
                read(connection.session());
            } catch (Exception problem) {
                if (!lost) {
                    LOG.warn("queue={} cannot be read, it is tried again: {}", endpoint.queue(), problem.getMessage());
                    lost = true;
                }
                endpoint.getObserver().failing(endpoint.queue(), "the broker says: " + problem.getMessage());
                pause(endpoint.recovery().toMillis());
            }
        }
    }

    private void read(ClientSession session) throws Exception {
        try (ClientConsumer consumer = session.createConsumer(endpoint.queue(), endpoint.getFilter())) {
            while (!isOver()) {
                ClientMessage first = consumer.receive(note == null ? LOOK_MILLIS : LOOK_AT_TILLS_MILLIS);
                if (session.isClosed()) {
                    throw new IllegalStateException("the connection was lost");
                }
                endpoint.getObserver().alive(endpoint.queue());
                if (first != null && note != null) {
                    handOverRequest(session, first);
                    note.leave();
                } else if (first != null) {
                    handOver(session, lot(consumer, first));
                }
            }
        }
    }

    /**
     * What is handed over at once.
     *
     * @param messages in the order of the queue; the last acknowledges all
     * @param body for the route
     */
    private record Lot(List<QueueMessage> messages, ClientMessage last, Object body) {}

    /**
     * One that ended two processes is handed over unread, and so is one that fails again and again: a till's mistake must
     * not keep the others waiting. One that fails even so has no reply; its till asks again.
     */
    private void handOverRequest(ClientSession session, ClientMessage message) throws Exception {
        boolean suspect = note.take(message.getMessageID()) >= MOST_ENDS;
        Lot lot = request(session, message, suspect ? reader.unread(message) : reader.read(message));
        Throwable failure = process(lot);
        for (int failures = 1; failure != null && failures < MOST_FAILURES && !isOver(); failures++) {
            pause(FIRST_PAUSE_MILLIS);
            failure = process(lot);
        }
        if (failure != null && isOver()) {
            return;
        }
        if (failure != null) {
            LOG.error(
                    "queue={} message={} fails again and again, it is set aside unread: {}",
                    endpoint.queue(),
                    lot.messages().get(0).id(),
                    failure.getMessage());
            process(request(session, message, reader.unread(message)));
        }
        message.acknowledge();
        session.commit();
    }

    private static Lot request(ClientSession session, ClientMessage message, QueueMessage content) {
        return new Lot(List.of(content), message, Letter.read(content, message, session));
    }

    private Lot lot(ClientConsumer consumer, ClientMessage first) throws Exception {
        List<QueueMessage> messages = new ArrayList<>();
        ClientMessage last = first;
        long bytes = 0;
        ClientMessage message = first;
        while (message != null) {
            QueueMessage read = reader.read(message);
            messages.add(read);
            last = message;
            bytes += read.size();
            message = messages.size() < endpoint.getMost() && bytes < MOST_BYTES_AT_ONCE
                    ? consumer.receiveImmediate()
                    : null;
        }
        List<QueueMessage> all = List.copyOf(messages);
        return new Lot(all, last, all);
    }

    private void handOver(ClientSession session, Lot lot) throws ActiveMQException {
        Throwable failure = process(lot);
        for (long pause = FIRST_PAUSE_MILLIS;
                failure != null && !isOver();
                pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2)) {
            endpoint.getObserver().failed(lot.messages(), failure);
            endpoint.getObserver().failing(endpoint.queue(), "its messages cannot be stored: " + failure.getMessage());
            LOG.warn(
                    "queue={} messages={} were not stored, they are tried again: {}",
                    endpoint.queue(),
                    lot.messages().size(),
                    failure.getMessage());
            pause(pause);
            failure = isOver() ? failure : process(lot);
        }
        if (failure == null) {
            lot.last().acknowledge();
            session.commit();
            endpoint.getObserver().acknowledged(lot.messages());
        }
    }

    private Throwable process(Lot lot) {
        synchronized (this) {
            if (isOver()) {
                return new IllegalStateException("no more messages are taken");
            }
            handingOver = true;
        }
        Exchange exchange = createExchange(false);
        try {
            exchange.getMessage().setBody(lot.body());
            getProcessor().process(exchange);
            return exchange.getException();
        } catch (Exception | StackOverflowError failure) {
            return failure;
        } finally {
            releaseExchange(exchange, false);
            synchronized (this) {
                handingOver = false;
            }
        }
    }

    private void pause(long millis) {
        try {
            stopping.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
