package dev.posbridge.broker;

import java.util.List;

/** Is told how it goes with a queue. Called by the queue's own thread; must neither block nor fail. */
public interface QueueObserver {
    QueueObserver NOBODY = new QueueObserver() {};

    /** The queue was looked at just now, and can be read. */
    default void alive(String queue) {}

    /** The queue cannot be read, or what was read cannot be stored; it is tried again. */
    default void failing(String queue, String problem) {}

    /** These were handed over and failed, and will be handed over again. */
    default void failed(List<QueueMessage> messages, Throwable failure) {}

    /** The broker knows that we have these. */
    default void acknowledged(List<QueueMessage> messages) {}
}
