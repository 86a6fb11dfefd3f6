package dev.posbridge.sandbox;

import dev.posbridge.Daemons;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The batch jobs. They run one after another on a thread of their own, each after it was queued for a while. */
final class Jobs implements AutoCloseable {
    private static final long FIRST_NUMBER = 5_001;

    private final Duration latency;
    private final Map<Long, Job> byId = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong(FIRST_NUMBER);
    private final ScheduledThreadPoolExecutor worker =
            new ScheduledThreadPoolExecutor(1, Daemons.named("sandbox-jobs"));

    Jobs(Duration latency) {
        this.latency = latency;
    }

    /** The number of the next job: its objects know it before it exists. */
    long nextNumber() {
        return numbers.getAndIncrement();
    }

    void start(Job job) {
        byId.put(job.id, job);
        worker.schedule(job::run, latency.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Refuses (404) a number that is no job's, and a job that a fault has lost. */
    Job known(String number) {
        Job job = number.matches("\\d{1,18}") ? byId.get(Long.valueOf(number)) : null;
        if (job == null || job.has(Fault.Kind.JOB_LOST)) {
            throw new Refusal(404, 404, "job \"" + number + "\" is not found");
        }
        return job;
    }

    /** Stops and forgets all. Numbers go on, so that an old job's number never names a new one. */
    void clear() {
        List.copyOf(byId.values()).forEach(Job::stop);
        byId.clear();
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
