package dev.posbridge.delivery;

import dev.posbridge.gameball.BatchRequest;
import dev.posbridge.gameball.Call;
import dev.posbridge.gameball.JobAccepted;
import dev.posbridge.ledger.Carried;
import dev.posbridge.ledger.DueSale;
import dev.posbridge.ledger.Job;
import dev.posbridge.ledger.JobBook;
import dev.posbridge.ledger.JobKind;
import dev.posbridge.ledger.LedgerClock;
import dev.posbridge.ledger.SaleWalk;
import dev.posbridge.ledger.Way;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills lists of a thousand and hands them over: what nobody saw end is asked about first, then new customers, then the
 * orders of customers whom Gameball knows. One order of a customer at a time, because Gameball does not say that a job
 * works in order. Thread-safe: one worker looks for sales while others write theirs down, or wait for Gameball to take
 * them.
 */
public final class BatchLane {
    private static final Logger LOG = LoggerFactory.getLogger(BatchLane.class);
    private static final int MOST_JOBS = 128;
    private static final int MOST_CUSTOMER_JOBS = 16;
    private static final long SKIPPED_BEFORE_ANEW = 4_000;
    private static final long VERIFY_EVERY_NANOS = Duration.ofMillis(50).toNanos();
    private static final long ANEW_NANOS = Duration.ofMillis(200).toNanos();

    private final JobBook book;
    private final Jobs jobs;
    private final BatchCustomers customers;
    private final BatchBodies bodies;
    private final Ways ways;
    private final Calls calls;
    private final FailurePolicy failures;
    private final List<DueSale> found = new ArrayList<>();
    /** What each worker was given last. */
    private final Map<Integer, Batch> handedOver = new HashMap<>();
    /** What was found and is being claimed just now: the ledger does not say yet whose turn it is not. */
    private final Set<List<DueSale>> beingClaimed = Collections.newSetFromMap(new IdentityHashMap<>());

    private SaleWalk walk;
    private long walkBegan;
    private long jobsEndedBefore;
    private long partialSince;
    /** Whether lists went, or may have gone before the start, since all was over and written down. */
    private boolean untidy = true;

    private long verifyAt = System.nanoTime();
    private volatile boolean stopping;

    BatchLane(
            JobBook book,
            Jobs jobs,
            BatchCustomers customers,
            BatchBodies bodies,
            Ways ways,
            Calls calls,
            FailurePolicy failures) {
        this.book = book;
        this.jobs = jobs;
        this.customers = customers;
        this.bodies = bodies;
        this.ways = ways;
        this.calls = calls;
        this.failures = failures;
    }

    /** Claims nothing more; what is at Gameball is asked about by the next process. */
    public void stop() {
        stopping = true;
    }

    /** Writes down what is kept in memory, so that the next process finds it; after the last route has stopped. */
    public void writeDown() {
        book.writeLastTimes();
    }

    /**
     * @param worker who asks, and comes back when its list is over
     * @return the next list to hand over, claimed and in the ledger; null where there is none now
     */
    public Batch next(int worker) {
        Next next = look(worker);
        return next.sales().isEmpty() ? next.batch() : claim(worker, next.sales());
    }

    /**
     * What comes next.
     *
     * @param batch a list that is ready, or null
     * @param sales what a list is to be made of, or nothing
     */
    private record Next(Batch batch, List<DueSale> sales) {
        static final Next NOTHING = new Next(null, List.of());
    }

    private synchronized Next look(int worker) {
        calls.leave();
        putBackAbandoned(worker);
        if (stopping || jobs.size() >= MOST_JOBS || !calls.mayBegin(Call.ORDERS)) {
            return Next.NOTHING;
        }
        Batch verification = verification();
        Next next = verification == null && isAtWork() ? search() : new Next(verification, List.of());
        if (next.batch() != null) {
            handedOver.put(worker, next.batch());
        } else if (next.sales().isEmpty()) {
            calls.leave();
        } else {
            beingClaimed.add(next.sales());
        }
        return next;
    }

