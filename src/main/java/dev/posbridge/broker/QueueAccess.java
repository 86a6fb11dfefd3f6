package dev.posbridge.broker;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMConnectorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyConnectorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;

/**
 * How to come to the broker that holds the queues of the sources. A connection that breaks stays broken: whoever uses it
 * opens another, so that what was read and not acknowledged is known to come again. Thread-safe.
 */
public final class QueueAccess {
    private static final long ANSWER_MILLIS = 30_000;
    private static final int WINDOW_BYTES = 1024 * 1024;

    private final TransportConfiguration transport;
    private final String user;
    private final Supplier<String> password;

    QueueAccess(TransportConfiguration transport, String user, Supplier<String> password) {
        this.transport = transport;
        this.user = user;
        this.password = password;
    }

    static QueueAccess embedded(String user, String password) {
        return new QueueAccess(new TransportConfiguration(InVMConnectorFactory.class.getName()), user, () -> password);
    }

    /**
     * An Artemis of somebody's.
     *
     * @param user or null
     * @param password asked for with each connection
     * @param trustStore PKCS 12 with whom to trust, or null: whom Java trusts
     */
    public static QueueAccess external(
            String host,
            int port,
            boolean tls,
            String trustStore,
            String trustPassword,
            String user,
            Supplier<String> password) {
        Map<String, Object> values = new HashMap<>();
        values.put(TransportConstants.HOST_PROP_NAME, host);
        values.put(TransportConstants.PORT_PROP_NAME, port);
        if (tls) {
            values.put(TransportConstants.SSL_ENABLED_PROP_NAME, true);
            values.put(TransportConstants.VERIFY_HOST_PROP_NAME, true);
            values.put(TransportConstants.ENABLED_PROTOCOLS_PROP_NAME, "TLSv1.2,TLSv1.3");
        }
        if (trustStore != null) {
            values.put(TransportConstants.TRUSTSTORE_TYPE_PROP_NAME, "PKCS12");
            values.put(TransportConstants.TRUSTSTORE_PATH_PROP_NAME, trustStore);
            values.put(TransportConstants.TRUSTSTORE_PASSWORD_PROP_NAME, trustPassword);
        }
        return new QueueAccess(
                new TransportConfiguration(NettyConnectorFactory.class.getName(), values), user, password);
    }

    /** One session of its own, in which receiving and acknowledging is one transaction until it is committed. */
    record Connection(ServerLocator locator, ClientSessionFactory factory, ClientSession session)
            implements AutoCloseable {
        @Override
        public void close() {
            // Closes the sessions and factories too, broken ones as well.
            locator.close();
        }
    }

    Connection open() throws Exception {
        ServerLocator locator = ActiveMQClient.createServerLocatorWithoutHA(transport)
                .setReconnectAttempts(0)
                .setInitialConnectAttempts(1)
                .setCallTimeout(ANSWER_MILLIS)
                .setConsumerWindowSize(WINDOW_BYTES);
        try {
            ClientSessionFactory factory = locator.createSessionFactory();
            ClientSession session =
                    factory.createSession(user, password.get(), false, false, false, false, locator.getAckBatchSize());
            session.start();
            return new Connection(locator, factory, session);
        } catch (Exception problem) {
            locator.close();
            throw problem;
        }
    }
}
