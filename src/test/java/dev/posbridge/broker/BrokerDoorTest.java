package dev.posbridge.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posbridge.ConfigurationException;
import dev.posbridge.FreePort;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TextMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The door of the embedded broker, for clients of two makes. */
class BrokerDoorTest {
    private static final String RECEIPTS = "acme.receipts";
    private static final String BALANCE = "posbridge.checkout.balance";
    private static final long SECONDS = 10_000;

    @TempDir
    private Path folder;

    private int port;
    private Broker broker;

    @BeforeEach
    void openDoor() throws IOException {
        port = FreePort.next();
        Path users = folder.resolve("users");
        Files.write(
                users,
                List.of(
                        "# who may come in",
                        "acme " + PasswordHash.of("acme-secret") + " acme",
                        "till-7 " + PasswordHash.of("till-secret") + " checkout"));
        start();
    }

    private void start() {
        Door door = new Door("127.0.0.1", port, null, null, folder.resolve("users"));
        broker = Broker.start(
                folder.resolve("broker"),
                door,
                Map.of("acme", RECEIPTS, "other", "other.receipts"),
                Stream.of(BALANCE));
    }

    @AfterEach
    void close() {
        broker.close();
    }

    private List<ConnectionFactory> makes() {
        return List.of(
                new ActiveMQConnectionFactory("tcp://127.0.0.1:" + port),
                new JmsConnectionFactory("amqp://127.0.0.1:" + port));
    }

    @Test
    void letsASourceSendToItsOwnQueueOnly() throws JMSException {
        for (ConnectionFactory make : makes()) {
            try (Connection connection = make.createConnection("acme", "acme-secret")) {
                connection.start();
                Session session = connection.createSession();
                session.createProducer(session.createQueue(RECEIPTS)).send(session.createTextMessage("a receipt"));
                for (String forbidden : List.of("other.receipts", BALANCE, Broker.LANES, Broker.DEAD, "new.queue")) {
                    assertThatThrownBy(() -> session.createProducer(session.createQueue(forbidden))
                                    .send(session.createTextMessage("x")))
                            .as(forbidden)
                            .isInstanceOf(JMSException.class);
                }
                for (String forbidden : List.of(RECEIPTS, Broker.LANES, Broker.DEAD)) {
                    assertThatThrownBy(() -> session.createConsumer(session.createQueue(forbidden)))
                            .as(forbidden)
                            .isInstanceOf(JMSException.class);
                }
                assertThatThrownBy(session::createTemporaryQueue).isInstanceOf(JMSException.class);
            }
            assertThat(receiveFrom(RECEIPTS)).isEqualTo("a receipt");
        }
    }

    @Test
    void letsATillAskAndReadTheReply() throws JMSException {
        for (ConnectionFactory make : makes()) {
            try (Connection connection = make.createConnection("till-7", "till-secret")) {
                connection.start();
                Session session = connection.createSession();
                TemporaryQueue replies = session.createTemporaryQueue();
                jakarta.jms.Message request = session.createTextMessage("how much?");
                request.setJMSReplyTo(replies);
                MessageProducer producer = session.createProducer(session.createQueue(BALANCE));
                producer.send(request);

                answer(BALANCE, "42");

                assertThat(session.createConsumer(replies).receive(SECONDS).getBody(String.class))
                        .isEqualTo("42");
                assertThatThrownBy(() -> session.createProducer(session.createQueue(RECEIPTS))
                                .send(session.createTextMessage("x")))
                        .isInstanceOf(JMSException.class);
                assertThatThrownBy(() -> session.createConsumer(session.createQueue(BALANCE)))
                        .isInstanceOf(JMSException.class);
            }
        }
    }

    @Test
    void letsNobodyInWithoutTheRightPassword() {
        for (ConnectionFactory make : makes()) {
            for (String name : List.of("acme", "nobody", Doorman.OURSELVES)) {
                assertThatThrownBy(() -> make.createConnection(name, "guessed").start())
                        .isInstanceOf(JMSException.class);
            }
            assertThatThrownBy(() -> make.createConnection().start()).isInstanceOf(JMSException.class);
        }
    }

    @Test
    void knowsAMessageThatComesAgainByTheIdThatItsSenderKnows() throws Exception {
        for (ConnectionFactory make : makes()) {
            String id;
            try (Connection connection = make.createConnection("acme", "acme-secret")) {
                Session session = connection.createSession();
                TextMessage message = session.createTextMessage("a receipt");
                session.createProducer(session.createQueue(RECEIPTS)).send(message);
                id = message.getJMSMessageID();
            }
            for (int time = 1; time <= 2; time++) {
                try (QueueAccess.Connection connection = broker.queues().open()) {
                    ClientMessage taken =
                            connection.session().createConsumer(RECEIPTS).receive(SECONDS);
                    assertThat(new MessageReader(RECEIPTS, 1_000, folder, false)
                                    .read(taken)
                                    .id())
                            .isEqualTo(id);
                }
            }
            receiveFrom(RECEIPTS);
        }
    }

