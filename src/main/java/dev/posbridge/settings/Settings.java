package dev.posbridge.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Everything that can be set, read once at the start and valid as a whole; {@code config/posbridge.properties} says what
 * each key changes.
 *
 * @param source where values come from, for the placeholders of the routes
 * @param ledgerServer null where the ledger is a file of the data folder
 */
public record Settings(
        SettingsSource source,
        Account account,
        Gameball gameball,
        Folders folders,
        LedgerServer ledgerServer,
        Inbox inbox,
        Delivery delivery,
        Batch batch,
        Duration refundsWait,
        Health health,
        Operations operations,
        Sources sources,
        BrokerSettings broker,
        Checkout checkout) {

    /**
     * Where Gameball is and with which keys.
     *
     * @param apiKey the key or null; apiKeyFile a file that holds it or null; the same for the secret
     */
    public record Gameball(
            URI url,
            String apiVersion,
            String apiKey,
            Path apiKeyFile,
            String secretKey,
            Path secretKeyFile,
            boolean documentedQuotas,
            Duration connectTimeout,
            Duration answerTimeout,
            Way way) {

        /** Our sandbox, or somebody's stand-in, on this machine. */
        public boolean isLoopback() {
            return java.util.Set.of("localhost", "127.0.0.1", "[::1]", "::1").contains(String.valueOf(url.getHost()));
        }

        public boolean hasKeys() {
            return (apiKey != null || apiKeyFile != null) && (secretKey != null || secretKeyFile != null);
        }

        @Override
        public String toString() {
            return url + " " + apiVersion;
        }
    }

    /**
     * How calls reach Gameball from a network that does not let them out, or looks into them.
     *
     * @param proxy scheme, host and port, or null; user and password for it, or null
     * @param authorities certificates (PEM) that are trusted besides those of the JDK, or null
     */
    public record Way(URI proxy, String user, Secret password, Path authorities) {
        /** The plain one. */
        public static final Way STRAIGHT = new Way(null, null, null, null);
    }

    /** Where things lie: home holds routes and config, data the ledger, inbox one folder a vendor. */
    public record Folders(Path home, Path data, Path inbox, Path vendors) {
        public Path routes() {
            return home.resolve("routes");
        }

        public Path ledger() {
            return data.resolve("ledger.db");
        }

        public Path archive() {
            return data.resolve("archive");
        }

        /** Where files lie that came from elsewhere, until intake has them: a folder for each source. */
        public Path spool() {
            return data.resolve("spool");
        }

        /** Where files lie until a person has looked. */
        public Path held() {
            return data.resolve("held");
        }

        public Path rejected() {
            return data.resolve("rejected");
        }
    }

    /**
     * A PostgreSQL database that has the ledger.
     *
     * @param url as its JDBC driver takes it; user and password for it, or null
     */
    public record LedgerServer(String url, String user, Secret password) {
        @Override
        public String toString() {
            return url.replaceAll("[?].*", "");
        }
    }

    /**
     * How inboxes are watched.
     *
     * @param settle how long a file must not have changed before it is taken
     * @param firstFile of which profiles the first file is held
     */
    public record Inbox(Duration poll, Duration settle, FirstFile firstFile) {}

    /** Of which profiles the first file that a source of the service brings is held, until somebody has looked. */
    public enum FirstFile {
        /** Of those that were changed; of new ones where the account is live. */
        AUTO,
        ALWAYS,
        NEVER
    }

    /**
     * The desk at which tills ask.
     *
     * @param deadline longest time for a reply; a till may ask for less
     * @param concurrency requests answered at once
     */
    public record Checkout(boolean enabled, Duration deadline, int concurrency) {}

    /**
     * How records are delivered.
     *
     * @param concurrency lanes delivered at once
     * @param attempts how often a record that fails alone is tried before it is dead
     * @param retryPause before the second attempt; doubles with each, up to retryPauseMax
     * @param hours when anything is delivered at all
     */
    public record Delivery(
            int concurrency, int attempts, Duration retryPause, Duration retryPauseMax, OpeningHours hours) {}

    /** Whether sales go by batch calls. */
    public enum DeliveryMode {
        /** Where there are many. */
        AUTO,
        SINGLE,
        BATCH
    }

    /** What an order in a batch says. */
    public enum BatchOrders {
        /** As much as in a call of its own. */
        FULL,
        /** Only what Gameball documents; orders that say more go by calls of their own. */
        DOCUMENTED
    }

    /**
     * How batch calls are used.
     *
     * @param threshold sales due, over all lanes, from which on they go by batch
     * @param linger how long a list that is not full waits while more may come
     * @param jobDeadline how long a job may go without progress before its orders are asked about one by one
     */
    public record Batch(DeliveryMode mode, int threshold, Duration linger, Duration jobDeadline, BatchOrders orders) {}

    /**
     * How the service watches over itself.
     *
     * @param leastFree bytes free on the disk of the data folder, below which nothing is taken in
     */
    public record Health(long leastFree) {}
}
