package dev.posbridge.broker;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;

/**
 * Where the embedded broker may be reached from outside this process, and by whom.
 *
 * @param keyStore PKCS 12, with the certificate and key of the door; null for a door without TLS, which is on loopback
 * @param keyStorePassword null without a key store
 * @param usersFile who may come in, see {@link BrokerUsers}
 */
public record Door(String host, int port, Path keyStore, String keyStorePassword, Path usersFile) {
    static final int MOST_CONNECTIONS = 1_000;

    TransportConfiguration acceptor() {
        Map<String, Object> values = new HashMap<>();
        values.put(TransportConstants.HOST_PROP_NAME, host);
        values.put(TransportConstants.PORT_PROP_NAME, port);
        values.put(TransportConstants.PROTOCOLS_PROP_NAME, "CORE,AMQP,STOMP");
        values.put(TransportConstants.CONNECTIONS_ALLOWED, MOST_CONNECTIONS);
        if (keyStore != null) {
            values.put(TransportConstants.SSL_ENABLED_PROP_NAME, true);
            values.put(TransportConstants.KEYSTORE_TYPE_PROP_NAME, "PKCS12");
            values.put(TransportConstants.KEYSTORE_PATH_PROP_NAME, keyStore.toString());
            values.put(TransportConstants.KEYSTORE_PASSWORD_PROP_NAME, keyStorePassword);
            values.put(TransportConstants.ENABLED_PROTOCOLS_PROP_NAME, "TLSv1.2,TLSv1.3");
        }
        return new TransportConfiguration(NettyAcceptorFactory.class.getName(), values, "door");
    }

    @Override
    public String toString() {
        return (keyStore == null ? "tcp://" : "ssl://") + host + ':' + port;
    }
}
