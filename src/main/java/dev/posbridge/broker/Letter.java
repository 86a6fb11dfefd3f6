package dev.posbridge.broker;

import jakarta.jms.JMSException;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.jms.client.ActiveMQMessage;

/** The outside of a till's message: where the reply goes, and under which id. Its body is not touched. */
final class Letter {
    /** Ids are given back to the till as they came, but no more of them than an id needs. */
    private static final int LONGEST_ID = 1_024;

    /** Where Artemis keeps the id of a message that came by AMQP; what it shows as the id is another each time. */
    private static final String AMQP_ID = "NATIVE_MESSAGE_ID";

    private Letter() {}

    /** What cannot be read of it is not there: a letter without a sender is still one. */
    static TillRequest read(QueueMessage content, ClientMessage message, ClientSession session) {
        ActiveMQMessage outside = new ActiveMQMessage(message, session);
        String id = readable(() -> correlationId(outside));
        return new TillRequest(
                content,
                readable(outside::getJMSReplyTo),
                id == null || id.length() <= LONGEST_ID ? id : id.substring(0, LONGEST_ID),
                message.getExpiration());
    }

    private interface Part<T> {
        T read() throws JMSException;
    }

    /** Artemis reads what a client wrote there as what it should be, and fails on all else in ways of its own. */
    private static <T> T readable(Part<T> part) {
        try {
            return part.read();
        } catch (JMSException | RuntimeException unreadable) {
            return null;
        }
    }

    private static String correlationId(ActiveMQMessage outside) throws JMSException {
        String own = outside.getJMSCorrelationID();
        if (own != null && !own.isBlank()) {
            return own;
        }
        Object byAmqp = outside.getObjectProperty(AMQP_ID);
        return byAmqp == null ? outside.getJMSMessageID() : byAmqp.toString();
    }
}
