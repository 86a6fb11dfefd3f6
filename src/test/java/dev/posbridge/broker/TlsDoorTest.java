package dev.posbridge.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posbridge.FreePort;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The door with a certificate, for clients of two makes. */
class TlsDoorTest {
    private static final String RECEIPTS = "acme.receipts";
    private static final String STORE_PASSWORD = "store-secret";
    private static final long SECONDS = 10_000;

    @TempDir
    private Path folder;

    private int port;
    private Broker broker;

    @BeforeEach
    void openDoor() throws Exception {
        certificate("door");
        certificate("other");
        port = FreePort.next();
        Path users = Files.writeString(folder.resolve("users"), "acme " + PasswordHash.of("acme-secret") + " acme\n");
        Door door = new Door("127.0.0.1", port, folder.resolve("door.p12"), STORE_PASSWORD, users);
        broker = Broker.start(folder.resolve("broker"), door, Map.of("acme", RECEIPTS), Stream.empty());
    }

    @AfterEach
    void close() {
        broker.close();
    }

    @Test
    void takesMessagesFromThoseWhoTrustItsCertificate() throws JMSException {
        for (ConnectionFactory make : makes("door")) {
            try (Connection connection = make.createConnection("acme", "acme-secret")) {
                Session session = connection.createSession();
                session.createProducer(session.createQueue(RECEIPTS)).send(session.createTextMessage("a receipt"));
            }
            try (JMSContext context = broker.connections().createContext()) {
                assertThat(context.createConsumer(context.createQueue(RECEIPTS)).receiveBody(String.class, SECONDS))
                        .isEqualTo("a receipt");
            }
        }
    }

    @Test
    void isNotMistakenForAnotherAndDoesNotSpeakInTheClear() {
        List<ConnectionFactory> refused = new ArrayList<>(makes("other"));
        refused.add(new ActiveMQConnectionFactory("tcp://127.0.0.1:" + port + "?callTimeout=2000"));
        refused.add(new JmsConnectionFactory("amqp://127.0.0.1:" + port + "?jms.connectTimeout=2000"));
        for (ConnectionFactory make : refused) {
            assertThatThrownBy(
                            () -> make.createConnection("acme", "acme-secret").start())
                    .isInstanceOf(JMSException.class);
        }
    }

    private List<ConnectionFactory> makes(String trusted) {
        Path store = folder.resolve(trusted + ".p12");
        return List.of(
                new ActiveMQConnectionFactory("tcp://127.0.0.1:" + port + "?sslEnabled=true&trustStoreType=PKCS12"
                        + "&trustStorePath=" + store + "&trustStorePassword=" + STORE_PASSWORD),
                new JmsConnectionFactory("amqps://127.0.0.1:" + port + "?transport.trustStoreType=PKCS12"
                        + "&transport.trustStoreLocation=" + store + "&transport.trustStorePassword="
                        + STORE_PASSWORD));
    }

    /** Key and certificate of this machine's address, which stand for themselves. */
    private void certificate(String name) throws IOException, InterruptedException {
        String command = "-genkeypair -alias NAME -keyalg EC -dname CN=NAME -ext SAN=ip:127.0.0.1 -storetype PKCS12"
                + " -storepass " + STORE_PASSWORD + " -keystore " + folder.resolve("NAME.p12");
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        words.addAll(Arrays.asList(command.replace("NAME", name).split(" ")));
        Process keytool = new ProcessBuilder(words).inheritIO().start();
        assertThat(keytool.waitFor()).isZero();
    }
}
