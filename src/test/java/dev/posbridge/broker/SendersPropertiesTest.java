package dev.posbridge.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.Message;
import jakarta.jms.Session;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a sender may write beside the body: nothing by which the broker, or who reads from it, is led astray. */
class SendersPropertiesTest {
    private static final String QUEUE = "acme.receipts";

    @TempDir
    private Path folder;

    private int port;
    private Broker broker;

    @BeforeEach
    void openDoor() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path users = Files.writeString(folder.resolve("users"), "acme " + PasswordHash.of("secret") + " acme\n");
        broker = Broker.start(
                folder.resolve("broker"),
                new Door("127.0.0.1", port, null, null, users),
                Map.of("acme", QUEUE),
                Stream.empty());
    }

    @AfterEach
    void close() {
        broker.close();
    }

    static Stream<Consumer<ClientMessage>> refused() {
        return Stream.of(
                message -> message.putStringProperty("_AMQ_LARGE_COMPRESSED", "perhaps"),
                message -> message.putIntProperty("_AMQ_LARGE_COMPRESSED", 7),
                message -> message.putStringProperty("_AMQ_ORIG_QUEUE", "other.receipts"),
                message -> message.putStringProperty("_AMQ_VALIDATED_USER", "posbridge"),
                message -> message.putBytesProperty("_AMQ_ROUTE_TO", new byte[8]),
                message -> message.putStringProperty("_AMQ_LVQ_NAME", "x"),
                message -> message.putDoubleProperty("_AMQ_DUPL_ID", 1.5),
                message -> message.putIntProperty("_AMQ_SCHED_DELIVERY", 1),
                message -> message.putLongProperty("JMSReplyTo", 1),
                message -> message.putBooleanProperty("JMSType", true));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesWhatIsTheBrokersOwnOrCannotBeRead(Consumer<ClientMessage> property) throws Exception {
        assertThatThrownBy(() -> send(property, 1)).isInstanceOf(ActiveMQException.class);
        assertThatThrownBy(() -> send(property, 300_000))
                .satisfies(refused -> assertThat(refused).isInstanceOf(ActiveMQException.class));

        send(message -> message.putStringProperty("till", "7"), 1);
        assertThat(read()).hasSize(1);
    }

    @Test
    void readsALargeBodyThatSaysItIsPackedAndIsNotAsNoTextAndTheNextAsItIs() throws Exception {
        assertThatThrownBy(() -> send(message -> message.putBooleanProperty("_AMQ_LARGE_COMPRESSED", true), 1))
                .isInstanceOf(ActiveMQException.class);
        assertThatThrownBy(() -> send(message -> message.putLongProperty("_AMQ_LARGE_SIZE", 5), 1))
                .isInstanceOf(ActiveMQException.class);
        send(message -> message.putBooleanProperty("_AMQ_LARGE_COMPRESSED", true), 300_000);
        send(message -> message.putStringProperty("till", "7"), 1);

        assertThat(read())
                .extracting(QueueMessage::kind)
                .containsExactly(QueueMessage.Kind.OTHER, QueueMessage.Kind.OTHER);
    }

    @Test
    void letsThroughWhatClientsSet() throws Exception {
        for (ConnectionFactory make : List.of(
                new ActiveMQConnectionFactory("tcp://127.0.0.1:" + port + "?compressLargeMessages=true"),
                new JmsConnectionFactory("amqp://127.0.0.1:" + port))) {
            try (Connection connection = make.createConnection("acme", "secret");
                    Session session = connection.createSession()) {
                Message message = session.createTextMessage("x".repeat(500_000));
                message.setStringProperty("JMSXGroupID", "till 7");
                message.setStringProperty("till", "7");
                message.setJMSCorrelationID("c");
                message.setJMSType("receipt");
                session.createProducer(session.createQueue(QUEUE)).send(message);
            }
        }
        send(message -> message.putStringProperty("_AMQ_DUPL_ID", "4711"), 1);

        assertThat(read()).hasSize(3);
    }

    @Test
    void refusesTheSameOverAmqp() throws Exception {
        ConnectionFactory make = new JmsConnectionFactory("amqp://127.0.0.1:" + port);
        try (Connection connection = make.createConnection("acme", "secret");
                Session session = connection.createSession()) {
            Message message = session.createTextMessage("x");
            message.setBooleanProperty("_AMQ_LARGE_COMPRESSED", true);
            assertThatThrownBy(() ->
                            session.createProducer(session.createQueue(QUEUE)).send(message))
                    .hasMessageContaining("property \"_AMQ_LARGE_COMPRESSED\" of a message: is the broker's own");
        }
        assertThat(read()).isEmpty();
    }

    private void send(Consumer<ClientMessage> property, int bytes) throws Exception {
        try (ServerLocator locator = ActiveMQClient.createServerLocator("tcp://127.0.0.1:" + port);
                var factory = locator.createSessionFactory();
                ClientSession session = factory.createSession("acme", "secret", false, true, true, false, 1)) {
            ClientMessage message = session.createMessage(true);
            if (bytes > 100_000) {
                message.setBodyInputStream(new ByteArrayInputStream(new byte[bytes]));
            } else {
                message.getBodyBuffer().writeBytes(new byte[bytes]);
            }
            property.accept(message);
            session.createProducer(SimpleString.of(QUEUE)).send(message);
        }
    }

    /** All there is, as the service reads it. */
    private List<QueueMessage> read() throws Exception {
        List<QueueMessage> found = new java.util.ArrayList<>();
        MessageReader reader = new MessageReader(QUEUE, 1 << 20, null, false);
        try (QueueAccess.Connection connection = broker.queues().open();
                var consumer = connection.session().createConsumer(QUEUE)) {
            for (ClientMessage next = consumer.receive(1_000); next != null; next = consumer.receive(500)) {
                found.add(reader.read(next));
                next.acknowledge();
            }
            connection.session().commit();
        }
        return found;
    }
}