    /** The list's body is written and its sales are claimed while others look for more. */
    private Batch claim(int worker, List<DueSale> sales) {
        List<DueSale> carried = new ArrayList<>(sales.size());
        List<DueSale> singly = new ArrayList<>();
        Batch batch = null;
        try {
            byte[] body = bodies.orders(sales, carried, singly);
            if (!singly.isEmpty()) {
                book.sendSingly(singly.stream().map(DueSale::recordId).toList());
            }
            if (!carried.isEmpty()) {
                batch = book.claim(carried, jobs.deadline())
                        .map(job -> Batch.of(
                                job,
                                body,
                                carried.stream().map(DueSale::carried).toList()))
                        .orElse(null);
            }
            return batch;
        } finally {
            claimed(worker, sales, batch, singly.size() == sales.size());
        }
    }

    private synchronized void claimed(int worker, List<DueSale> sales, Batch batch, boolean allSingly) {
        beingClaimed.remove(sales);
        // Those that go singly; the others are in the job's hands.
        book.giveBack(sales);
        if (batch != null) {
            handedOver.put(worker, batch);
            ways.goesOn();
            return;
        }
        calls.leave();
        if (!allSingly) {
            abandonWalk();
        }
    }

    /** A list that was given out and never came to an end: something failed on its way. */
    private void putBackAbandoned(int worker) {
        Batch abandoned = handedOver.get(worker);
        if (abandoned != null && !abandoned.isOver()) {
            LOG.warn("A list of {} {} broke off on its way", abandoned.job().size(), abandoned.getKind());
            end(
                    abandoned,
                    abandoned.hasLeft() ? FailurePolicy.Handover.UNKNOWN : FailurePolicy.Handover.NOT_SENT,
                    "It broke off on its way.");
        }
        handedOver.remove(worker);
    }

    /** How many lists of these kinds were given out and are not at Gameball yet. */
    private long onTheirWay(JobKind... kinds) {
        return handedOver.values().stream()
                .filter(batch ->
                        !batch.isOver() && List.of(kinds).contains(batch.job().kind()))
                .count();
    }

    private boolean isAnythingUnderWay() {
        return onTheirWay(JobKind.values()) + jobs.size() + beingClaimed.size() > 0;
    }

    private Batch verification() {
        long now = System.nanoTime();
        if (now - verifyAt < 0) {
            return null;
        }
        Optional<Job> job = book.verify(BatchRequest.LARGEST, jobs.deadline());
        if (job.isEmpty()) {
            verifyAt = now + VERIFY_EVERY_NANOS;
            return null;
        }
        List<Carried> carried = book.carried(job.get());
        return Batch.of(job.get(), bodies.orderIds(carried), carried);
    }

    /** Whether there is, or soon may be, something to go by batch. */
    private boolean isAtWork() {
        boolean atWork = ways.decide() == Ways.Decision.BY_BATCH || !found.isEmpty() || !customers.isIdle();
        if (!atWork && walk != null) {
            putBackFound();
            walk = null;
            customers.forgetAbsent();
        }
        if (!atWork && untidy && !isAnythingUnderWay()) {
            untidy = false;
            ways.closeSettledFiles();
            book.writeLastTimes();
        }
        return atWork;
    }

    private Next search() {
        beginAnewIfWorthwhile();
        found.addAll(walk.next(BatchRequest.LARGEST - found.size()));
        customers.settleRefused();
        Batch batch = ofCustomers();
        return new Next(batch, batch == null ? draw() : List.of());
    }

    private void beginAnewIfWorthwhile() {
        boolean changed = jobs.ended() != jobsEndedBefore || System.nanoTime() - walkBegan > ANEW_NANOS;
        boolean worthwhile = walk == null || changed && (walk.isAtEnd() || walk.skippedSales() > SKIPPED_BEFORE_ANEW);
        if (worthwhile) {
            jobsEndedBefore = jobs.ended();
            walkBegan = System.nanoTime();
            putBackFound();
            untidy = true;
            walk = book.walk(customers::areReady, customers::isFull);
            beingClaimed.forEach(walk::leaveOut);
        }
    }