    @Test
    void keepsReceiptsWhateverTheirSenderSaidOfIt() throws Exception {
        for (ConnectionFactory make : makes()) {
            try (Connection connection = make.createConnection("acme", "acme-secret")) {
                Session session = connection.createSession();
                MessageProducer producer = session.createProducer(session.createQueue(RECEIPTS));
                producer.setDeliveryMode(DeliveryMode.NON_PERSISTENT);
                producer.send(session.createTextMessage("a receipt"));
            }
        }
        try (Stomp till = new Stomp(port)) {
            till.ask("CONNECT\naccept-version:1.2\nlogin:acme\npasscode:acme-secret\n\n");
            till.ask("SEND\ndestination:" + RECEIPTS + "\ndestination-type:ANYCAST\nreceipt:1\n\na receipt");
        }
        broker.close();
        start();

        for (int message = 1; message <= 3; message++) {
            assertThat(receiveFrom(RECEIPTS)).isEqualTo("a receipt");
        }
    }

    @Test
    void speaksStompWithWhateverHasASocket() throws IOException {
        try (Stomp till = new Stomp(port)) {
            assertThat(till.ask("CONNECT\naccept-version:1.2\nlogin:acme\npasscode:acme-secret\n\n"))
                    .startsWith("CONNECTED\nversion:1.2\n");
            assertThat(till.ask("SEND\ndestination:" + RECEIPTS + "\ndestination-type:ANYCAST\nreceipt:1\n\na receipt"))
                    .isEqualTo("RECEIPT\nreceipt-id:1");
            assertThat(till.ask("SEND\ndestination:" + Broker.LANES + "\ndestination-type:ANYCAST\n\nx"))
                    .startsWith("ERROR\n");
        }
        assertThat(receiveFrom(RECEIPTS)).isEqualTo("a receipt");
        try (Stomp stranger = new Stomp(port)) {
            assertThat(stranger.ask("CONNECT\naccept-version:1.2\nlogin:acme\npasscode:guessed\n\n"))
                    .startsWith("ERROR\n");
        }
    }

    /** Frames by hand, as docs/jms.md shows them. */
    private record Stomp(Socket socket) implements AutoCloseable {
        Stomp(int port) throws IOException {
            this(new Socket(InetAddress.getLoopbackAddress(), port));
            socket.setSoTimeout((int) SECONDS);
        }

        /** Sends a frame and reads the next. */
        String ask(String frame) throws IOException {
            socket.getOutputStream().write((frame + "\0").getBytes(StandardCharsets.UTF_8));
            StringBuilder answer = new StringBuilder();
            for (int read = socket.getInputStream().read();
                    read > 0;
                    read = socket.getInputStream().read()) {
                answer.append((char) read);
            }
            return answer.toString().strip();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void tellsEveryProblemOfTheUsersFile() throws IOException {
        Path users = folder.resolve("bad-users");
        Files.write(
                users,
                List.of(
                        "acme secret acme",
                        "acme " + PasswordHash.of("a") + " acne",
                        "till-7",
                        "till-8 " + PasswordHash.of("a") + " checkout",
                        "till-8 " + PasswordHash.of("a") + " checkout"));

        assertThatThrownBy(() -> BrokerUsers.read(users, Map.of("acme", RECEIPTS)))
                .isInstanceOfSatisfying(ConfigurationException.class, problem -> assertThat(
                                problem.getMessage().lines())
                        .containsExactly(
                                users
                                        + ":1: user \"acme\" has no password hash as second word. Make one with posbridge "
                                        + "password.",
                                users
                                        + ":2: user \"acme\" may \"acne\", expected checkout or the name of a source with a "
                                        + "queue: acme.",
                                users
                                        + ":3: expected a name, a password hash and what the user may do, divided by blanks. "
                                        + "Make the hash with posbridge password.",
                                users + ":5: user \"till-8\" is there twice. Remove one of the lines."));
    }

    private String receiveFrom(String queue) {
        try (JMSContext context = broker.connections().createContext()) {
            return context.createConsumer(context.createQueue(queue)).receiveBody(String.class, SECONDS);
        } catch (JMSRuntimeException problem) {
            throw new IllegalStateException(problem);
        }
    }

    private void answer(String queue, String text) throws JMSException {
        try (JMSContext context = broker.connections().createContext()) {
            jakarta.jms.Message request =
                    context.createConsumer(context.createQueue(queue)).receive(SECONDS);
            context.createProducer().send((Queue) request.getJMSReplyTo(), text);
        }
    }
}
