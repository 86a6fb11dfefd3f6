package dev.posbridge.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posbridge.FreePort;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TemporaryQueue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every pair of user and queue, by clients of three makes: who may send, and that nobody may read or manage. */
class RolesTest {
    private static final List<String> QUEUES = List.of(
            "acme.receipts",
            "other.receipts",
            "posbridge.checkout.balance",
            "posbridge.checkout.order",
            Broker.LANES,
            Broker.LIVE_LANES,
            Broker.DEAD,
            "activemq.management",
            "activemq.notifications",
            "$sys.mqtt.sessions",
            "$.artemis.internal.sf.x",
            "#",
            "*",
            "acme.*",
            "acme.receipts::acme.receipts",
            "posbridge.checkout.balance::posbridge.checkout.balance",
            "posbridge.checkout.nothing",
            "a.new.queue");

    /** What each may send to; all else is refused. */
    private static final Map<String, Set<String>> MAY = Map.of(
            "acme", Set.of("acme.receipts"),
            "other", Set.of("other.receipts"),
            "both", Set.of("acme.receipts", "other.receipts"),
            "till", Set.of("posbridge.checkout.balance", "posbridge.checkout.order"),
            "all", Set.of("acme.receipts", "other.receipts", "posbridge.checkout.balance", "posbridge.checkout.order"));

    @TempDir
    private Path folder;

    private int port;
    private Broker broker;

