package dev.posbridge.broker;

import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQExceptionType;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerMessagePlugin;
import org.apache.activemq.artemis.core.transaction.Transaction;

/** Refuses messages that nobody could hold in memory; their sender is told. */
final class LargestMessage implements ActiveMQServerMessagePlugin {
    private final long bytes;

    LargestMessage(long bytes) {
        this.bytes = bytes;
    }

    @Override
    public void beforeSend(
            ServerSession session, Transaction transaction, Message message, boolean direct, boolean noAutoCreate)
            throws ActiveMQException {
        long size = message.getWholeMessageSize();
        if (size > bytes) {
            throw new ActiveMQException(
                    "a message of " + size + " bytes, expected at most " + bytes
                            + ". Send its parts, or put it into the inbox as a file.",
                    ActiveMQExceptionType.ADDRESS_FULL);
        }
    }
}
