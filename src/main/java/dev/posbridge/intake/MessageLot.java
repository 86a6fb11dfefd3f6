package dev.posbridge.intake;

import dev.posbridge.broker.QueueMessage;
import dev.posbridge.settings.QueueSource;
import java.util.List;

/**
 * Messages of one source that are stored together; one that failed before stands alone.
 *
 * @param failures how often this one was tried before without anybody seeing the end
 * @param givenUp whether the broker gave them up
 */
public record MessageLot(QueueSource source, List<QueueMessage> messages, int failures, boolean givenUp) {
    /** As often as a message may fail. */
    static final int MOST_FAILURES = 3;

    /** Whether it is one message that holds a file to be taken in whole. */
    public boolean isFile() {
        return source.body() == QueueSource.Body.FILE && !givenUp && !isPoisonous() && isReadable(messages.get(0));
    }

    boolean isPoisonous() {
        return failures >= MOST_FAILURES;
    }

    static boolean isReadable(QueueMessage message) {
        return message.kind() == QueueMessage.Kind.TEXT || message.kind() == QueueMessage.Kind.BYTES;
    }
}
