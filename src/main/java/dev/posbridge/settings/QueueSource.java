package dev.posbridge.settings;

/**
 * Messages of one queue.
 *
 * @param queue its name at the broker
 * @param body what a message holds
 * @param maxBody in bytes; a message with a larger body is a dead letter
 */
public record QueueSource(String name, String vendor, String queue, Body body, long maxBody) implements Source {

    @Override
    public String outline() {
        return name + ", " + vendor + ", from queue " + queue;
    }

    /** What a message holds. */
    public enum Body {
        /** One receipt, sent on at once. */
        RECEIPT,
        /** Some receipts, each of which stands for itself. */
        BATCH,
        /** A whole file, trusted whole or not at all. */
        FILE
    }
}
