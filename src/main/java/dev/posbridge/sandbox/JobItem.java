package dev.posbridge.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Supplier;

/**
 * One object of a batch. Its work returns what its entry shows besides the names, or null; it is asked for anew each
 * time, so that a million entries stay small.
 *
 * @param customerId names the object; for an order's history it holds the order id, as Gameball does
 * @param orderId null where the object is no order
 */
record JobItem(String customerId, String orderId, Supplier<Supplier<ObjectNode>> work) {

    /** What a job's lists show about one object. */
    record Entry(String customerId, String orderId, String message, Supplier<ObjectNode> details) {}

    static JobItem refused(String customerId, String orderId, Refusal refusal) {
        return new JobItem(customerId, orderId, () -> {
            throw refusal;
        });
    }

    Entry entry(String message, Supplier<ObjectNode> details) {
        return new Entry(customerId, orderId, message, details);
    }
}
