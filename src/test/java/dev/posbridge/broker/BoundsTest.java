package dev.posbridge.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                open.add(socket);
                socket.getOutputStream().write(new byte[] {'A', 'R', 'T', 'E', 'M', 'I', 'S', 0, 0, 1, 0});
            }
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThatThrownBy(
                            () -> make().createConnection("till", "secret").close())
                    .isInstanceOf(JMSException.class));
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .untilAsserted(() -> make().createConnection("till", "secret").close());
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
