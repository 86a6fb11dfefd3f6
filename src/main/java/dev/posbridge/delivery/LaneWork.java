package dev.posbridge.delivery;

import dev.posbridge.ledger.Claim;
import dev.posbridge.ledger.CustomerStanding;
import dev.posbridge.ledger.Delivery;
import dev.posbridge.ledger.LaneBook;
import dev.posbridge.ledger.LaneTurn;
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
 * Somebody at work in a lane: hands out what is due, one by one and in order, and gathers the outcomes until they are
 * committed together. A turn lasts about a second. Used by one thread.
 *
 * <p>Each element is a {@link Delivery}, or a {@link Verification} of records whose sending nobody saw end. Camel asks
 * whether there is a next one before it processes the last, so claims may be made while a delivery is under way.
 */
public final class LaneWork implements Work, Iterator<Object> {
    private static final long TURN_NANOS = Duration.ofSeconds(1).toNanos();

    /** Longer, for what is left over waits its turn among files. */
    private static final long LIVE_TURN_NANOS = Duration.ofSeconds(5).toNanos();

    private final LaneBook book;
    private final LaneTurn turn;
    private final Sizing sizing;
    private final Rules rules;
    private final Ways ways;
    private final CustomersAtWork customersAtWork;
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
    /** Whether the last look found less than it was to claim: what else is open waits, if only for what is under way. */
    private boolean foundAll;

    /**
     * What it may do.
     *
     * @param liveOnly true for live messages alone
     * @param lanes where live messages wait
     * @param mayGoOn false once delivery stops or the gate closes
     */
    record Rules(boolean liveOnly, LanesAtWork lanes, BooleanSupplier mayGoOn) {}

    LaneWork(LaneBook book, LaneTurn turn, Sizing sizing, Ways ways, Rules rules, CustomersAtWork customersAtWork) {
        this.book = book;
        this.turn = turn;
        this.sizing = sizing;
        this.ways = ways;
        this.rules = rules;
        this.customersAtWork = customersAtWork;
    }

    int lane() {
        return turn.lane();
    }

    @Override
    public boolean hasNext() {
        ended = ended || !rules.mayGoOn().getAsBoolean();
        if (!ended && mustYield()) {
            putBack();
        }
        // Asked while the last of all is under way: whoever looks again once its outcome is written finds what that
        // frees.
        ended = ended || current != null && foundAll && !isLoaded() && !rules.liveOnly();
        if (!ended && !isLoaded()) {
            commit();
            if (System.nanoTime() - began < (rules.liveOnly() ? LIVE_TURN_NANOS : TURN_NANOS)) {
                claim();
            }
            ended = !isLoaded();
        }
        return !ended;
    }

    private void claim() {
        rules.lanes().looking(turn.lane());
        int most = sizing.claim();
        Claim claim = book.claim(turn, most, rules.liveOnly() ? ways.leavingOfMessages() : ways.leaving());
        unverified = claim.unverified();
        claimed.addAll(claim.deliveries());
        foundAll = unverified.size() + claimed.size() < most;
    }

    @Override
    public Object next() {
        if (!unverified.isEmpty()) {
            Verification verification = new Verification(unverified);
            unverified = List.of();
            return verification;
        }
        if (claimed.isEmpty()) {
            throw new NoSuchElementException("nothing is due in lane " + turn.lane());
        }
        current = claimed.remove();
        left = false;
        note = null;
        return current;
    }

    @Override
    public Urgency urgency() {
        return current != null && current.live() ? Urgency.LIVE : Urgency.FILE;
    }

    @Override
    public String customerAtWork() {
        return current == null ? null : current.customerId();
    }

    @Override
    public boolean mayGoOn() {
        return rules.mayGoOn().getAsBoolean() && !(current != null && !current.live() && isHurried());
    }

    @Override
    public boolean mustWait(Delivery delivery) {
        return waitingCustomers.contains(delivery.customerId());
    }

    @Override
    public boolean hasLeft() {
        return left;
    }

    /** Notes how a record ended; it is committed with the others of this turn. */
    @Override
    public void settle(long recordId, Outcome outcome) {
        useful |= outcome.attempted();
        boolean noted = note != null && current != null && current.recordId() == recordId;
        settlements.add(new Settlement(recordId, noted ? outcome.noting(note) : outcome));
        if (current != null && current.recordId() == recordId) {
            boolean open = outcome.state() == RecordState.PENDING || outcome.state() == RecordState.SENDING;
            if (open && current.customerId() != null) {
                waitingCustomers.add(current.customerId());
            }
            if (current.customerId() != null) {
                customersAtWork.leave(this, current.customerId());
            }
            current = null;
        }
    }

    @Override
    public void leaving() {
        left = true;
    }

    @Override
    public void note(Reason reason) {
        note = reason;
    }

    @Override
    public void learn(CustomerStanding customer) {
        customers.add(customer);
        knownCustomers.add(customer.customerId());
    }

    @Override
    public boolean knows(String customerId) {
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
        putBack();
        commit();
    }

    private void putBack() {
        claimed.forEach(delivery -> settle(delivery.recordId(), Outcome.notSent(0)));
        claimed.clear();
    }

    /** Whether what comes next is a file's, and a live message waits in this lane. */
    private boolean mustYield() {
        return !claimed.isEmpty() && !claimed.peek().live() && isHurried();
    }

    private boolean isHurried() {
        return rules.lanes().isHurried(turn.lane());
    }

    private boolean isLoaded() {
        return !claimed.isEmpty() || !unverified.isEmpty();
    }

    private void commit() {
        if (!settlements.isEmpty() || !customers.isEmpty()) {
            book.settle(List.copyOf(settlements), List.copyOf(customers));
            settlements.clear();
            customers.clear();
        }
    }
}
