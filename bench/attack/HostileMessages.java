import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;

/**
 * Damaged receipts and requests by every queue that is open, below JMS, so that nothing of a message has to be as JMS wants
 * it: types, properties of every name that Camel and the broker know, sizes, reply addresses. And, beside them, what no
 * protocol is at all, at the door itself.
 */
final class HostileMessages implements Runnable {
    private static final String[] QUEUES = {"tills.receipts", "posbridge.checkout.customer", "posbridge.checkout.balance",
        "posbridge.checkout.hold", "posbridge.checkout.release", "posbridge.checkout.preview", "posbridge.checkout.order",
        "posbridge.checkout.refund", "posbridge.checkout.order-details", "posbridge.checkout.history", "posbridge.checkout.event"};
    private static final String[] FORBIDDEN = {"posbridge.lanes", "posbridge.lanes.live", "posbridge.checkout.replies", "posbridge.broker-dead",
        "activemq.management", "activemq.notifications", "$sys.x", "#", "tills.*", "tills.receipts::tills.receipts", "none.such"};
    private static final String[] REQUESTS = {
        "{\"customerId\":\"attack-1\"}",
        "{\"qr\":\"attack-1123456\",\"points\":100,\"otp\":\"1\"}",
        "{\"customerId\":\"attack-2\",\"mobile\":\"+447911123001\",\"customer\":{\"firstName\":\"" + Markers.PERSON + "\",\"custom\":{\"a\":1}}}",
        "{\"customerId\":\"attack-3\",\"holdReference\":\"none\"}",
        "{\"customerId\":\"attack-4\",\"points\":5}",
        "{\"vendor\":\"generic-csv\",\"key\":\"attack-%d\",\"customerId\":\"attack-5\",\"totalPaid\":9.00,\"soldAt\":\"2026-01-31T18:22:07Z\","
                + "\"lines\":[{\"productId\":\"1\",\"title\":\"Tea\",\"quantity\":2,\"price\":5.00,\"discount\":1.00}],\"store\":{\"branchId\":\"1\"}}",
        "{\"vendor\":\"generic-csv\",\"key\":\"attack-r%d\",\"original\":\"attack-1\",\"customerId\":\"attack-5\",\"amount\":1.00}",
        "{\"vendor\":\"generic-csv\",\"key\":\"attack-1\"}",
        "{\"customerId\":\"attack-6\",\"limit\":20,\"startAfter\":0,\"type\":\"PaymentReward\"}",
        "{\"customerId\":\"attack-7\",\"name\":\"survey\",\"metadata\":{\"stars\":5}}",
        "{\"customerId\":\"attack-8\",\"referrerCode\":\"X\",\"deadline\":\"1ms\"}"
    };
    private static final String RECEIPT = "Type;Till;Bon;Date;Time;Phone;Email;Sku;Text;Qty;Price;Total;OrigBon;OrigDate\n"
            + "S;1;%d;01.07.2022;09:%02d;07911 123%03d;" + Markers.EMAIL + ";A-1;Tea;1;1,00;1,00;;\n";
    private static final String FILE = "EOD_66_20220701.csv";
    private static final int LARGE = 20 << 20;
    private static final int PAUSE_MILLIS = 60;
    private static final int RECONNECT_MILLIS = 300;

    private final int port;
    private final String trap;
    private final Random random;
    private final Wounds wounds;
    private final CamelNames names;
    private int sent;
    private int refused;

    /** @param trap an address that nobody may ever call */
    HostileMessages(int port, String trap, CamelNames names, Random random) {
        this.port = port;
        this.trap = trap;
        this.names = names;
        this.random = random;
        this.wounds = new Wounds(random);
    }

    String summary() {
        return sent + " messages (" + refused + " refused by the broker) with properties of " + names.size() + " names";
    }

