import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TextMessage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A till that sells and takes back at the desk, as tills do: one after the other, each asked again under its key until the
 * desk has it. Events are told once, whatever becomes of them.
 */
final class GoodDesk implements Runnable {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** After these a till asks again. */
    private static final Set<String> AGAIN = Set.of("timeout", "unavailable", "busy", "internal", "account-refused", "customer-busy");
    private static final int PAUSE_MILLIS = 250;
    private static final int PATIENCE_MILLIS = 5_000;
    private static final int RECONNECT_MILLIS = 200;
    private static final String DAY = "20220705";

    private final TillDoor door;
    private final Manifest manifest;
    private final int customers;
    private final Random random;
    private final List<String> findings = new ArrayList<>();
    private volatile boolean over;
    private volatile int done;
    private volatile String last = "nothing";
    private int number;
    private final Set<String> asked = new HashSet<>();
    private String pending;
    private String queue;
    private Runnable note;
    private int lastSale;
    private int lastCustomer;
    private long lastLeft;

    /** @param manifest of its own, in which a receipt is noted before it is asked for */
    GoodDesk(TillDoor door, int customers, Random random, Manifest manifest) {
        this.door = door;
        this.customers = customers;
        this.random = random;
        this.manifest = manifest;
        manifest.from("desk");
    }

    /** Nothing new is sold; what is in hand is asked for until the desk has it. */
    void close() {
        over = true;
    }

    int done() {
        return done;
    }

    List<String> findings() {
        return findings;
    }

    @Override
    public void run() {
        while (!over || pending != null) {
            try {
                ask();
            } catch (JMSException broken) {
                last = broken.toString();
                pause(RECONNECT_MILLIS);
            }
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
        }
    }

    private void ask() throws JMSException {
        try (Connection connection = door.connections().createConnection();
                Session session = connection.createSession()) {
            connection.start();
            TemporaryQueue replies = session.createTemporaryQueue();
            try (MessageConsumer consumer = session.createConsumer(replies)) {
                while (!over || pending != null) {
                    if (pending == null) {
                        next();
                    }
                    TextMessage request = session.createTextMessage(pending);
                    request.setJMSReplyTo(replies);
                    try (var producer = session.createProducer(session.createQueue("posbridge.checkout." + queue))) {
                        if (queue.equals("event")) {
                            pending = null;
                        }
                        producer.send(request);
                    }
                    asked.add(request.getJMSMessageID());
                    TextMessage reply = (TextMessage) consumer.receive(PATIENCE_MILLIS);
                    // One to an earlier asking for the same will do; one to something else came too late.
                    if (reply != null && asked.contains(reply.getJMSCorrelationID())) {
                        heard(reply.getText());
                    }
                    pause(random.nextInt(2 * PAUSE_MILLIS));
                }
            }
        }
    }

    String last() {
        return last;
    }

    private void heard(String text) {
        last = text;
        JsonNode reply;
        try {
            reply = JSON.readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException broken) {
            findings.add("the desk replied " + text);
            return;
        }
        if (reply.path("ok").asBoolean()) {
            done++;
            pending = null;
        } else if (!AGAIN.contains(reply.path("error").asText()) && pending != null) {
            findings.add("the desk replied " + text + " to " + pending);
            pending = null;
        }
    }

    private void next() {
        number++;
        asked.clear();
        int kind = random.nextInt(10);
        if (kind == 0) {
            queue = "event";
            String name = "visit-" + number;
            manifest.events.add(name);
            pending = "{\"customerId\":\"" + AcmeNights.buyer(random.nextInt(customers)) + "\",\"name\":\"" + name + "\"}";
        } else if (kind < 3 && lastLeft > 1) {
            queue = "refund";
            long back = 1 + random.nextInt((int) lastLeft - 1);
            lastLeft -= back;
            manifest.refund(id(number), AcmeNights.buyer(lastCustomer), back);
            pending = "{\"vendor\":\"acme\",\"key\":\"" + key(number) + "\",\"original\":\"" + key(lastSale) + "\",\"customerId\":\""
                    + AcmeNights.buyer(lastCustomer) + "\",\"amount\":" + Manifest.money(back, '.') + "," + when("refundedAt") + "}";
        } else {
            queue = "order";
            lastSale = number;
            lastCustomer = random.nextInt(customers);
            lastLeft = 100 + random.nextInt(20_000);
            manifest.order(id(number), AcmeNights.buyer(lastCustomer), lastLeft);
            pending = "{\"vendor\":\"acme\",\"key\":\"" + key(number) + "\",\"customerId\":\"" + AcmeNights.buyer(lastCustomer)
                    + "\",\"totalPaid\":" + Manifest.money(lastLeft, '.') + "," + when("soldAt") + "}";
        }
    }

    /** No two at one time: Gameball takes a customer's time but once. */
    private String when(String field) {
        return String.format("\"businessDate\":\"2022-07-05\",\"%s\":\"2022-07-05T%02d:%02d:%02dZ\"", field, 6 + number / 3600, number / 60 % 60, number % 60);
    }

    private static String key(int number) {
        return "5-1-" + number + "-" + DAY;
    }

    private static String id(int number) {
        return "acme-" + key(number);
    }

    private static void pause(int millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
