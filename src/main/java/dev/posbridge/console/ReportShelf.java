package dev.posbridge.console;

import dev.posbridge.LruMap;
import dev.posbridge.console.ReportPage.Question;
import dev.posbridge.console.ReportPage.Summary;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * Reports that were added up lately, so that a page of a large ledger need not wait: what is kept is shown with its time, and
 * added up anew by one thread, which rests five times as long as it works. Thread-safe.
 */
final class ReportShelf implements AutoCloseable {
    private static final int MOST_KEPT = 20;
    private static final int REST = 5;
    private static final Duration LONGEST_WAIT = Duration.ofMillis(120);
    private static final long GOOD_FOR_NANOS = 5_000_000_000L;

    private final ReportTurn turn;
    private final Aside counter = new Aside("console-report");
    private final Map<Question, Kept> kept = new LruMap<>(MOST_KEPT);
    private Future<?> underWay;

    /** @param until when it is worth adding up again */
    private record Kept(Summary summary, long until) {}

    ReportShelf(ReportTurn turn) {
        this.turn = turn;
    }

    /** What is known of it; empty while it is added up for the first time, or another one is. */
    Optional<Summary> soon(Question question, Supplier<Summary> work) {
        Future<?> counting;
        synchronized (this) {
            Kept known = kept.get(question);
            boolean fresh = known != null && System.nanoTime() - known.until() < 0;
            if (!fresh && (underWay == null || underWay.isDone())) {
                underWay = counter.begin(() -> addUp(question, work));
            }
            counting = underWay;
            if (known != null) {
                return Optional.of(known.summary());
            }
        }
        counter.await(counting, LONGEST_WAIT);
        synchronized (this) {
            return Optional.ofNullable(kept.get(question)).map(Kept::summary);
        }
    }

    private void addUp(Question question, Supplier<Summary> work) {
        long began = System.nanoTime();
        Summary summary = turn.await(work);
        long now = System.nanoTime();
        synchronized (this) {
            kept.put(question, new Kept(summary, now + Math.max(GOOD_FOR_NANOS, REST * (now - began))));
        }
    }

    @Override
    public void close() {
        counter.close();
    }
}
