package dev.posbridge.delivery;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Customers for whom somebody in this process calls just now. Gameball refuses a second call for a customer while the
 * first is running; within a lane there is never one, but tills call beside the lanes. Tills go first, in the order in
 * which they came. Thread-safe.
 */
public final class CustomersAtWork {
    private static final long PATIENCE_MILLIS = 100;

    private final Map<String, Object> holders = new HashMap<>();
    private final Map<String, Deque<Object>> tills = new HashMap<>();

    /**
     * Waits until nobody else calls for the customer; does nothing for who is there already.
     *
     * @param goOn asked now and then while waiting
     * @return false where {@code goOn} said no
     */
    public synchronized boolean enter(Object who, String customer, Urgency urgency, BooleanSupplier goOn)
            throws InterruptedException {
        if (holders.get(customer) == who) {
            return true;
        }
        boolean till = urgency == Urgency.TILL;
        if (till) {
            tills.computeIfAbsent(customer, key -> new ArrayDeque<>()).add(who);
        }
        try {
            while (holders.containsKey(customer) || !isNext(who, customer, till)) {
                if (!goOn.getAsBoolean()) {
                    return false;
                }
                wait(PATIENCE_MILLIS);
            }
            holders.put(customer, who);
            return true;
        } finally {
            if (till) {
                tills.computeIfPresent(customer, (key, queue) -> without(queue, who));
                notifyAll();
            }
        }
    }

    /** Lets the next one in; does nothing where somebody else is there. */
    public synchronized void leave(Object who, String customer) {
        if (holders.remove(customer, who)) {
            notifyAll();
        }
    }

    /** Whether a till waits for the customer. */
    public synchronized boolean isWanted(String customer) {
        return tills.containsKey(customer);
    }

    private boolean isNext(Object who, String customer, boolean till) {
        Deque<Object> queue = tills.get(customer);
        return till ? queue.peek() == who : queue == null;
    }

    private static Deque<Object> without(Deque<Object> queue, Object who) {
        queue.remove(who);
        return queue.isEmpty() ? null : queue;
    }
}
