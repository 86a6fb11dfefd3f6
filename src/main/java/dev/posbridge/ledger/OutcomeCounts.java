package dev.posbridge.ledger;

import dev.posbridge.pos.Reason;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.config.JdbiConfig;

/**
 * How many records ended in which way since this process began, for whoever draws curves: counted as it happens, because the
 * ledger's millions of rows cannot be counted every moment. Thread-safe.
 */
public final class OutcomeCounts {
    private final Map<Ended, LongAdder> counts = new ConcurrentHashMap<>();

    /**
     * A way to end, or to wait for what may still come.
     *
     * @param outcome in a word, such as {@code dead}
     * @param reason code of the reason, "" for none
     */
    public record Ended(String outcome, String reason) implements Comparable<Ended> {
        @Override
        public int compareTo(Ended other) {
            int byOutcome = outcome.compareTo(other.outcome);
            return byOutcome == 0 ? reason.compareTo(other.reason) : byOutcome;
        }
    }

    /** Where each handle of a ledger finds the counts. */
    public static final class Config implements JdbiConfig<Config> {
        private OutcomeCounts counts;

        /** Made by Jdbi. */
        public Config() {
            // nothing is set yet
        }

        void share(OutcomeCounts shared) {
            counts = shared;
        }

        @Override
        public Config createCopy() {
            Config copy = new Config();
            copy.counts = counts;
            return copy;
        }
    }

    /** Counts what this transaction writes, once it is committed. */
    static void count(Handle handle, RecordState state, Reason reason, long records) {
        if (records > 0) {
            count(handle, state.word(), reason == null ? "" : reason.code(), records);
        }
    }

    static void count(Handle handle, String outcome, String reason, long records) {
        OutcomeCounts counts = handle.getConfig(Config.class).counts;
        Ended ended = new Ended(outcome, reason);
        handle.afterCommit(() -> counts.add(ended, records));
    }

    private void add(Ended ended, long records) {
        counts.computeIfAbsent(ended, first -> new LongAdder()).add(records);
    }

    /** All so far, in order. */
    public Map<Ended, Long> all() {
        Map<Ended, Long> all = new TreeMap<>();
        counts.forEach((ended, count) -> all.put(ended, count.sum()));
        return all;
    }
}
