package dev.posbridge.broker;

import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQExceptionType;
import org.apache.activemq.artemis.api.core.ICoreMessage;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerMessagePlugin;
import org.apache.activemq.artemis.core.transaction.Transaction;

/**
 * Refuses messages that are too large to handle; their sender is told. Those of Artemis' own protocol stay on disk, at two
 * bytes a character, whatever their size; those of others are turned into it in memory.
 */
final class LargestMessage implements ActiveMQServerMessagePlugin {
    private static final long MOST_ON_DISK_BYTES = 256L * 1024 * 1024;
    private static final long MOST_IN_MEMORY_BYTES = 16L * 1024 * 1024;

    @Override
    public void beforeSend(
            ServerSession session, Transaction transaction, Message message, boolean direct, boolean noAutoCreate)
            throws ActiveMQException {
        long size = message.getWholeMessageSize();
        long bytes = message instanceof ICoreMessage ? MOST_ON_DISK_BYTES : MOST_IN_MEMORY_BYTES;
        if (size > bytes) {
            throw new ActiveMQException(
                    "a message of " + size + " bytes, expected at most " + bytes
                            + ". Send its parts, or put it into the inbox as a file.",
                    ActiveMQExceptionType.ADDRESS_FULL);
        }
    }
}
