package dev.posbridge.broker;

import dev.posbridge.ConfigurationException;
import dev.posbridge.DataFolderInUseException;
import dev.posbridge.PrivateFiles;
import jakarta.jms.ConnectionFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.core.settings.impl.PageFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.ResourceLimitSettings;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;

/**
 * The embedded Artemis. It is reachable from within this process; from outside only where a {@link Door} is opened, and
 * then nobody comes in without a password. The lanes' queue keeps the last token of each lane, so a flood of commits wakes
 * each lane once.
 */
public final class Broker implements AutoCloseable {
    public static final String LANES = "posbridge.lanes";

    /** The same for lanes with live messages, so that these never wait behind those of files. */
    public static final String LIVE_LANES = "posbridge.lanes.live";

    /** Where the broker puts what it gives up or what expires; whoever watches it makes dead letters of it. */
    public static final String DEAD = "posbridge.broker-dead";

    private static final int JOURNAL_BUFFER_TIMEOUT_NANOS = 100_000;
    private static final int JOURNAL_FILE_BYTES = 1024 * 1024;

    /** Messages of a queue in memory; more are paged to disk, up to a limit at which senders are refused. */
    private static final long MOST_IN_MEMORY_BYTES = 16L * 1024 * 1024;

    /** By each session: one for each queue of lanes, and some for replies. */
    private static final int PRODUCERS_KEPT = 8;

    private static final int PAGE_BYTES = 4 * 1024 * 1024;
    private static final long MOST_PAGED_BYTES = 4L * 1024 * 1024 * 1024;
    /** Of all queues together; above it all of them are paged. */
    static final long MOST_IN_ALL_QUEUES_BYTES = 64L << 20;

    /** Of one user from outside, who may be a server of many tills. */
    static final int MOST_SESSIONS_OF_A_USER = 1_000;

    static final int MOST_REPLY_QUEUES_OF_A_USER = 1_000;

    /** How long a broker that is ending has to let go of the journal. */
    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(3);

    private static final long LEAST_FREE_BYTES = 100L * 1024 * 1024;

    private final EmbeddedActiveMQ server;
    private final QueueAccess queues;
    private final ActiveMQConnectionFactory connections;
    private final JmsPoolConnectionFactory pooled;

    private Broker(
            EmbeddedActiveMQ server,
            QueueAccess queues,
            ActiveMQConnectionFactory connections,
            JmsPoolConnectionFactory pooled) {
        this.server = server;
        this.queues = queues;
        this.connections = connections;
        this.pooled = pooled;
    }

    /**
     * Starts it for this process alone.
     *
     * @param folder for the journal; created if need be
     */
    public static Broker start(Path folder) {
        return start(folder, null, Map.of(), Stream.empty());
    }

    /**
     * Starts it with a door.
     *
     * @param door null for none
     * @param sources the queue of each source, by the source's name
     * @param others queues that are there beside those of the sources
     */
    public static Broker start(Path folder, Door door, Map<String, String> sources, Stream<String> others) {
        BrokerUsers users = door == null ? new BrokerUsers(Map.of()) : BrokerUsers.read(door.usersFile(), sources);
        Doorman doorman = new Doorman(users);
        if (door != null) {
            requireFree(door);
        }
        EmbeddedActiveMQ server = new EmbeddedActiveMQ();
        try {
            PrivateFiles.folder(folder);
            Configuration configuration = configuration(folder);
            Stream.concat(sources.values().stream(), others).forEach(queue -> add(configuration, queue));
            if (door != null) {
                configuration.addAcceptorConfiguration(door.acceptor()).setMinDiskFree(LEAST_FREE_BYTES);
                configuration.registerBrokerPlugin(new BeforeLogin());
                configuration.registerBrokerPlugin(new LargestMessage());
                configuration.registerBrokerPlugin(new SendersProperties());
                configuration.registerBrokerPlugin(new KeptMessages(sources.values()));
                users.byName().keySet().forEach(user -> configuration.addResourceLimitSettings(limits(user)));
            }
            server.setConfiguration(configuration);
            server.setSecurityManager(doorman);
            server.start();
            requireActive(server, folder);
            if (door != null) {
                requireOpen(server, door);
            }
            ActiveMQConnectionFactory connections = new ActiveMQConnectionFactory("vm://0");
            connections.setUser(Doorman.OURSELVES);
            connections.setPassword(doorman.ourPassword());
            connections.setConsumerWindowSize(0);
            // Else every send asks the broker first whether its queue is there.
            connections.setCacheDestinations(true);
            JmsPoolConnectionFactory pooled = new JmsPoolConnectionFactory();
            pooled.setConnectionFactory(connections);
            pooled.setMaxConnections(1);
            pooled.setUseAnonymousProducers(false);
            pooled.setExplicitProducerCacheSize(PRODUCERS_KEPT);
            QueueAccess queues = QueueAccess.embedded(Doorman.OURSELVES, doorman.ourPassword());
            return new Broker(server, queues, connections, pooled);
        } catch (DataFolderInUseException other) {
            stop(server);
            throw other;
        } catch (Exception problem) {
            stop(server);
            throw new ConfigurationException(
                    folder + ": the embedded broker does not start (" + problem.getMessage()
                            + "). Check that the folder is writable and the disk has room"
                            + (door == null ? "." : ", that " + door + " is free and its key store can be read."),
                    problem);
        }
    }

    /** For consumers; a pool under them would hide a broken connection. */
    public ConnectionFactory connections() {
        return connections;
    }

