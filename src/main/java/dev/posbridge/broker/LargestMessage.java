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
 * bytes a character, whatever their size; those of others are turned into it in memory. Properties are in memory always.
 */
final class LargestMessage implements ActiveMQServerMessagePlugin {
    static final long MOST_ON_DISK_BYTES = 256L << 20;
    static final long MOST_IN_MEMORY_BYTES = 16L << 20;

    /** Of what a till asks: a multiple of what the desk reads, so that whoever sends too much gets its reply. */
    static final long MOST_AT_CHECKOUT_BYTES = 128L << 20;

    static final int MOST_OF_PROPERTIES_BYTES = 64 << 10;

    @Override
    public void beforeSend(
            ServerSession session, Transaction transaction, Message message, boolean direct, boolean noAutoCreate)
            throws ActiveMQException {
        if (message instanceof ICoreMessage core) {
            require(core.getHeadersAndPropertiesEncodeSize(), MOST_OF_PROPERTIES_BYTES, "properties");
        }
        require(message.getWholeMessageSize(), most(message), "a message");
    }

    private static long most(Message message) {
        boolean streamed = message instanceof ICoreMessage && message.isLargeMessage();
        if (!streamed) {
            return MOST_IN_MEMORY_BYTES;
        }
        boolean asks = message.getAddress() != null && message.getAddress().startsWith(Doorman.CHECKOUT_QUEUES);
        return asks ? MOST_AT_CHECKOUT_BYTES : MOST_ON_DISK_BYTES;
    }

    private static void require(long size, long most, String what) throws ActiveMQException {
        if (size > most) {
            throw new ActiveMQException(
                    what + " of " + size + " bytes, expected at most " + most
                            + ". Send its parts, or put it into the inbox as a file.",
                    ActiveMQExceptionType.ADDRESS_FULL);
        }
    }
}
