package dev.posbridge.broker;

import jakarta.jms.ConnectionFactory;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQExceptionType;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.activemq.artemis.api.jms.ActiveMQJMSClient;
import org.apache.activemq.artemis.api.jms.JMSFactoryType;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMConnectorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyConnectorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/**
 * How to come to the broker that holds the queues of the sources. A connection that breaks stays broken: whoever uses it
 * opens another, so that what was read and not acknowledged is known to come again. Thread-safe.
 */
public final class QueueAccess {
    private static final long ANSWER_MILLIS = 30_000;
    private static final int WINDOW_BYTES = 1024 * 1024;

    /** Of a pair one server never answers: whoever asked it first would wait two seconds before it asks the other. */
    private static final long NEXT_SERVER_MILLIS = 50;

    /** A server that does not hear of us for so long has others go on with what it gave us: we may be paused, or cut off. */
    private static final long LOST_AFTER_MILLIS = 10_000;

    private final List<TransportConfiguration> transports;
    private final String user;
    private final Supplier<String> password;
    private final boolean embedded;
    /** The one of the servers that answered last. */
    private volatile int answered;

    /** Where an Artemis listens. */
    public record Server(String host, int port, boolean tls) {}

    private QueueAccess(
            List<TransportConfiguration> transports, String user, Supplier<String> password, boolean embedded) {
        this.transports = transports;
        this.user = user;
        this.password = password;
        this.embedded = embedded;
    }

    static QueueAccess embedded(String user, String password) {
        return new QueueAccess(
                List.of(new TransportConfiguration(InVMConnectorFactory.class.getName())), user, () -> password, true);
    }

    /**
     * An Artemis of somebody's.
     *
     * @param servers one, or a live one and its backups: a backup takes connections once it is live
     * @param user or null
     * @param password asked for with each connection
     * @param trustStore PKCS 12 with whom to trust, or null: whom Java trusts
     */
    public static QueueAccess external(
            List<Server> servers, String trustStore, String trustPassword, String user, Supplier<String> password) {
        List<TransportConfiguration> transports = servers.stream()
                .map(server -> transport(server, trustStore, trustPassword))
                .toList();
        return new QueueAccess(transports, user, password, false);
    }

    private static TransportConfiguration transport(Server server, String trustStore, String trustPassword) {
        Map<String, Object> values = new HashMap<>();
        values.put(TransportConstants.HOST_PROP_NAME, server.host());
        values.put(TransportConstants.PORT_PROP_NAME, server.port());
        if (server.tls()) {
            values.put(TransportConstants.SSL_ENABLED_PROP_NAME, true);
            values.put(TransportConstants.VERIFY_HOST_PROP_NAME, true);
            values.put(TransportConstants.ENABLED_PROTOCOLS_PROP_NAME, "TLSv1.2,TLSv1.3");
        }
        if (trustStore != null) {
            values.put(TransportConstants.TRUSTSTORE_TYPE_PROP_NAME, "PKCS12");
            values.put(TransportConstants.TRUSTSTORE_PATH_PROP_NAME, trustStore);
            values.put(TransportConstants.TRUSTSTORE_PASSWORD_PROP_NAME, trustPassword);
        }
        return new TransportConfiguration(NettyConnectorFactory.class.getName(), values);
    }

    /** For whoever speaks JMS; a connection that breaks stays broken here, too. */
    public ConnectionFactory jms() {
        ActiveMQConnectionFactory connections = ActiveMQJMSClient.createConnectionFactoryWithoutHA(
                JMSFactoryType.CF, transports.toArray(TransportConfiguration[]::new));
        connections.setReconnectAttempts(0);
        connections.setRetryInterval(NEXT_SERVER_MILLIS);
        connections.setCallTimeout(ANSWER_MILLIS);
        if (user != null) {
            connections.setUser(user);
            connections.setPassword(password.get());
        }
        return connections;
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

    /** To the first of the servers that answers, beginning with the one that did last. */
    Connection open() throws Exception {
        int first = answered;
        Exception refused = null;
        for (int next = 0; next < transports.size(); next++) {
            int server = (first + next) % transports.size();
            try {
                Connection connection = open(transports.get(server));
                answered = server;
                return connection;
            } catch (ActiveMQException problem) {
                // What a live server says is worth more than that another one is not there.
                refused =
                        refused == null || problem.getType() != ActiveMQExceptionType.NOT_CONNECTED ? problem : refused;
            }
        }
        throw refused;
    }

    private Connection open(TransportConfiguration transport) throws Exception {
        ServerLocator locator = ActiveMQClient.createServerLocatorWithoutHA(transport)
                .setReconnectAttempts(0)
                .setInitialConnectAttempts(1)
                .setCallTimeout(ANSWER_MILLIS)
                .setConsumerWindowSize(WINDOW_BYTES);
        if (!embedded) {
            locator.setConnectionTTL(LOST_AFTER_MILLIS).setClientFailureCheckPeriod(LOST_AFTER_MILLIS / 2);
        }
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

    /** How a queue is there. */
    public enum There {
        NO,
        /** One at a time reads it. */
        FOR_ONE,
        FOR_ALL
    }

    /** @throws Exception where no server lets us in */
    public Map<String, There> look(List<String> queues) throws Exception {
        Map<String, There> there = new LinkedHashMap<>();
        try (Connection connection = open()) {
            for (String queue : queues) {
                ClientSession.QueueQuery answer = connection.session().queueQuery(SimpleString.of(queue));
                there.put(
                        queue,
                        !answer.isExists()
                                ? There.NO
                                : Boolean.TRUE.equals(answer.isExclusive()) ? There.FOR_ONE : There.FOR_ALL);
            }
        }
        return there;
    }

    /**
     * Makes a queue in somebody's broker where it is not there and we may: of several nodes one at a time reads it, so that a
     * customer's receipts stay in their order.
     *
     * @throws IllegalStateException where it is not there and cannot be made
     */
    void require(ClientSession session, String queue) throws ActiveMQException {
        if (embedded || session.queueQuery(SimpleString.of(queue)).isExists()) {
            return;
        }
        try {
            requireAddress(session, queue, RoutingType.ANYCAST);
            session.createQueue(QueueConfiguration.of(queue)
                    .setRoutingType(RoutingType.ANYCAST)
                    .setDurable(true)
                    .setExclusive(true));
        } catch (ActiveMQException refused) {
            if (refused.getType() != ActiveMQExceptionType.QUEUE_EXISTS) {
                throw new IllegalStateException(
                        "the queue " + queue + " is not there, and cannot be made (" + refused.getMessage()
                                + "). Make it; posbridge doctor prints how",
                        refused);
            }
        }
    }

    static void requireAddress(ClientSession session, String name, RoutingType routing) throws ActiveMQException {
        SimpleString address = SimpleString.of(name);
        if (session.addressQuery(address).isExists()) {
            return;
        }
        try {
            session.createAddress(address, routing, false);
        } catch (ActiveMQException refused) {
            if (refused.getType() != ActiveMQExceptionType.ADDRESS_EXISTS) {
                throw refused;
            }
        }
    }
}
