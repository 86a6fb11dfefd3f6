package dev.posbridge.sandbox;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** One batch job: works through its objects in the background, one after another, and can be stopped between two. */
final class Job {
    enum State {
        QUEUED,
        RUNNING,
        COMPLETED,
        FAILED,
        STOPPED;

        boolean isEnd() {
            return ordinal() >= COMPLETED.ordinal();
        }
    }

    /** The job at one instant; the lists are empty until it has ended. */
    record View(
            long id,
            State state,
            int total,
            int finished,
            int errors,
            List<JobItem.Entry> successful,
            List<JobItem.Entry> failed) {}

    final long id;
    /** What goes wrong with it, or null. */
    final Fault fault;

    private final int total;
    private List<JobItem> items;
    private State state = State.QUEUED;
    private final List<JobItem.Entry> successful = new ArrayList<>();
    private final List<JobItem.Entry> failed = new ArrayList<>();

    Job(long id, List<JobItem> items, Fault fault) {
        this.id = id;
        this.items = new ArrayList<>(items);
        this.total = items.size();
        this.fault = fault;
        if (has(Fault.Kind.JOB_SHUFFLED)) {
            Collections.shuffle(this.items, new Random(id));
        }
    }

    void run() {
        List<JobItem> work = begin();
        int until = has(Fault.Kind.JOB_STUCK) ? work.size() / 2 : work.size();
        boolean idle = fault != null && fault.when() == Fault.When.BEFORE && doesNothingBefore(fault.kind());
        for (int i = 0; i < until && !idle; i++) {
            synchronized (this) {
                if (state == State.RUNNING) {
                    work(work.get(i), has(Fault.Kind.JOB_HALF_FAILED) && i >= work.size() / 2);
                }
            }
        }
        end();
    }

    /** True when it was not at its end, and is now. */
    synchronized boolean stop() {
        boolean stopped = !state.isEnd();
        state = stopped ? State.STOPPED : state;
        return stopped;
    }

    synchronized View view() {
        boolean failedWhole = state == State.FAILED;
        boolean shown = state.isEnd() && !failedWhole;
        return new View(
                id,
                state,
                total,
                failedWhole ? total : successful.size() + failed.size(),
                failedWhole ? total : failed.size(),
                shown ? List.copyOf(successful) : List.of(),
                shown ? List.copyOf(failed) : List.of());
    }

    boolean has(Fault.Kind kind) {
        return fault != null && fault.kind() == kind;
    }

    private synchronized List<JobItem> begin() {
        List<JobItem> work = items;
        items = List.of();
        state = state == State.QUEUED ? State.RUNNING : state;
        return work;
    }

    private void work(JobItem item, boolean broken) {
        if (broken) {
            failed.add(item.entry("internal server error, try again later", null));
            return;
        }
        try {
            successful.add(item.entry(null, item.work().get()));
        } catch (Refusal refusal) {
            failed.add(item.entry(refusal.getMessage(), null));
        }
    }

    private synchronized void end() {
        if (state == State.RUNNING && !has(Fault.Kind.JOB_STUCK)) {
            state = has(Fault.Kind.JOB_FAILED) ? State.FAILED : State.COMPLETED;
        }
    }

    private static boolean doesNothingBefore(Fault.Kind kind) {
        return kind == Fault.Kind.JOB_LOST || kind == Fault.Kind.JOB_FAILED || kind == Fault.Kind.JOB_UNKNOWN_STATUS;
    }
}
