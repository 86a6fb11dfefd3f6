package dev.posbridge.settings;

import java.nio.file.Path;
import java.util.List;

/**
 * How messages come to us.
 *
 * @param accept where tills reach the embedded broker, or null: from within this process only
 * @param external the broker that holds the sources' queues, or null: the embedded one
 */
public record BrokerSettings(Accept accept, External external) {
    /**
     * The door of the embedded broker.
     *
     * @param usersFile who may come in
     * @param keyStore for TLS, or null on loopback; keyStorePassword of it, or null
     */
    public record Accept(String host, int port, Path usersFile, Path keyStore, Secret keyStorePassword) {}

    /**
     * An Artemis of somebody's.
     *
     * @param addresses one, or those of a live server and of its backups, of which one at a time answers
     * @param user or null; password of the user or null
     * @param trustStore whom to trust, or null: whom Java trusts; trustStorePassword of it, or null
     * @param deadLetterQueue where that broker puts what it gives up
     */
    public record External(
            List<Address> addresses,
            String user,
            Secret password,
            Path trustStore,
            Secret trustStorePassword,
            String deadLetterQueue) {
        public External {
            addresses = List.copyOf(addresses);
        }
    }

    /** @param tls whether to speak TLS */
    public record Address(String host, int port, boolean tls) {
        @Override
        public String toString() {
            return (tls ? "ssl://" : "tcp://") + host + ':' + port;
        }
    }
}
