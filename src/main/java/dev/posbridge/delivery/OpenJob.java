package dev.posbridge.delivery;

import dev.posbridge.ledger.Carried;
import dev.posbridge.ledger.DueSale;
import dev.posbridge.ledger.Job;
import dev.posbridge.ledger.LedgerClock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** A job at Gameball that has not ended yet. Used by the worker that asks after it. */
public final class OpenJob {
    static final Comparator<OpenJob> OLDEST_FIRST = Comparator.comparingLong(open -> open.job.id());

    private final Job job;
    private final List<Carried> carried;
    private final List<DueSale> customers;
    private final long began = System.nanoTime();
    private volatile long nextLook;
    private long deadline;
    private long finished = -1;
    private int looks;
    private int failures;

    /** @param carried the records in its hands; null where only the ledger knows */
    OpenJob(Job job, List<Carried> carried, List<DueSale> customers) {
        this.job = job;
        this.carried = carried;
        this.customers = customers;
        this.deadline = job.deadline();
    }

    Job job() {
        return job;
    }

    List<Carried> carried() {
        return carried;
    }

    List<DueSale> customers() {
        return customers;
    }

    public String getGameballId() {
        return job.gameballId();
    }

    /** Whether it is to be stopped rather than asked about. */
    public boolean isOverdue() {
        return LedgerClock.millis() > deadline;
    }

    /** @param firstLook how long jobs take, as far as is known now */
    boolean isDue(Duration firstLook) {
        return looks + failures == 0 ? age().compareTo(firstLook) >= 0 : System.nanoTime() - nextLook >= 0;
    }

    void lookAgainIn(Duration pause) {
        nextLook = System.nanoTime() + pause.toNanos();
    }

    void asked() {
        looks++;
        failures = 0;
    }

    /** @return questions in a row that failed */
    int failed() {
        return ++failures;
    }

    int looks() {
        return looks;
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** Progress moves the deadline. */
    void saw(long itsFinished, Duration grace) {
        if (itsFinished > finished) {
            finished = itsFinished;
            deadline = Math.max(deadline, LedgerClock.millis() + grace.toMillis());
        }
    }
}
