import dev.posbridge.broker.PasswordHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** A door of the service's broker on a free port, one user who may send to the queue of one source, and how to come in. */
final class TillDoor {
    static final String QUEUE = "tills.receipts";

    static final String USER = "till-server";
    static final String PASSWORD = "made for a harness";

    private final int port = SshServer.freePort();
    private final Path users;

    TillDoor(Path folder) throws IOException {
        this(folder, "tills");
    }

    /** @param rights of the user */
    TillDoor(Path folder, String rights) throws IOException {
        users = Files.writeString(folder.resolve("users"), USER + ' ' + PasswordHash.of(PASSWORD) + ' ' + rights + '\n');
    }

    int port() {
        return port;
    }

    /** @param vendor whose profile reads the messages, of one receipt each */
    List<String> settings(String vendor) {
        return List.of("posbridge.broker.accept=tcp://127.0.0.1:" + port, "posbridge.broker.users-file=" + users,
                "posbridge.sources.tills.queue=" + QUEUE, "posbridge.sources.tills.vendor=" + vendor,
                "posbridge.sources.tills.body=receipt");
    }

    /** Connections that break when the service ends. */
    ActiveMQConnectionFactory connections() {
        return new ActiveMQConnectionFactory(
                "tcp://127.0.0.1:" + port + "?reconnectAttempts=0&initialConnectAttempts=1&callTimeout=30000", USER, PASSWORD);
    }
}
