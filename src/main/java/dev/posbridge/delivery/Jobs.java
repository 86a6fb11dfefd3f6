package dev.posbridge.delivery;

import dev.posbridge.gameball.Call;
import dev.posbridge.gameball.JobStatus;
import dev.posbridge.gameball.JobStopped;
import dev.posbridge.gameball.Meaning;
import dev.posbridge.gameball.Verdict;
import dev.posbridge.ledger.Carried;
import dev.posbridge.ledger.DueSale;
import dev.posbridge.ledger.Job;
import dev.posbridge.ledger.JobBook;
import dev.posbridge.ledger.JobKind;
import dev.posbridge.ledger.JobOutcome;
import dev.posbridge.ledger.LedgerClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;

/**
 * Asks after the jobs at Gameball until each has ended, and settles what they carried. A job that shows no progress until
 * its deadline is stopped, and its orders are asked about. Thread-safe; each worker asks after a share of its own.
 */
public final class Jobs {
    private final JobBook book;
    private final Calls calls;
    private final Gate gate;
    private final FailurePolicy failures;
    private final JobOutcomes outcomes;
    private final BatchCustomers customers;
    private final Ways ways;
    private final Duration deadline;
    private final Map<Long, OpenJob> open = new ConcurrentHashMap<>();
    private volatile JobPace pace;
    private final AtomicLong ended = new AtomicLong();

    Jobs(
            JobBook book,
            Calls calls,
            Gate gate,
            FailurePolicy failures,
            BatchCustomers customers,
            Ways ways,
            Duration deadline,
            RestoredLedger restored) {
        this.book = book;
        this.calls = calls;
        this.gate = gate;
        this.failures = failures;
        this.outcomes = new JobOutcomes(failures, restored);
        this.customers = customers;
        this.ways = ways;
        this.deadline = deadline;
        this.pace = new JobPace(deadline, List.of());
    }

    /** Goes on with the jobs of an earlier process; their deadlines go on too. */
    public void takeOver() {
        pace = new JobPace(deadline, book.durations());
        book.takeOver().forEach(job -> open.put(job.id(), new OpenJob(job, null, List.of())));
    }

    /** When a job that is submitted now has to be at its end, milliseconds since 1970. */
    long deadline() {
        return LedgerClock.millis() + pace.deadline().toMillis();
    }

    /** The job is at Gameball, and its id is stored. */
    void add(Job job, List<Carried> itsRecords, List<DueSale> itsCustomers) {
        open.put(job.id(), new OpenJob(job, itsRecords, itsCustomers));
    }

    int size() {
        return open.size();
    }

    long of(JobKind kind) {
        return open.values().stream().filter(one -> one.job().kind() == kind).count();
    }

    /** Jobs that ask about customers, or create them. */
    long ofCustomers() {
        return of(JobKind.BALANCES) + of(JobKind.CUSTOMERS);
    }

    /** How many ended since the start; grows. */
    long ended() {
        return ended.get();
    }

    /**
     * Jobs to be asked about now.
     *
     * @param worker who asks, counted from 0 to {@link Batches#WORKERS}
     */
    public List<OpenJob> due(int worker) {
        gate.leave();
        if (open.isEmpty() || !gate.enterAtAnyHour()) {
            return List.of();
        }
        Duration first = pace.first();
        List<OpenJob> due = open.values().stream()
                .sorted(OpenJob.OLDEST_FIRST)
                .limit(pace.isKnown() ? Long.MAX_VALUE : 1)
                .filter(job -> job.job().id() % Batches.WORKERS == worker)
                .filter(job -> job.isDue(first) || job.isOverdue())
                .toList();
        if (due.isEmpty()) {
            gate.leave();
        }
        return due;
    }

    /** Takes in what Gameball says of a job's state. */
    public void answered(
            @Body String body,
            @Header(Exchange.HTTP_RESPONSE_CODE) int status,
            @Header("Retry-After") String retryAfter,
            @ExchangeProperty("job") OpenJob job) {
        Verdict<JobStatus> verdict = calls.judge(Call.JOB_STATUS, status, body, retryAfter, JobStatus.class)
                .ifItNames(answer -> answer.mayBeOf(String.valueOf(job.job().gameballId())));
        job.asked();
        if (isToBeAskedAgain(verdict) || verdict.meaning() == Meaning.DONE && verdict.answer() == null) {
            throw verdict.failure("the question how job " + job.job().gameballId() + " is");
        }
        if (verdict.meaning() != Meaning.DONE) {
            // Gameball does not know it, or no longer; it may work all the same.
            giveUp(job);
        } else if (verdict.answer().state().isTerminal()) {
            pace.ended(job.age(), job.looks());
            settle(job, verdict.answer());
        } else {
            job.saw(verdict.answer().finished(), pace.deadline());
            job.lookAgainIn(pace.next(job.age()));
        }
    }

    /** Not where there is no such job: of any other call that would say that nobody is there. */
    private static boolean isToBeAskedAgain(Verdict<?> verdict) {
        return verdict.meaning().isRetried() && verdict.meaning() != Meaning.NOTHING_THERE;
    }

    /** The job was stopped, or could not be: either way its deadline is past, and its orders are asked about. */
    public void stopped(
            @Body String body,
            @Header(Exchange.HTTP_RESPONSE_CODE) int status,
            @Header("Retry-After") String retryAfter,
            @ExchangeProperty("job") OpenJob job) {
        Verdict<JobStopped> verdict = calls.judge(Call.JOB_STOP, status, body, retryAfter, JobStopped.class);
        if (isToBeAskedAgain(verdict)) {
            throw verdict.failure("the request to stop job " + job.job().gameballId());
        }
        settleUnknown(job, "stopped");
    }

    /** The question failed; the job is asked about again. */
    public void failed(
            @ExchangeProperty("job") OpenJob job, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
        failures.tellGate(failure);
        job.lookAgainIn(failures.pause(job.failed()));
    }

    private void giveUp(OpenJob job) {
        if (job.job().kind() == JobKind.ORDERS || job.job().kind() == JobKind.VERIFICATION) {
            book.lost(job.job(), "Gameball does not know the list.");
        } else {
            customers.oneByOne(job.customers());
            book.settle(job.job(), List.of(), 0, "lost");
        }
        remove(job);
    }

    private void settleUnknown(OpenJob job, String result) {
        customers.oneByOne(job.customers());
        end(job, List.of(), result);
    }

    private void settle(OpenJob job, JobStatus status) {
        String result = status.state().name().toLowerCase(java.util.Locale.ROOT);
        List<JobOutcome> left = List.of();
        switch (job.job().kind()) {
            case ORDERS -> left = outcomes.ofOrders(carried(job), status);
            case VERIFICATION -> left = outcomes.ofVerification(job.job(), carried(job), status);
            case CUSTOMERS -> customers.created(job.customers(), status);
            case BALANCES -> customers.answered(job.customers(), status);
        }
        end(job, left, result);
    }

    private List<Carried> carried(OpenJob job) {
        return job.carried() == null ? book.carried(job.job()) : job.carried();
    }

    private void end(OpenJob job, List<JobOutcome> left, String result) {
        boolean question = job.job().kind() == JobKind.VERIFICATION;
        long again = LedgerClock.millis() + (question ? failures.pause(2).toMillis() : 0);
        book.settle(job.job(), left, Math.max(again, question ? job.job().evidenceAt() : 0), result);
        remove(job);
    }

    private void remove(OpenJob job) {
        open.remove(job.job().id());
        ended.incrementAndGet();
        ways.jobEnded();
    }
}