    @Override
    public void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                connected();
            } catch (InterruptedException over) {
                Thread.currentThread().interrupt();
            } catch (Exception broken) {
                // The service was killed, or threw us out: both are as they should be.
                pause();
            }
        }
    }

    private void connected() throws Exception {
        String options = random.nextInt(4) == 0 ? "&compressLargeMessage=true" : "";
        try (ServerLocator locator = ActiveMQClient.createServerLocator(
                        "tcp://127.0.0.1:" + port + "?reconnectAttempts=0&initialConnectAttempts=1&callTimeout=5000" + options);
                ClientSessionFactory factory = locator.createSessionFactory()) {
            for (int turn = 0; turn < 30; turn++) {
                if (random.nextInt(15) == 0) {
                    noise();
                }
                try (ClientSession session = factory.createSession(TillDoor.USER, TillDoor.PASSWORD, false, true, true, false, 1)) {
                    burst(session);
                }
            }
        }
    }

    private void burst(ClientSession session) throws Exception {
        for (int turn = random.nextInt(10); turn >= 0; turn--) {
            String queue = random.nextInt(25) == 0 ? FORBIDDEN[random.nextInt(FORBIDDEN.length)] : QUEUES[random.nextInt(QUEUES.length)];
            try (ClientProducer producer = session.createProducer(queue)) {
                producer.send(message(session, queue));
                sent++;
            } catch (ActiveMQException | RuntimeException no) {
                refused++;
                if (session.isClosed()) {
                    return;
                }
            }
            TimeUnit.MILLISECONDS.sleep(random.nextInt(2 * PAUSE_MILLIS));
        }
    }

    private ClientMessage message(ClientSession session, String queue) {
        byte[] types = {Message.TEXT_TYPE, Message.TEXT_TYPE, Message.TEXT_TYPE, Message.TEXT_TYPE, Message.BYTES_TYPE, Message.BYTES_TYPE,
            Message.DEFAULT_TYPE, Message.OBJECT_TYPE, Message.MAP_TYPE, Message.STREAM_TYPE, 99, -1};
        byte type = types[random.nextInt(types.length)];
        ClientMessage message = session.createMessage(type, random.nextInt(5) > 0, expiration(), random.nextInt(3) == 0 ? -1 : System.currentTimeMillis(),
                (byte) random.nextInt(10));
        byte[] body = body(queue);
        if (type == Message.TEXT_TYPE && body.length < LARGE && random.nextInt(8) > 0) {
            message.getBodyBuffer().writeNullableSimpleString(SimpleString.of(new String(body, StandardCharsets.UTF_8)));
        } else if (body.length > 200_000) {
            message.setBodyInputStream(new ByteArrayInputStream(body));
        } else {
            // For a text this is no text.
            message.getBodyBuffer().writeBytes(body);
        }
        if (queue.equals("tills.receipts")) {
            message.putStringProperty("posbridgeFile", random.nextInt(4) > 0 ? FILE : text());
        }
        properties(message);
        return message;
    }

    private long expiration() {
        long now = System.currentTimeMillis();
        return switch (random.nextInt(8)) {
            case 0 -> now + random.nextInt(2_000);
            case 1 -> now - 1_000;
            case 2 -> Long.MIN_VALUE;
            case 3 -> Long.MAX_VALUE;
            default -> 0;
        };
    }

    private byte[] body(String queue) {
        int size = random.nextInt(60);
        if (size == 0) {
            return "x".repeat(LARGE).getBytes(StandardCharsets.UTF_8);
        }
        if (size == 1) {
            return ((random.nextBoolean() ? "[" : "{\"a\":").repeat(10_000)).getBytes(StandardCharsets.UTF_8);
        }
        if (size == 2) {
            return ("{\"customerId\":\"attack-9\",\"points\":" + "9".repeat(60_000) + "}").getBytes(StandardCharsets.UTF_8);
        }
        if (size == 3) {
            return new byte[70_000];
        }
        String whole = queue.equals("tills.receipts")
                ? String.format(RECEIPT, random.nextInt(1_000_000), random.nextInt(60), random.nextInt(50))
                : REQUESTS[random.nextInt(REQUESTS.length)].replace("%d", Integer.toString(random.nextInt(1_000_000)));
        byte[] bytes = whole.getBytes(StandardCharsets.UTF_8);
        return random.nextInt(4) == 0 ? bytes : wounds.damaged(bytes);
    }

    private void properties(ClientMessage message) {
        for (int count = random.nextInt(12); count > 0; count--) {
            put(message, names.name(random.nextInt(Integer.MAX_VALUE), random));
        }
        String[] brokers = {"_AMQ_GROUP_ID", "_AMQ_DUPL_ID", "_AMQ_LVQ_NAME", "_AMQ_ORIG_QUEUE", "_AMQ_ORIG_ADDRESS", "_AMQ_LARGE_SIZE",
            "_AMQ_LARGE_COMPRESSED", "NATIVE_MESSAGE_ID", "JMSReplyTo", "JMSCorrelationID", "JMSType", "_AMQ_VALIDATED_USER", "_AMQ_INGRESS_TIMESTAMP",
            "_AMQ_ROUTING_TYPE", "JMSXDeliveryCount", "JMSXGroupSeq", "__AMQ_CID", "_AMQ_SCHED_DELIVERY", "_AMQ_BRIDGE_DUP", "_AMQ_ROUTE_TO"};
        for (int count = random.nextInt(4); count > 0; count--) {
            put(message, brokers[random.nextInt(brokers.length)]);
        }
        if (random.nextInt(50) == 0) {
            message.putStringProperty("x".repeat(random.nextInt(90_000)), "y");
        }
    }

    private void put(ClientMessage message, String name) {
        SimpleString key = SimpleString.of(name);
        try {
            switch (random.nextInt(8)) {
                case 0 -> message.putIntProperty(key, random.nextInt());
                case 1 -> message.putBooleanProperty(key, random.nextBoolean());
                case 2 -> message.putLongProperty(key, random.nextLong());
                case 3 -> message.putBytesProperty(key, wounds.piece());
                case 4 -> message.putDoubleProperty(key, Double.NaN);
                default -> message.putStringProperty(key, SimpleString.of(text()));
            }
        } catch (RuntimeException ours) {
            // The client itself does not let it out.
        }
    }

    private String text() {
        String[] texts = {trap + "/api/v4.0/integrations/orders", trap, "queue://posbridge.lanes", "temp-queue://posbridge.checkout.order",
            "queue://activemq.management", "topic://x", "temp-queue://", "://", "", "posbridge.lanes", "../../../stolen", "/tmp/stolen",
            "DELETE", "http:" + trap.substring(5), "direct:dead-letters", "file:/tmp?fileName=stolen", "bean:desk", "exec:id", "${exit}",
            "x".repeat(5_000), "a\r\nX-Attack: 1", "\u001b[31m", "true", "EOD_66_99999999.csv", "..", "EOD_66_20220701.csv/../x"};
        return texts[random.nextInt(texts.length)];
    }

    /** What is no protocol: nobody has said a name or a password yet. */
    private void noise() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(200);
            OutputStream out = socket.getOutputStream();
            switch (random.nextInt(7)) {
                case 0 -> {
                    byte[] bytes = new byte[random.nextInt(5_000)];
                    random.nextBytes(bytes);
                    out.write(bytes);
                }
                case 1 -> flood(out, new byte[] {'A', 'R', 'T', 'E', 'M', 'I', 'S', 0x7f, 0x7f, (byte) 0xff, (byte) 0xff});
                case 2 -> flood(out, new byte[] {'A', 'M', 'Q', 'P', 0, 1, 0, 0, 0x7f, 0x7f, (byte) 0xff, (byte) 0xff, 2, 0, 0, 0});
                case 3 -> flood(out, "CONNECT\naccept-version:1.2\nlogin:".getBytes(StandardCharsets.UTF_8));
                case 4 -> out.write(("CONNECT\nlogin:" + TillDoor.USER + "\npasscode:" + TillDoor.PASSWORD + "\n\n\0SEND\ndestination:tills.receipts\n"
                        + names.name(random.nextInt(100_000), random) + ":" + trap + "\ncontent-length:999999999\n\nS;1;\0").getBytes(StandardCharsets.UTF_8));
                case 5 -> out.write("GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                default -> out.write(new byte[] {0x16, 3, 1, 2, 0, 1, 0});
            }
            out.flush();
            socket.getInputStream().read();
        } catch (IOException thrownOut) {
            // As it should be.
        }
    }

    /** One frame that goes on, as far as it is taken. */
    private static void flood(OutputStream out, byte[] beginning) throws IOException {
        out.write(beginning);
        byte[] piece = "x".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
        for (int count = 0; count < LARGE / piece.length; count++) {
            out.write(piece);
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(RECONNECT_MILLIS);
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }
}
