package dev.posbridge.delivery;

import java.util.Comparator;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Those who wait for the slots of one resource: the most urgent first, of equals who came first. One slot in ten goes to
 * whoever has waited longest, so that a day of live messages does not keep a file for ever. Thread-safe.
 */
final class QuotaLine {
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int MOST_OVERTAKEN = 9;

    private final ReentrantLock lock = new ReentrantLock();
    private final TreeSet<Place> waiting =
            new TreeSet<>(Comparator.comparing(Place::urgency).thenComparing(Place::number));
    private long arrivals;
    private int overtaken;

    private record Place(Urgency urgency, long number, Condition turn) {}

    /**
     * Waits for a slot.
     *
     * @param take takes a slot and answers 0, or answers how many nanoseconds to wait for the next
     * @param goOn asked now and then while waiting
     * @return false where {@code goOn} said no: then none was taken
     */
    boolean await(Urgency urgency, LongSupplier take, BooleanSupplier goOn) throws InterruptedException {
        lock.lock();
        Place place = new Place(urgency, arrivals++, lock.newCondition());
        waiting.add(place);
        try {
            while (true) {
                long wait = place.equals(next()) ? take.getAsLong() : PATIENCE_NANOS;
                if (wait <= 0) {
                    noteServed(place);
                    return true;
                }
                place.turn().awaitNanos(Math.min(wait, PATIENCE_NANOS));
                if (!goOn.getAsBoolean()) {
                    return false;
                }
            }
        } finally {
            waiting.remove(place);
            if (!waiting.isEmpty()) {
                next().turn().signal();
            }
            lock.unlock();
        }
    }

    /** How many wait. */
    int length() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    private Place next() {
        return overtaken < MOST_OVERTAKEN ? waiting.first() : longestWaiting();
    }

    private void noteServed(Place place) {
        overtaken = place.equals(longestWaiting()) ? 0 : overtaken + 1;
    }

    private Place longestWaiting() {
        return waiting.stream().min(Comparator.comparing(Place::number)).orElseThrow();
    }
}
