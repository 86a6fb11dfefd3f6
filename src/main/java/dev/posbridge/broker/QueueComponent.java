package dev.posbridge.broker;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/**
 * {@code queue:NAME}: takes what lies in a queue, up to {@code most} messages at once, as one exchange with a list of {@link
 * QueueMessage}s. camel-jms makes an exchange and a transaction of each message, which is too slow for a burst, and knows
 * their type and size only once it has read them.
 */
@Component("queue")
public final class QueueComponent extends DefaultComponent {
    private final QueueAccess access;

    public QueueComponent(QueueAccess access) {
        this.access = access;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        QueueEndpoint endpoint = new QueueEndpoint(uri, this, access, remaining);
        setProperties(endpoint, parameters);
        return endpoint;
    }
}