    /** Those whom Gameball does not know are created before more are asked about. */
    private Batch ofCustomers() {
        if (jobs.ofCustomers() + onTheirWay(JobKind.CUSTOMERS, JobKind.BALANCES) >= MOST_CUSTOMER_JOBS) {
            return null;
        }
        boolean last = walk.isAtEnd() && !ways.isComing();
        // In this order: a list that is on its way is at Gameball before it is over.
        boolean asking = onTheirWay(JobKind.BALANCES) + jobs.of(JobKind.BALANCES) > 0;
        Batch batch = ofCustomers(JobKind.CUSTOMERS, last && !asking);
        return batch == null ? ofCustomers(JobKind.BALANCES, last) : batch;
    }

    private Batch ofCustomers(JobKind kind, boolean fewToo) {
        List<DueSale> taken = customers.take(kind, fewToo);
        if (taken.isEmpty()) {
            return null;
        }
        byte[] body = kind == JobKind.CUSTOMERS ? bodies.customers(taken) : bodies.balances(taken);
        return Batch.ofCustomers(book.open(kind, taken.size(), jobs.deadline()), body, taken);
    }

    /** Takes the sales of the next list. */
    private List<DueSale> draw() {
        if (found.isEmpty() || !isFullEnough()) {
            return List.of();
        }
        List<DueSale> drawn = List.copyOf(found);
        found.clear();
        partialSince = 0;
        return drawn;
    }

    /** A list that is not full waits a moment while more may come: of a file, or of customers who are under way. */
    private boolean isFullEnough() {
        if (found.size() >= BatchRequest.LARGEST) {
            return true;
        }
        if (!walk.isAtEnd()) {
            return false;
        }
        long now = System.nanoTime();
        partialSince = partialSince == 0 ? now : partialSince;
        boolean moreToCome = isAnythingUnderWay() || !customers.isIdle() || ways.isComing();
        if (moreToCome && now - partialSince < ways.linger().toNanos()) {
            return false;
        }
        boolean enough = found.size() >= ways.least() || found.stream().anyMatch(sale -> sale.way() != Way.EITHER);
        if (!enough) {
            putBackFound();
            partialSince = 0;
            ways.forget();
        }
        return enough;
    }

    /** Gameball took the list: its id is stored before anybody asks about it. */
    public void accepted(
            @Body String body,
            @Header(Exchange.HTTP_RESPONSE_CODE) int status,
            @Header("Retry-After") String retryAfter,
            @ExchangeProperty("batch") Batch batch) {
        JobAccepted accepted = calls.judge(batch.call(), status, body, retryAfter, JobAccepted.class)
                .orThrow("a list of " + batch.job().size() + " "
                        + batch.job().kind().word());
        book.accepted(batch.job(), accepted.jobId());
        jobs.add(batch.job().named(accepted.jobId()), batch.carried(), batch.customers());
        batch.end();
    }

    /** Gameball did not take the list, or nobody knows. */
    public void failed(
            @ExchangeProperty("batch") Batch batch, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
        if (!batch.isOver()) {
            end(batch, failures.handover(batch.hasLeft(), failure), FailurePolicy.describe(failure));
        }
    }

    private synchronized void end(Batch batch, FailurePolicy.Handover handover, String why) {
        boolean ofCustomers =
                batch.job().kind() == JobKind.CUSTOMERS || batch.job().kind() == JobKind.BALANCES;
        switch (handover) {
            case NOT_SENT -> {
                if (ofCustomers) {
                    customers.putBack(batch.job().kind(), batch.customers());
                }
                book.notSent(batch.job(), LedgerClock.millis());
            }
            case REFUSED -> {
                customers.oneByOne(batch.customers());
                book.refused(batch.job(), why);
            }
            case UNKNOWN -> {
                customers.oneByOne(batch.customers());
                book.lost(batch.job(), why);
            }
        }
        batch.end();
        putBackFound();
        abandonWalk();
        ways.forget();
    }

    private void putBackFound() {
        book.giveBack(found);
        found.clear();
    }

    private void abandonWalk() {
        if (walk != null) {
            walk.abandon();
        }
        walk = null;
    }
}
