package dev.posbridge.broker;

import java.util.Collection;
import java.util.Set;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerMessagePlugin;
import org.apache.activemq.artemis.core.transaction.Transaction;

/**
 * Keeps receipts on disk until they are taken, whatever their sender said: by STOMP a message is not durable unless its
 * sender thinks of it. Large messages are left as they were sent, because they are on disk before anybody asks here.
 */
final class KeptMessages implements ActiveMQServerMessagePlugin {
    private final Set<String> queues;

    /** @param queues whose messages are kept */
    KeptMessages(Collection<String> queues) {
        this.queues = Set.copyOf(queues);
    }

    @Override
    public void beforeSend(
            ServerSession session, Transaction transaction, Message message, boolean direct, boolean noAutoCreate) {
        if (!message.isDurable() && !message.isLargeMessage() && queues.contains(message.getAddress())) {
            message.setDurable(true);
        }
    }
}