    /** For producers, which would open a connection for each send. */
    public ConnectionFactory pooledConnections() {
        return pooled;
    }

    /** For those who take messages by the lot. */
    public QueueAccess queues() {
        return queues;
    }

    /** For tests: what holds for a queue. */
    AddressSettings settingsOf(String queue) {
        return server.getActiveMQServer().getAddressSettingsRepository().getMatch(queue);
    }

    /** For tests: what is left free of the disk. */
    long leastFreeBytes() {
        return server.getActiveMQServer().getConfiguration().getMinDiskFree();
    }

    /** For tests, which send what only ourselves may. */
    String ourPassword() {
        return connections.getPassword();
    }

    @Override
    public void close() {
        pooled.stop();
        connections.close();
        stop(server);
    }

    private static void stop(EmbeddedActiveMQ server) {
        try {
            server.stop();
        } catch (Exception problem) {
            throw new IllegalStateException("the embedded broker does not stop", problem);
        }
    }

    /** Artemis would start its threads and say what hinders it to the log alone. */
    private static void requireFree(Door door) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(door.host(), door.port()));
        } catch (IOException problem) {
            throw new ConfigurationException(
                    "posbridge.broker.accept: " + door + " cannot be opened (" + problem.getMessage()
                            + "), expected a free port of this machine. End the program that listens there, or name"
                            + " another port.",
                    problem);
        }
    }

    /** Artemis only logs that it waited for its journal's lock in vain; without a limit it would wait for ever. */
    private static void requireActive(EmbeddedActiveMQ server, Path folder) {
        if (!server.getActiveMQServer().isActive()) {
            throw new DataFolderInUseException(folder
                    + ": the journal of the embedded broker is in use by another process,"
                    + " expected that it is free within " + LOCK_PATIENCE.toSeconds() + " seconds. Stop that process"
                    + " (lsof " + journal(folder).resolve("server.lock") + " names it), or choose another --data-dir.");
        }
    }

    private static Path journal(Path folder) {
        return folder.resolve("journal");
    }

    /** Artemis only logs that it could not open a port. */
    private static void requireOpen(EmbeddedActiveMQ server, Door door) {
        if (!server.getActiveMQServer().getRemotingService().getAcceptor("door").isStarted()) {
            throw new IllegalStateException(door + " cannot be opened");
        }
    }

    private static ResourceLimitSettings limits(String user) {
        ResourceLimitSettings limits = new ResourceLimitSettings();
        limits.setMatch(SimpleString.of(user));
        limits.setMaxSessions(MOST_SESSIONS_OF_A_USER);
        limits.setMaxQueues(MOST_REPLY_QUEUES_OF_A_USER);
        return limits;
    }

    private static Configuration configuration(Path folder) throws Exception {
        Configuration configuration = new ConfigurationImpl()
                .setName("posbridge")
                .setSecurityEnabled(true)
                .setJMXManagementEnabled(false)
                .setPersistenceEnabled(true)
                // ASYNCIO falls back to NIO in silence where its native library is missing; so NIO on purpose.
                .setJournalType(JournalType.NIO)
                .setJournalBufferTimeout_NIO(JOURNAL_BUFFER_TIMEOUT_NANOS)
                .setJournalFileSize(JOURNAL_FILE_BYTES)
                .setJournalMinFiles(2)
                .setJournalSyncTransactional(true)
                .setJournalSyncNonTransactional(true)
                .setJournalDatasync(true)
                .setJournalDirectory(journal(folder).toString())
                .setJournalLockAcquisitionTimeout(LOCK_PATIENCE.toMillis())
                .setBindingsDirectory(folder.resolve("bindings").toString())
                .setLargeMessagesDirectory(folder.resolve("large").toString())
                .setPagingDirectory(folder.resolve("paging").toString())
                .setMaxDiskUsage(-1)
                .setScheduledThreadPoolMaxSize(2)
                .setThreadPoolMaxSize(16)
                .addAcceptorConfiguration("in-vm", "vm://0");
        configuration.setGlobalMaxSize(MOST_IN_ALL_QUEUES_BYTES);
        // Without a dead-letter address Artemis removes a message after ten attempts; and what a person or a till may
        // not
        // decide alone is never given up by the broker: poison is found by the ledger.
        configuration.addAddressSetting(
                "#",
                new AddressSettings()
                        .setDeadLetterAddress(SimpleString.of(DEAD))
                        .setExpiryAddress(SimpleString.of(DEAD))
                        .setMaxDeliveryAttempts(-1)
                        .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE)
                        .setMaxSizeBytes(MOST_IN_MEMORY_BYTES)
                        .setPageSizeBytes(PAGE_BYTES)
                        .setPageLimitBytes(MOST_PAGED_BYTES)
                        .setPageFullMessagePolicy(PageFullMessagePolicy.FAIL)
                        .setAutoCreateQueues(false)
                        .setAutoCreateAddresses(false));
        add(configuration, DEAD);
        Stream.of(LANES, LIVE_LANES)
                .forEach(lanes -> configuration.addQueueConfiguration(QueueConfiguration.of(lanes)
                        .setRoutingType(RoutingType.ANYCAST)
                        .setDurable(true)
                        .setLastValue(true)));
        return configuration;
    }

    private static void add(Configuration configuration, String queue) {
        configuration.addQueueConfiguration(
                QueueConfiguration.of(queue).setRoutingType(RoutingType.ANYCAST).setDurable(true));
    }
}
