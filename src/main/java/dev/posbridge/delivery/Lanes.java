package dev.posbridge.delivery;

import dev.posbridge.gameball.Call;
import dev.posbridge.ledger.Delivery;
import dev.posbridge.ledger.LaneBook;
import dev.posbridge.ledger.LaneTurn;
import dev.posbridge.ledger.Outcome;
import dev.posbridge.pos.RecordKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;

/** Gives lanes to whoever took their token, to one at a time. Thread-safe. */
public final class Lanes {
    private final LaneBook book;
    private final LaneBook liveBook;
    private final LanesAtWork atWork = new LanesAtWork();
    private final Gate gate;
    private final Sizing sizing;
    private final FailurePolicy failures;
    private final CustomersAtWork customersAtWork;
    private final Ways ways;
    private volatile boolean stopping;

    public Lanes(
            LaneBook book,
            Gate gate,
            Sizing sizing,
            FailurePolicy failures,
            CustomersAtWork customersAtWork,
            Ways ways) {
        this.book = book;
        this.liveBook = book.ofMessages();
        this.gate = gate;
        this.sizing = sizing;
        this.failures = failures;
        this.customersAtWork = customersAtWork;
        this.ways = ways;
    }

    /**
     * Takes the lane and hands out what is due in it.
     *
     * @param liveOnly true for live messages alone; else null, and records of files too
     * @return no work where somebody is at work there, or nothing may be sent now: the token is dropped
     */
    public Iterator<Object> take(@Body int lane, @ExchangeProperty("liveOnly") Boolean liveOnly) {
        if (stopping || !gate.enter()) {
            return Collections.emptyIterator();
        }
        boolean live = Boolean.TRUE.equals(liveOnly);
        LaneBook itsBook = live ? liveBook : book;
        LaneTurn turn = null;
        boolean free = atWork.enter(lane);
        try {
            turn = free ? itsBook.turn(lane) : null;
        } finally {
            if (turn == null) {
                gate.leave();
            }
            if (turn == null && free) {
                atWork.leave(lane);
            }
        }
        if (turn == null) {
            return Collections.emptyIterator();
        }
        LaneWork.Rules rules = new LaneWork.Rules(live, atWork, gate::mayDeliver);
        return new LaneWork(itsBook, turn, sizing, ways, rules, customersAtWork);
    }

    /** Whether a claimed record may go now; one whose customer's earlier record must be tried again goes back. */
    public boolean mayGo(@ExchangeProperty("delivery") Object element, @ExchangeProperty("lane") Work work) {
        if (element instanceof Delivery delivery && work.mustWait(delivery)) {
            work.settle(delivery.recordId(), Outcome.notSent(0));
            return false;
        }
        return true;
    }

    /**
     * Whether a question without effect goes first. Gameball did not answer lately: an event would be lost on trying, and a
     * refund or a customer that alone fails would for ever be taken for Gameball's failing. Of sales it is asked anyway.
     */
    public boolean mustAskFirst(@ExchangeProperty("delivery") Object element) {
        return element instanceof Delivery delivery
                && delivery.kind() != RecordKind.SALE
                && delivery.customerId() != null
                && gate.isClosed()
                && (gate.refusal() == null || gate.isMisdirected());
    }

    /** Keeps a record whose delivery failed through no fault of its own. */
    public void keep(
            @ExchangeProperty("delivery") Object element,
            @ExchangeProperty("lane") Work work,
            @ExchangeProperty("call") Call call,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
        if (element instanceof Delivery delivery) {
            Outcome outcome = failures.outcome(delivery, work.hasLeft(), failure);
            boolean tried = outcome.message() != null && call != null;
            work.settle(delivery.recordId(), tried ? outcome.calling(call.words()) : outcome);
        } else {
            failures.tellGate(failure);
        }
    }

    /**
     * Settles what was sent, puts back what was not, lets go of the lane.
     *
     * @param taken what {@link #take} gave; null where that failed
     * @return the lane if it has more to do, and the turn could do something or somebody else was called, else null
     */
    public Integer letGo(@ExchangeProperty("lane") Iterator<Object> taken) {
        if (!(taken instanceof LaneWork work)) {
            return null;
        }
        boolean called;
        try {
            work.end();
        } finally {
            called = atWork.leave(work.lane());
            gate.leave();
        }
        // What is due but waits (paused, or behind a record of its customer) is left to housekeeping: announced now, it
        // would keep the lane spinning.
        boolean more = !stopping && !gate.isClosed() && (called || work.wasUseful() && book.isDue(work.lane()));
        if (!more && work.wasUseful()) {
            // What went one by one may free more of its customers.
            ways.forget();
        }
        return more ? work.lane() : null;
    }

    /** Notes that a live message waits in the lane: who is at work there lets it go first. */
    public void hurry(@Body int lane) {
        atWork.hurry(lane);
    }

    /**
     * Lanes in which something is due; nobody has to be woken while all of it goes by batch. In any order: a process that is
     * ended soon, as those before it, would else see to the same lanes as they.
     *
     * @param few true for none but where sales just came to go one by one, since they are too few for a list; else null
     */
    public List<Integer> due(@ExchangeProperty("few") Boolean few) {
        if (Boolean.TRUE.equals(few)) {
            return stopping || !ways.takeWoken() ? List.of() : shuffledDue();
        }
        ways.forget();
        return stopping || ways.decide() != Ways.Decision.ONE_BY_ONE ? List.of() : shuffledDue();
    }

    private List<Integer> shuffledDue() {
        List<Integer> due = new ArrayList<>(book.due());
        Collections.shuffle(due);
        return due;
    }

    /** Lanes in which a live message is due. */
    public List<Integer> dueOfMessages() {
        return stopping ? List.of() : liveBook.due();
    }

    void closeSettledFiles() {
        ways.closeSettledFiles();
    }

    /** Claims nothing more; what was claimed and not sent goes back. */
    public void stop() {
        stopping = true;
        gate.stop();
    }
}
