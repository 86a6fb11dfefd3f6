package dev.posbridge.delivery;

import dev.posbridge.ConfigurationException;
import dev.posbridge.PrivateFiles;
import jakarta.jms.ConnectionFactory;
import java.nio.file.Path;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;

/**
 * The embedded Artemis, reachable from within this process only. The lanes' queue keeps the last token of each lane, so a
 * flood of commits wakes each lane once.
 */
public final class Broker implements AutoCloseable {
    public static final String LANES = "posbridge.lanes";

    private static final String DEAD = "posbridge.broker-dead";
    private static final int JOURNAL_BUFFER_TIMEOUT_NANOS = 100_000;
    private static final int JOURNAL_FILE_BYTES = 1024 * 1024;

    private final EmbeddedActiveMQ server;
    private final ActiveMQConnectionFactory connections;
    private final JmsPoolConnectionFactory pooled;

    private Broker(EmbeddedActiveMQ server, ActiveMQConnectionFactory connections, JmsPoolConnectionFactory pooled) {
        this.server = server;
        this.connections = connections;
        this.pooled = pooled;
    }

    /** @param folder for the journal; created if need be */
    public static Broker start(Path folder) {
        EmbeddedActiveMQ server = new EmbeddedActiveMQ();
        try {
            PrivateFiles.folder(folder);
            server.setConfiguration(configuration(folder));
            server.start();
            ActiveMQConnectionFactory connections = new ActiveMQConnectionFactory("vm://0");
            connections.setConsumerWindowSize(0);
            JmsPoolConnectionFactory pooled = new JmsPoolConnectionFactory();
            pooled.setConnectionFactory(connections);
            pooled.setMaxConnections(1);
            return new Broker(server, connections, pooled);
        } catch (Exception problem) {
            throw new ConfigurationException(
                    folder + ": the embedded broker does not start (" + problem.getMessage()
                            + "). Check that the folder is writable and the disk has room.",
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

    @Override
    public void close() {
        pooled.stop();
        connections.close();
        try {
            server.stop();
        } catch (Exception problem) {
            throw new IllegalStateException("the embedded broker does not stop", problem);
        }
    }

    private static Configuration configuration(Path folder) throws Exception {
        Configuration configuration = new ConfigurationImpl()
                .setName("posbridge")
                .setSecurityEnabled(false)
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
                .setJournalDirectory(folder.resolve("journal").toString())
                .setBindingsDirectory(folder.resolve("bindings").toString())
                .setLargeMessagesDirectory(folder.resolve("large").toString())
                .setPagingDirectory(folder.resolve("paging").toString())
                .setMaxDiskUsage(-1)
                .setScheduledThreadPoolMaxSize(2)
                .setThreadPoolMaxSize(16)
                .addAcceptorConfiguration("in-vm", "vm://0");
        // Without a dead-letter address Artemis removes a message after ten attempts.
        configuration.addAddressSetting(
                "#",
                new AddressSettings()
                        .setDeadLetterAddress(SimpleString.of(DEAD))
                        .setAutoCreateQueues(false)
                        .setAutoCreateAddresses(false));
        configuration.addQueueConfiguration(QueueConfiguration.of(DEAD).setRoutingType(RoutingType.ANYCAST));
        configuration.addQueueConfiguration(QueueConfiguration.of(LANES)
                .setRoutingType(RoutingType.ANYCAST)
                .setDurable(true)
                .setLastValue(true));
        return configuration;
    }
}
