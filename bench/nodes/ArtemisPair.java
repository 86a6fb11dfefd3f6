import dev.posbridge.engine.ExternalQueues;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/**
 * A live Artemis and its backup over one journal, as processes of their own, by broker.xml files as a person writes them. When the
 * live one is killed the backup goes on; once it is started again it takes its place back.
 */
final class ArtemisPair implements AutoCloseable {
    static final String USER = "posbridge";
    static final String PASSWORD = "made-for-a-harness";
    private static final long PATIENCE_SECONDS = 60;

    private final Path folder;
    private final int[] ports;
    private final Path keys;
    private final Process[] servers = new Process[2];

    /** @param tls whether everybody, the pair among themselves, too, speaks to it behind a certificate that keytool makes */
    ArtemisPair(Path folder, int livePort, int backupPort, boolean tls) throws Exception {
        this.folder = Files.createDirectories(folder);
        this.keys = tls ? certificate() : null;
        this.ports = new int[] {livePort, backupPort};
        for (int server = 0; server < 2; server++) {
            start(server);
            if (server == 0) {
                awaitListening();
            }
        }
    }

    private Path certificate() throws Exception {
        Path store = folder.resolve("keys.p12");
        Process made = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair",
                        "-alias", "pair", "-keyalg", "EC", "-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", PASSWORD,
                        "-dname", "CN=localhost", "-ext", "SAN=ip:127.0.0.1,dns:localhost")
                .inheritIO()
                .start();
        if (made.waitFor() != 0) {
            throw new IllegalStateException("keytool ended with " + made.exitValue());
        }
        return store;
    }

    /** How its addresses begin in the settings of a node. */
    String scheme() {
        return keys == null ? "tcp" : "ssl";
    }

    /** What a node needs besides the addresses; the password is in the environment. */
    List<String> settings() {
        return keys == null ? List.of() : List.of("posbridge.broker.trust-store=" + keys);
    }

    /** Options of a client's address, each with its ampersand. */
    String clientTls() {
        return keys == null ? "" : "sslEnabled=true&trustStorePath=" + keys + "&trustStorePassword=" + PASSWORD + '&';
    }

    private void start(int server) throws IOException {
        Path configuration = Files.writeString(folder.resolve("broker-" + server + ".xml"), xml(server));
        servers[server] = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m",
                        "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile"),
                        "-cp", System.getProperty("java.class.path"), ArtemisPair.class.getName(), configuration.toUri().toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("server-" + server + ".log").toFile()))
                .start();
    }

    /** Ends whichever answers, as a power cut would, and starts it again after a while. */
    void killLive(long pauseMillis) throws Exception {
        int live = live();
        servers[live].destroyForcibly().waitFor();
        TimeUnit.MILLISECONDS.sleep(pauseMillis);
        awaitListening();
        start(live);
    }

    private int live() throws Exception {
        awaitListening();
        return listens(ports[0]) ? 0 : 1;
    }

    void awaitListening() throws Exception {
        for (long look = 0; look < PATIENCE_SECONDS * 20; look++) {
            if (listens(ports[0]) || listens(ports[1])) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new IllegalStateException("neither Artemis answers, see " + folder);
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 200);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private String xml(int server) {
        String role = server == 0
                ? "<primary><failover-on-shutdown>true</failover-on-shutdown></primary>"
                : "<backup><allow-failback>true</allow-failback><failover-on-shutdown>true</failover-on-shutdown></backup>";
        String data = folder.resolve("data").toString();
        String client = keys == null ? "" : "?sslEnabled=true;trustStorePath=" + keys + ";trustStorePassword=" + PASSWORD;
        return """
                <configuration xmlns="urn:activemq"><core xmlns="urn:activemq:core">
                  <name>server-%s</name>
                  <persistence-enabled>true</persistence-enabled>
                  <jmx-management-enabled>false</jmx-management-enabled>
                  <journal-type>NIO</journal-type>
                  <journal-buffer-timeout>100000</journal-buffer-timeout>
                  <journal-file-size>1M</journal-file-size>
                  <journal-directory>%s/journal</journal-directory>
                  <bindings-directory>%s/bindings</bindings-directory>
                  <large-messages-directory>%s/large</large-messages-directory>
                  <paging-directory>%s/paging</paging-directory>
                  <max-disk-usage>-1</max-disk-usage>
                  <cluster-user>cluster</cluster-user>
                  <cluster-password>%s</cluster-password>
                  <connectors>
                    <connector name="self">tcp://127.0.0.1:%d%s</connector>
                    <connector name="other">tcp://127.0.0.1:%d%s</connector>
                  </connectors>
                  <acceptors><acceptor name="clients">tcp://127.0.0.1:%d?protocols=CORE%s</acceptor></acceptors>
                  <cluster-connections>
                    <cluster-connection name="pair">
                      <connector-ref>self</connector-ref>
                      <static-connectors><connector-ref>other</connector-ref></static-connectors>
                    </cluster-connection>
                  </cluster-connections>
                  <ha-policy><shared-store>%s</shared-store></ha-policy>
                  %s
                </core></configuration>
                """
                .formatted(server, data, data, data, data, PASSWORD, ports[server], client, ports[1 - server], client, ports[server],
                        keys == null ? "" : ";sslEnabled=true;keyStorePath=" + keys + ";keyStorePassword=" + PASSWORD, role, rights());
    }

    /** The queues, their settings and the rights as posbridge doctor prints them, and that tills may send. */
    private static String rights() {
        return ExternalQueues.xml(List.of(TillDoor.QUEUE), "DLQ").replace("<permission type=\"consume\"", "<permission type=\"send\" roles=\"posbridge\"/><permission type=\"consume\"");
    }

    @Override
    public void close() {
        for (Process server : servers) {
            if (server != null) {
                server.destroyForcibly();
            }
        }
    }

    /** A server: its broker.xml. */
    public static void main(String[] arguments) throws Exception {
        EmbeddedActiveMQ server = new EmbeddedActiveMQ();
        server.setConfigResourcePath(arguments[0]);
        server.setSecurityManager(new OneUser());
        server.start();
        Thread.currentThread().join();
    }

    /** Whoever knows the password may what the settings say of the role posbridge. */
    private static final class OneUser implements org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager {
        @Override
        public boolean validateUser(String user, String password) {
            return USER.equals(user) && PASSWORD.equals(password);
        }

        @Override
        public boolean validateUserAndRole(
                String user,
                String password,
                java.util.Set<org.apache.activemq.artemis.core.security.Role> roles,
                org.apache.activemq.artemis.core.security.CheckType type) {
            return validateUser(user, password) && roles.stream().anyMatch(role -> "posbridge".equals(role.getName()) && type.hasRole(role));
        }
    }
}
