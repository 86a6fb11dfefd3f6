package dev.posbridge.broker;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the node that sends look at once at what another one has stored: by a token over the broker that they share, which is
 * kept nowhere. One that is lost costs the second until the sender looks by itself. Thread-safe.
 */
public final class SenderCalls extends ServiceSupport {
    /** Whoever listens gets a copy; where nobody does it is gone. */
    public static final String ADDRESS = "posbridge.live";

    private static final Logger LOG = LoggerFactory.getLogger(SenderCalls.class);
    private static final long LOOK_MILLIS = 500;
    private static final long RECOVERY_MILLIS = 2_000;

    private final QueueAccess access;
    private final Runnable heard;
    private final Semaphore wanted = new Semaphore(0);
    private volatile Thread thread;

    private SenderCalls(QueueAccess access, Runnable heard) {
        this.access = access;
        this.heard = heard;
    }

    /** Where nobody has to be called: this process has the ledger to itself, or no broker is shared. */
    public static SenderCalls none() {
        return new SenderCalls(null, null);
    }

    /** Of a node that does not send. */
    public static SenderCalls calling(QueueAccess shared) {
        return new SenderCalls(shared, null);
    }

    /** Of the node that sends. */
    public static SenderCalls heardBy(QueueAccess shared, Runnable look) {
        return new SenderCalls(shared, look);
    }

    /** Something is stored that cannot wait. Returns at once. */
    public void call() {
        if (access != null && heard == null) {
            wanted.release();
        }
    }

    @Override
    protected void doStart() {
        if (access != null) {
            thread = new Thread(this::run, "sender-calls");
            thread.setDaemon(true);
            thread.start();
        }
    }

    @Override
    protected void doStop() {
        Thread running = thread;
        thread = null;
        if (running != null) {
            running.interrupt();
        }
    }

    private boolean isOver() {
        return thread != Thread.currentThread();
    }

    private void run() {
        boolean told = false;
        while (!isOver()) {
            try (QueueAccess.Connection connection = access.open()) {
                QueueAccess.requireAddress(connection.session(), ADDRESS, RoutingType.MULTICAST);
                if (heard == null) {
                    send(connection.session());
                } else {
                    listen(connection.session());
                }
            } catch (InterruptedException closing) {
                return;
            } catch (Exception problem) {
                if (!told && !isOver()) {
                    LOG.warn(
                            "address={} the node that sends cannot be called over the broker ({}): what the others store "
                                    + "it finds within a second.",
                            ADDRESS,
                            problem.getMessage());
                    told = true;
                }
                if (!paused()) {
                    return;
                }
            }
        }
    }

    private static boolean paused() {
        try {
            TimeUnit.MILLISECONDS.sleep(RECOVERY_MILLIS);
            return true;
        } catch (InterruptedException closing) {
            return false;
        }
    }

    private void send(ClientSession session) throws ActiveMQException, InterruptedException {
        try (ClientProducer producer = session.createProducer(ADDRESS)) {
            while (!isOver()) {
                boolean some = wanted.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (session.isClosed()) {
                    throw new IllegalStateException("the connection was lost");
                }
                if (some) {
                    wanted.drainPermits();
                    producer.send(session.createMessage(false));
                    session.commit();
                }
            }
        }
    }

    private void listen(ClientSession session) throws ActiveMQException {
        SimpleString own = SimpleString.of(ADDRESS + '.' + java.util.UUID.randomUUID());
        session.createQueue(QueueConfiguration.of(own)
                .setAddress(ADDRESS)
                .setRoutingType(RoutingType.MULTICAST)
                .setDurable(false)
                .setTemporary(true));
        try (ClientConsumer consumer = session.createConsumer(own)) {
            while (!isOver()) {
                var token = consumer.receive(LOOK_MILLIS);
                if (session.isClosed()) {
                    throw new IllegalStateException("the connection was lost");
                }
                if (token != null) {
                    for (var next = token; next != null; next = consumer.receiveImmediate()) {
                        next.acknowledge();
                    }
                    session.commit();
                    heard.run();
                }
            }
        }
    }
}
