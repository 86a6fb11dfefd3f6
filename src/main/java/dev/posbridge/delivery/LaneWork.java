package dev.posbridge.delivery;

import dev.posbridge.ledger.Claim;
import dev.posbridge.ledger.CustomerStanding;
import dev.posbridge.ledger.Delivery;
import dev.posbridge.ledger.LaneBook;
import dev.posbridge.ledger.Lease;
import dev.posbridge.ledger.Outcome;
import dev.posbridge.ledger.Settlement;
import dev.posbridge.ledger.Unverified;
import dev.posbridge.pos.Reason;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.BooleanSupplier;

/**
 * A leased lane at work: hands out what is due, one by one and in order, and gathers the outcomes until they are
 * committed together. A turn lasts about a second. Used by one thread.
 *
 * <p>Each element is a {@link Delivery}, or a {@link Verification} of records whose sending nobody saw end.
 */
public final class LaneWork implements Iterator<Object> {
    private static final long TURN_NANOS = Duration.ofSeconds(1).toNanos();

    private final LaneBook book;
    private final Lease lease;
    private final Sizing sizing;
    private final FailurePolicy failures;
    private final BooleanSupplier stopping;
    private final long began = System.nanoTime();
    private final Deque<Delivery> claimed = new ArrayDeque<>();
    private final List<Settlement> settlements = new ArrayList<>();
    private final List<CustomerStanding> customers = new ArrayList<>();
    private List<Unverified> unverified = List.of();
    private Delivery current;
    private Verification verifying;
    private boolean left;
    private Reason note;
    private boolean ended;
    private boolean drained;
    private long releasesSeen;

    LaneWork(LaneBook book, Lease lease, Sizing sizing, FailurePolicy failures, BooleanSupplier stopping) {
        this.book = book;
        this.lease = lease;
        this.sizing = sizing;
        this.failures = failures;
        this.stopping = stopping;
    }

    Lease lease() {
        return lease;
    }

    @Override
    public boolean hasNext() {
        // What is not settled failed; and Camel asks once more when a split has ended, to drain what is left.
        ended = ended || current != null || verifying != null;
        if (ended) {
            return false;
        }
        boolean over = stopping.getAsBoolean() || System.nanoTime() - began > TURN_NANOS;
        if (claimed.isEmpty() && unverified.isEmpty()) {
            commit();
            if (!over) {
                releasesSeen = book.lastRelease();
                Claim claim = book.claim(lease, sizing.claim());
                drained = claim.unverified().isEmpty() && claim.deliveries().isEmpty();
                unverified = claim.unverified();
                claimed.addAll(claim.deliveries());
            }
        }
        ended = stopping.getAsBoolean() || (claimed.isEmpty() && unverified.isEmpty());
        return !ended;
    }

    @Override
    public Object next() {
        if (!unverified.isEmpty()) {
            verifying = new Verification(unverified);
            note = null;
            unverified = List.of();
            return verifying;
        }
        if (claimed.isEmpty()) {
            throw new NoSuchElementException("nothing is due in lane " + lease.lane());
        }
        current = claimed.remove();
        left = false;
        note = null;
        return current;
    }

    /** Notes how a record ended; it is committed with the others of this turn. */
    void settle(long recordId, Outcome outcome) {
        settlements.add(new Settlement(recordId, note == null ? outcome : outcome.noting(note)));
        if (current != null && current.recordId() == recordId) {
            current = null;
        }
    }

    /** Notes that nothing more is asked about the records to verify; what was not settled is verified another time. */
    void verified() {
        verifying = null;
    }

    /** Notes that a call with the record's own effect leaves us now; if its end is not seen, it is unknown. */
    void leaving() {
        left = true;
    }

    /** Notes what was not quite as the till meant it, should the current record be delivered. */
    void note(Reason reason) {
        note = reason;
    }

    /** Notes that Gameball knows the customer; later records of this turn need not ask. */
    void learn(CustomerStanding customer) {
        customers.add(customer);
    }

    boolean knows(String customerId) {
        return customers.stream().anyMatch(customer -> customer.customerId().equals(customerId));
    }

    /**
     * Commits what is known of everything that was claimed.
     *
     * @param failure what stopped the turn, or null
     * @return false where a verification failed: its records are due as before, and nobody should ask at once again
     */
    boolean end(Exception failure) {
        boolean verified = verifying == null;
        if (!verified) {
            failures.tellGate(failure);
        }
        if (current != null) {
            settle(current.recordId(), failures.outcome(current, left, failure));
        }
        note = null;
        claimed.forEach(delivery -> settle(delivery.recordId(), Outcome.notSent(0)));
        claimed.clear();
        commit();
        return verified;
    }

    /** Whether the lane has more to do at once; what waits for its time, or behind a record that does, has not. */
    boolean hasMore() {
        return drained ? book.lastRelease() > releasesSeen : book.isDue(lease.lane());
    }

    private void commit() {
        if (!settlements.isEmpty() || !customers.isEmpty()) {
            book.settle(lease, List.copyOf(settlements), List.copyOf(customers));
            settlements.clear();
            customers.clear();
        }
    }
}
