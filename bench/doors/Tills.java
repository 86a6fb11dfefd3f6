import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/**
 * A server of tills: sends receipts in lots, each of one transaction. Whatever breaks, it connects again and sends the lot
 * again for which it has no confirmation, although the broker may have it.
 */
final class Tills implements Runnable {
    private static final int LARGEST_LOT = 20;
    private static final int LONGEST_PAUSE_MILLIS = 60;
    private static final int RECONNECT_MILLIS = 100;

    private final ActiveMQConnectionFactory broker;
    private final List<LiveReceipts.Receipt> receipts;
    private final Random random;
    private final Semaphore allowed = new Semaphore(0);
    private volatile int confirmed;
    private volatile int resent;
    private volatile boolean sending;

    /** @param random decides the sizes of lots, and pauses */
    Tills(ActiveMQConnectionFactory broker, List<LiveReceipts.Receipt> receipts, Random random) {
        this.broker = broker;
        this.receipts = receipts;
        this.random = random;
    }

    /** So many more may be sent. */
    void allow(int more) {
        allowed.release(more);
    }

    /** How many the broker has confirmed. */
    int confirmed() {
        return confirmed;
    }

    /** Lets a lot go, and waits until it is on its way; not longer than a second, for there may be none. */
    void awaitSending() throws InterruptedException {
        allow(LARGEST_LOT);
        for (int look = 0; look < 2_000 && !sending; look++) {
            TimeUnit.MICROSECONDS.sleep(500);
        }
    }

    /** How many were sent again, because their confirmation was lost. */
    int resent() {
        return resent;
    }

    @Override
    public void run() {
        try {
            while (confirmed < receipts.size()) {
                sendUntilItBreaks();
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private void sendUntilItBreaks() throws InterruptedException {
        int underWay = 0;
        try (Connection connection = broker.createConnection();
                Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
                MessageProducer producer = session.createProducer(session.createQueue(TillDoor.QUEUE))) {
            while (confirmed < receipts.size()) {
                int lot = 1 + random.nextInt(Math.min(LARGEST_LOT, receipts.size() - confirmed));
                // What was allowed once stays allowed: a lot that fails is sent again.
                allowed.acquire(lot);
                underWay = lot;
                sending = true;
                for (LiveReceipts.Receipt receipt : receipts.subList(confirmed, confirmed + lot)) {
                    TextMessage message = session.createTextMessage(receipt.body());
                    message.setStringProperty("posbridgeFile", LiveReceipts.FILE);
                    producer.send(message);
                }
                session.commit();
                sending = false;
                confirmed += lot;
                underWay = 0;
                TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_PAUSE_MILLIS));
            }
        } catch (JMSException broken) {
            sending = false;
            allowed.release(underWay);
            resent += underWay;
            TimeUnit.MILLISECONDS.sleep(RECONNECT_MILLIS);
        }
    }
}
