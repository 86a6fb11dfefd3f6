package dev.posbridge.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Session;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.core.settings.impl.PageFullMessagePolicy;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client from outside may take of the broker: so much and no more, and the others go on. */
class BoundsTest {
    private static final String QUEUE = "acme.receipts";
    private static final byte[] LOGIN_BY_AMQP = {'A', 'M', 'Q', 'P', 3, 1, 0, 0};
    private static final int STUCK_MILLIS = 5_000;
    private static final String DESK = "posbridge.checkout.balance";

    @TempDir
    private Path folder;

    private int port;
    private Broker broker;

    @BeforeEach
    void openDoor() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path users =
                Files.writeString(folder.resolve("users"), "till " + PasswordHash.of("secret") + " acme,checkout\n");
        broker = Broker.start(
                folder.resolve("broker"),
                new Door("127.0.0.1", port, null, null, users),
                Map.of("acme", QUEUE),
                Stream.of(DESK));
    }

    @AfterEach
    void close() {
        broker.close();
    }

    private ConnectionFactory make() {
        return new ActiveMQConnectionFactory("tcp://127.0.0.1:" + port
                + "?reconnectAttempts=0&initialConnectAttempts=1&callTimeout=2000&connection-ttl=10000");
    }

    @Test
    void refusesAStreamedMessageOverTheBoundOfItsQueue() throws Exception {
        for (String queue : List.of(DESK, QUEUE)) {
            long most = queue.equals(DESK) ? LargestMessage.MOST_AT_CHECKOUT_BYTES : LargestMessage.MOST_ON_DISK_BYTES;
            assertThatThrownBy(() -> stream(queue, most + 1))
                    .isInstanceOf(ActiveMQException.class)
                    .hasMessageContaining("expected at most " + most);
        }
        stream(QUEUE, 1_000_000);
    }

    @Test
    void refusesAMessageOverTheBoundOfWhatIsHeldInMemory() throws Exception {
        ConnectionFactory amqp = new JmsConnectionFactory("amqp://127.0.0.1:" + port);
        try (Connection connection = amqp.createConnection("till", "secret");
                Session session = connection.createSession()) {
            var producer = session.createProducer(session.createQueue(QUEUE));
            assertThatThrownBy(() -> producer.send(session.createTextMessage("x".repeat((16 << 20) + 1))))
                    .isInstanceOf(JMSException.class);
            producer.send(session.createTextMessage("x"));
        }
    }

    @Test
    void putsOnDiskWhatAQueueHasTooMuchOf() throws Exception {
        String text = "x".repeat(50_000);
        try (JMSContext context = make().createContext("till", "secret")) {
            for (int message = 0; message < 250; message++) {
                context.createProducer().send(context.createQueue(QUEUE), text);
            }
        }
        try (Stream<Path> pages = Files.walk(folder.resolve("broker/paging"))) {
            assertThat(pages.filter(file -> file.toString().endsWith(".page"))).isNotEmpty();
        }
    }

    @Test
    void refusesSendersOnceAQueueHasTooMuchOnDiskAndKeepsRoomForOthers() {
        AddressSettings settings = broker.settingsOf(QUEUE);

        assertThat(settings.getPageLimitBytes()).isEqualTo(4L << 30);
        assertThat(settings.getPageFullMessagePolicy()).isEqualTo(PageFullMessagePolicy.FAIL);
        assertThat(broker.leastFreeBytes()).isEqualTo(100L << 20);
    }

    @Test
    void letsNoMoreConnectionsInThanADoorHas() throws IOException {
        List<Socket> open = new ArrayList<>();
        try {
            for (int connection = 0; connection < Door.MOST_CONNECTIONS; connection++) {
                open.add(stranger());
            }
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                // A client that came before all of these may have had the place of one.
                open.add(stranger());
                assertThatThrownBy(
                                () -> make().createConnection("till", "secret").close())
                        .isInstanceOf(JMSException.class);
            });
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .untilAsserted(() -> make().createConnection("till", "secret").close());
    }

    private Socket stranger() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.getOutputStream().write(new byte[] {'A', 'R', 'T', 'E', 'M', 'I', 'S', 0, 0, 1, 0});
        return socket;
    }

    @Test
    void givesAUserNoMoreSessionsThanATillServerNeeds() throws JMSException {
        try (Connection connection = make().createConnection("till", "secret")) {
            assertThatThrownBy(() -> {
                        for (int session = 0; session <= Broker.MOST_SESSIONS_OF_A_USER; session++) {
                            connection.createSession();
                        }
                    })
                    .isInstanceOf(JMSException.class);
        }
    }

    @Test
    void hangsUpOnWhoeverSendsMuchBeforeTheLogin() throws IOException {
        byte[] core = {'A', 'R', 'T', 'E', 'M', 'I', 'S', 127, 0, 0, 0, 30, 0, 0, 0, 0, 0, 0, 0, 1};
        byte[] stomp = "CONNECT\nlogin:".getBytes(StandardCharsets.US_ASCII);
        for (byte[] beginning : List.of(core, LOGIN_BY_AMQP, stomp)) {
            assertThat(taken(beginning))
                    .as(new String(beginning, StandardCharsets.ISO_8859_1))
                    .isLessThan(10L << 20);
        }
    }

    @Test
    void hangsUpOnALoginByAmqpThatTheBrokerWouldTurnInCirclesOver() throws IOException, JMSException {
        byte[] huge = {127, 0, 0, 0, 2, 1, 0, 0};
        byte[] tiny = {0, 0, 0, 1, 2, 1, 0, 0};
        byte[] mechanisms = {0, 0, 0, 16, 2, 1, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 2, 1};
        for (byte[] more : List.of(huge, LOGIN_BY_AMQP, tiny, mechanisms)) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout(20_000);
                byte[] both = Arrays.copyOf(LOGIN_BY_AMQP, LOGIN_BY_AMQP.length + more.length);
                System.arraycopy(more, 0, both, LOGIN_BY_AMQP.length, more.length);
                socket.getOutputStream().write(both);
                assertThat(isHungUp(socket)).as(Arrays.toString(more)).isTrue();
            }
        }
        new JmsConnectionFactory("amqp://127.0.0.1:" + port)
                .createConnection("till", "secret")
                .close();
    }

    private static boolean isHungUp(Socket socket) throws IOException {
        try {
            socket.getInputStream().readAllBytes();
            return true;
        } catch (SocketTimeoutException stillOpen) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    /** How many bytes the door, and what lies before it, take of somebody unknown until it hangs up or reads no more. */
    private long taken(byte[] beginning) throws IOException {
        try (SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                Selector writable = Selector.open()) {
            channel.write(ByteBuffer.wrap(beginning));
            channel.configureBlocking(false);
            channel.register(writable, SelectionKey.OP_WRITE);
            long bytes = 0;
            while (bytes < 50L << 20 && writable.select(STUCK_MILLIS) > 0) {
                writable.selectedKeys().clear();
                bytes += channel.write(ByteBuffer.allocate(64 << 10));
            }
            return bytes;
        } catch (IOException hungUp) {
            return 0;
        }
    }

    @Test
    void hangsUpOnAFrameThatNoMessageNeeds() throws Exception {
        ConnectionFactory whole = new ActiveMQConnectionFactory("tcp://127.0.0.1:" + port
                + "?reconnectAttempts=0&initialConnectAttempts=1&callTimeout=20000&minLargeMessageSize=" + (100 << 20));
        try (JMSContext context = whole.createContext("till", "secret")) {
            BytesMessage small = context.createBytesMessage();
            small.writeBytes(new byte[2 << 20]);
            context.createProducer().send(context.createQueue(QUEUE), small);
            BytesMessage large = context.createBytesMessage();
            large.writeBytes(new byte[BeforeLogin.LARGEST_FRAME_BYTES]);

            assertThatThrownBy(() -> context.createProducer().send(context.createQueue(QUEUE), large))
                    .isInstanceOf(JMSRuntimeException.class);
        }
        make().createConnection("till", "secret").close();
    }

    @Test
    void takesALargeMessageOfStompOnceItsSenderIsKnown() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write("CONNECT\naccept-version:1.2\nhost:x\nlogin:till\npasscode:secret\n\n\0"
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] answer = new byte[9];
            assertThat(socket.getInputStream().readNBytes(answer, 0, 9)).isEqualTo(9);
            assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("CONNECTED");
            socket.getOutputStream()
                    .write(("SEND\ndestination:" + QUEUE + "\nreceipt:sent\n\n" + "x".repeat(1 << 20) + '\0')
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] receipt = new byte[400];
            StringBuilder all = new StringBuilder();
            while (!all.toString().contains("receipt-id:sent")) {
                int read = socket.getInputStream().read(receipt);
                assertThat(read).as(all.toString()).isPositive();
                all.append(new String(receipt, 0, read, StandardCharsets.US_ASCII));
            }
        }
    }

    private void stream(String queue, long bytes) throws Exception {
        try (ServerLocator locator = ActiveMQClient.createServerLocator("tcp://127.0.0.1:" + port);
                var factory = locator.createSessionFactory();
                ClientSession session = factory.createSession("till", "secret", false, true, true, false, 1)) {
            ClientMessage message = session.createMessage(true);
            message.setBodyInputStream(new Zeros(bytes));
            session.createProducer(SimpleString.of(queue)).send(message);
        }
    }

    private static final class Zeros extends InputStream {
        private long left;

        Zeros(long bytes) {
            this.left = bytes;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] target, int from, int length) {
            int given = (int) Math.min(left, length);
            left -= given;
            return given == 0 && length > 0 ? -1 : given;
        }
    }
}
