package dev.posbridge.ledger;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.Predicate;

/**
 * Sales of segments that wait for their turn, customer by customer in their order. Only those are looked at again of whose
 * customer something is heard: a job ended, Gameball got to know them. They go in the order of their segments, and best when
 * there are many: then a list is of few segments, which are unpacked, claimed and settled as a whole. Used under the
 * window's lock.
 */
final class WaitingSales {
    /** So many sales may wait before the walk stops. */
    private static final int MOST = 50_000;

    /** So many are worth going back for. */
    private static final int MANY = 10_000;

    private static final long LONG_NANOS = 2_000_000_000L;

    private static final Comparator<Sale> ORDER =
            Comparator.comparing(Sale::segment, SegmentWindow.ORDER).thenComparingInt(Sale::position);

    private final Map<Long, Chain> chains = new HashMap<>();
    private final Queue<Chain> woken = new PriorityQueue<>(Comparator.comparing(Chain::first, ORDER));
    private long wokenSince;
    private int size;

    /**
     * A sale that waits for its turn.
     *
     * @param held whether an earlier one of its customer is paused; a later one keeps it from nothing
     */
    record Sale(SegmentWindow.Open segment, int position, long customer, boolean held) {
        long record() {
            return segment.first() + position;
        }

        /** One without a customer keeps nobody waiting. */
        private long chain() {
            return customer == 0 ? record() : customer;
        }
    }

    private static final class Chain {
        private final Deque<Sale> sales = new ArrayDeque<>(2);
        private boolean awake;

        Sale first() {
            return sales.getFirst();
        }
    }

    void clear() {
        chains.clear();
        woken.clear();
        size = 0;
    }

    boolean isFull() {
        return size >= MOST;
    }

    boolean hasOf(long customer) {
        return customer != 0 && chains.containsKey(customer);
    }

    /** Behind the others of its customer. */
    void add(Sale sale) {
        chain(sale).sales.addLast(sale);
        size++;
    }

    /** Before the others of its customer; it may go at once. */
    void putBack(Sale sale) {
        Chain chain = chain(sale);
        if (chain.awake) {
            woken.remove(chain);
            chain.awake = false;
        }
        chain.sales.addFirst(sale);
        size++;
        wake(chain);
    }

    private Chain chain(Sale sale) {
        return chains.computeIfAbsent(sale.chain(), none -> new Chain());
    }

    /** Of these customers something may go. */
    void wake(long... customers) {
        if (!chains.isEmpty()) {
            for (long customer : customers) {
                Chain chain = chains.get(customer);
                if (chain != null) {
                    wake(chain);
                }
            }
        }
    }

    void wakeAllBut(Predicate<Sale> stillWaits) {
        for (Chain chain : chains.values()) {
            if (!stillWaits.test(chain.first())) {
                wake(chain);
            }
        }
    }

    private void wake(Chain chain) {
        if (!chain.awake) {
            wokenSince = woken.isEmpty() ? System.nanoTime() : wokenSince;
            chain.awake = true;
            woken.add(chain);
        }
    }

    /** Whether it is time for those who may go, though the walk could go on. */
    boolean isTime() {
        return woken.size() >= MANY || !woken.isEmpty() && System.nanoTime() - wokenSince > LONG_NANOS;
    }

    /** @return the next to be looked at, the first of its customer; null for none */
    Sale next() {
        return woken.isEmpty() ? null : woken.element().first();
    }

    /** What {@link #next} gave goes on waiting. */
    void sleep() {
        woken.remove().awake = false;
    }

    /** What {@link #next} gave waits no more; what is behind it is looked at when it is woken. */
    void remove() {
        Chain chain = woken.remove();
        chain.awake = false;
        Sale gone = chain.sales.removeFirst();
        size--;
        if (chain.sales.isEmpty()) {
            chains.remove(gone.chain());
        }
    }
}