    @BeforeEach
    void openDoor() throws IOException {
        port = FreePort.next();
        String hash = PasswordHash.of("secret").toString();
        Path users = Files.write(
                folder.resolve("users"),
                List.of(
                        "acme " + hash + " acme",
                        "other " + hash + " other",
                        "both " + hash + " acme,other",
                        "till " + hash + " checkout",
                        "all " + hash + " acme,other,checkout"));
        broker = Broker.start(
                folder.resolve("broker"),
                new Door("127.0.0.1", port, null, null, users),
                Map.of("acme", "acme.receipts", "other", "other.receipts"),
                Stream.of("posbridge.checkout.balance", "posbridge.checkout.order"));
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
    void letsEachUserSendToItsOwnQueuesAndToNoOther() throws Exception {
        for (ConnectionFactory make : makes()) {
            Map<String, List<String>> sent = new HashMap<>();
            for (String user : MAY.keySet()) {
                try (Connection connection = make.createConnection(user, "secret")) {
                    for (String queue : QUEUES) {
                        if (sends(connection, queue)) {
                            sent.computeIfAbsent(user, key -> new ArrayList<>()).add(queue);
                        }
                    }
                }
            }
            assertThat(sent.keySet()).isEqualTo(MAY.keySet());
            sent.forEach(
                    (user, queues) -> assertThat(queues).as(user).containsExactlyInAnyOrderElementsOf(MAY.get(user)));
        }
    }

    private static boolean sends(Connection connection, String queue) throws JMSException {
        try (Session session = connection.createSession()) {
            session.createProducer(session.createQueue(queue)).send(session.createTextMessage("x"));
            return true;
        } catch (JMSException refused) {
            return false;
        }
    }

    @Test
    void letsNobodyReadAnyQueueThatIsNotTemporary() throws JMSException {
        for (ConnectionFactory make : makes()) {
            for (String user : MAY.keySet()) {
                try (Connection connection = make.createConnection(user, "secret")) {
                    connection.start();
                    for (String queue : QUEUES) {
                        assertThatThrownBy(() -> {
                                    try (Session session = connection.createSession()) {
                                        session.createConsumer(session.createQueue(queue))
                                                .receiveNoWait();
                                    }
                                })
                                .as(user + " " + queue)
                                .isInstanceOf(JMSException.class);
                        assertThatThrownBy(() -> {
                                    try (Session session = connection.createSession()) {
                                        session.createBrowser(session.createQueue(queue))
                                                .getEnumeration()
                                                .hasMoreElements();
                                    }
                                })
                                .as(user + " browses " + queue)
                                .isInstanceOf(JMSException.class);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme", "other", "both", "till", "all"})
    void letsNobodyMakeOrRemoveQueuesThatLast(String user) throws Exception {
        try (ServerLocator locator = ActiveMQClient.createServerLocator("tcp://127.0.0.1:" + port);
                ClientSessionFactory factory = locator.createSessionFactory();
                ClientSession session = factory.createSession(user, "secret", false, true, true, false, 0)) {
            for (String queue : QUEUES) {
                assertThatThrownBy(() -> session.createQueue(QueueConfiguration.of("my." + queue)
                                .setAddress(queue)
                                .setRoutingType(RoutingType.ANYCAST)))
                        .as("a queue on " + queue)
                        .isInstanceOf(ActiveMQException.class);
                assertThatThrownBy(() -> session.deleteQueue(queue))
                        .as("no " + queue)
                        .isInstanceOf(ActiveMQException.class);
            }
            assertThatThrownBy(() -> session.createAddress(SimpleString.of("my.address"), RoutingType.MULTICAST, false))
                    .isInstanceOf(ActiveMQException.class);
        }
    }

    @Test
    void keepsTheReplyQueueOfOneTillFromOthers() throws JMSException {
        for (ConnectionFactory make : makes()) {
            try (Connection mine = make.createConnection("till", "secret");
                    Connection theirs = make.createConnection("acme", "secret")) {
                mine.start();
                theirs.start();
                Session session = mine.createSession();
                TemporaryQueue replies = session.createTemporaryQueue();
                Session other = theirs.createSession();

                assertThatThrownBy(() -> other.createConsumer(other.createQueue(replies.getQueueName())))
                        .isInstanceOf(JMSException.class);
                assertThatThrownBy(() -> other.createProducer(other.createQueue(replies.getQueueName()))
                                .send(other.createTextMessage("a forged reply")))
                        .isInstanceOf(JMSException.class);
                assertThatThrownBy(() -> session.createProducer(replies).send(session.createTextMessage("to myself")))
                        .isInstanceOf(JMSException.class);
            }
        }
    }

    @Test
    void refusesAMessageWhosePropertiesAreAllOfIt() throws JMSException {
        try (Connection connection = makes().get(0).createConnection("acme", "secret")) {
            Session session = connection.createSession();
            MessageProducer producer = session.createProducer(session.createQueue("acme.receipts"));
            jakarta.jms.Message message = session.createTextMessage("x");
            message.setStringProperty("much", "x".repeat(LargestMessage.MOST_OF_PROPERTIES_BYTES));

            assertThatThrownBy(() -> producer.send(message))
                    .isInstanceOf(JMSException.class)
                    .hasMessageContaining("properties of ")
                    .hasMessageContaining("expected at most 65536");
        }
    }

    @Test
    void givesAUserNoMoreReplyQueuesThanATillServerNeeds() throws JMSException {
        try (Connection connection = makes().get(0).createConnection("till", "secret")) {
            Session session = connection.createSession();
            for (int queue = 0; queue < Broker.MOST_REPLY_QUEUES_OF_A_USER; queue++) {
                session.createTemporaryQueue();
            }
            assertThatThrownBy(session::createTemporaryQueue).isInstanceOf(JMSException.class);
        }
    }

    @Test
    void letsNobodyInWithoutAPasswordOrWithAnotherOnes() {
        for (ConnectionFactory make : makes()) {
            for (String password : new String[] {"", "Secret", "secret ", null}) {
                for (String user : List.of("acme", "till", "all", "posbridge", "admin", "ACME", "")) {
                    assertThatThrownBy(() -> {
                                try (Connection connection = make.createConnection(user, password)) {
                                    connection.start();
                                }
                            })
                            .as(user + " with " + password)
                            .isInstanceOf(JMSException.class);
                }
            }
            assertThatThrownBy(() -> {
                        try (Connection connection = make.createConnection()) {
                            connection.start();
                        }
                    })
                    .isInstanceOf(JMSException.class);
        }
    }
}
