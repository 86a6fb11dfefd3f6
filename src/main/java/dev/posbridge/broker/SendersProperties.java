package dev.posbridge.broker;

import java.util.Map;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQExceptionType;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerMessagePlugin;
import org.apache.activemq.artemis.core.transaction.Transaction;

/**
 * Refuses messages from outside with properties that are the broker's own, or that its clients cannot read: one that says
 * it is packed and is not, or says so in a number, breaks the connection of everybody who is given it, again and again.
 */
final class SendersProperties implements ActiveMQServerMessagePlugin {
    private static final String REPLY_TO = "JMSReplyTo";
    private static final String TYPE = "JMSType";

    /** What a sender's client may set, and as what. */
    private static final Map<String, Class<?>> MAY = Map.of(
            Message.HDR_GROUP_ID.toString(),
            SimpleString.class,
            Message.HDR_GROUP_SEQUENCE.toString(),
            Integer.class,
            Message.HDR_SCHEDULED_DELIVERY_TIME.toString(),
            Long.class,
            Message.HDR_ROUTING_TYPE.toString(),
            Byte.class,
            REPLY_TO,
            SimpleString.class,
            TYPE,
            SimpleString.class);

    /** The same for a message that comes in pieces, as its client sends it. */
    private static final Map<String, Class<?>> MAY_IN_PIECES = Map.of(
            Message.HDR_LARGE_BODY_SIZE.toString(), Long.class,
            Message.HDR_LARGE_COMPRESSED.toString(), Boolean.class);

    @Override
    public void beforeSend(
            ServerSession session, Transaction transaction, Message message, boolean direct, boolean noAutoCreate)
            throws ActiveMQException {
        if (session == null || Doorman.OURSELVES.equals(session.getUsername())) {
            return;
        }
        for (SimpleString name : message.getPropertyNames()) {
            if (!isAllowed(name.toString(), message)) {
                throw new ActiveMQException(
                        "property " + printable(name.toString())
                                + " of a message: is the broker's own, or of another type than the broker reads."
                                + " Leave it out.",
                        ActiveMQExceptionType.ILLEGAL_STATE);
            }
        }
    }

    private static boolean isAllowed(String name, Message message) {
        if (name.equals(Message.HDR_DUPLICATE_DETECTION_ID.toString())) {
            Object value = message.getObjectProperty(name);
            return value instanceof byte[] || value instanceof String || value instanceof SimpleString;
        }
        Class<?> type = MAY.get(name);
        if (type == null && message.isLargeMessage()) {
            type = MAY_IN_PIECES.get(name);
        }
        if (type == null) {
            return !name.startsWith("_AMQ_");
        }
        Object value = message.getObjectProperty(name);
        return value == null || type.isInstance(value) || type == SimpleString.class && value instanceof String;
    }

    private static String printable(String name) {
        String cut = name.length() > 40 ? name.substring(0, 40) : name;
        return '"' + cut.replaceAll("[^ -~]", "?") + '"';
    }
}
