package dev.posbridge.delivery;

import dev.posbridge.ledger.Claim;
import dev.posbridge.ledger.CustomerStanding;
import dev.posbridge.ledger.Delivery;
import dev.posbridge.ledger.LaneBook;
import dev.posbridge.ledger.Lease;
import dev.posbridge.ledger.Outcome;
import dev.posbridge.ledger.RecordState;
import dev.posbridge.ledger.Settlement;
import dev.posbridge.ledger.Unverified;
import dev.posbridge.pos.Reason;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * A leased lane at work: hands out what is due, one by one and in order, and gathers the outcomes until they are
 * committed together. A turn lasts about a second. Used by one thread.
 *
 * <p>Each element is a {@link Delivery}, or a {@link Verification} of records whose sending nobody saw end. Camel asks
 * whether there is a next one before it processes the last, so claims may be made while a delivery is under way.
 */
public final class LaneWork implements Iterator<Object> {
    private static final long TURN_NANOS = Duration.ofSeconds(1).toNanos();

    private final LaneBook book;
    private final Lease lease;
    private final Sizing sizing;
    private final Ways ways;
    private final BooleanSupplier mayGoOn;
    private final long began = System.nanoTime();
    private final Deque<Delivery> claimed = new ArrayDeque<>();
    private final List<Settlement> settlements = new ArrayList<>();
    private final List<CustomerStanding> customers = new ArrayList<>();
    private final Set<String> waitingCustomers = new HashSet<>();
    private final Set<String> knownCustomers = new HashSet<>();
    private List<Unverified> unverified = List.of();
    private Delivery current;
    private boolean left;
    private Reason note;
    private boolean useful;
    private boolean ended;

    /** @param mayGoOn false once delivery stops or the gate closes */
    LaneWork(LaneBook book, Lease lease, Sizing sizing, Ways ways, BooleanSupplier mayGoOn) {
        this.book = book;
        this.lease = lease;
        this.sizing = sizing;
        this.ways = ways;
        this.mayGoOn = mayGoOn;
    }

    Lease lease() {
        return lease;
    }

    @Override
    public boolean hasNext() {
        ended = ended || !mayGoOn.getAsBoolean();
        if (!ended && !isLoaded()) {
            commit();
            if (System.nanoTime() - began < TURN_NANOS) {
                Claim claim = book.claim(lease, sizing.claim(), ways.leaving());
                unverified = claim.unverified();
                claimed.addAll(claim.deliveries());
            }
            ended = !isLoaded();
        }
        return !ended;
    }

    @Override
    public Object next() {
        if (!unverified.isEmpty()) {
            Verification verification = new Verification(unverified);
            unverified = List.of();
            return verification;
        }
        if (claimed.isEmpty()) {
            throw new NoSuchElementException("nothing is due in lane " + lease.lane());
        }
        current = claimed.remove();
        left = false;
        note = null;
        return current;
    }

    /** How urgent the calls of this lane are. */
    Urgency urgency() {
        return Urgency.FILE;
    }

    /** Whether the delivery must wait, because one of its customer before it has to be tried again. */
    boolean mustWait(Delivery delivery) {
        return waitingCustomers.contains(delivery.customerId());
    }

    /** Whether a call with the current record's own effect has begun. */
    boolean hasLeft() {
        return left;
    }

    /** Notes how a record ended; it is committed with the others of this turn. */
    void settle(long recordId, Outcome outcome) {
        useful |= outcome.attempted();
        boolean noted = note != null && current != null && current.recordId() == recordId;
        settlements.add(new Settlement(recordId, noted ? outcome.noting(note) : outcome));
        if (current != null && current.recordId() == recordId) {
            boolean open = outcome.state() == RecordState.PENDING || outcome.state() == RecordState.SENDING;
            if (open && current.customerId() != null) {
                waitingCustomers.add(current.customerId());
            }
            current = null;
        }
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
        knownCustomers.add(customer.customerId());
    }

    boolean knows(String customerId) {
        return knownCustomers.contains(customerId);
    }

    /** Whether anything could be claimed in this turn. */
    boolean wasUseful() {
        return useful;
    }

    /** Puts back what was not sent, and commits the rest. */
    void end() {
        if (current != null) {
            settle(current.recordId(), left ? Outcome.unknown(0, "its delivery broke off", true) : Outcome.notSent(0));
        }
        claimed.forEach(delivery -> settle(delivery.recordId(), Outcome.notSent(0)));
        claimed.clear();
        commit();
    }

    private boolean isLoaded() {
        return !claimed.isEmpty() || !unverified.isEmpty();
    }

    private void commit() {
        if (!settlements.isEmpty() || !customers.isEmpty()) {
            book.settle(lease, List.copyOf(settlements), List.copyOf(customers));
            settlements.clear();
            customers.clear();
        }
    }
}
