package dev.posbridge.console;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** How fast what waits gets less, as far as somebody looked during the last two minutes. Thread-safe. */
final class Progress {
    private static final long WINDOW_NANOS = 120_000_000_000L;
    private static final long LEAST_NANOS = 2_000_000_000L;
    private final Deque<Seen> seen = new ArrayDeque<>();

    private record Seen(long at, long open) {}

    /** How much waits now, how many a minute get done, and how long it takes at that; null where nobody knows. */
    record Pace(long open, Long perMinute, Duration left) {}

    synchronized Pace now(long open) {
        long now = System.nanoTime();
        while (!seen.isEmpty()
                && (now - seen.peekFirst().at() > WINDOW_NANOS
                        || seen.peekLast().open() < open)) {
            seen.removeFirst();
        }
        seen.addLast(new Seen(now, open));
        Seen first = seen.peekFirst();
        double seconds = (now - first.at()) / 1e9;
        long done = first.open() - open;
        if (now - first.at() < LEAST_NANOS || done <= 0) {
            return new Pace(open, null, null);
        }
        return new Pace(
                open, Math.round(done * 60 / seconds), Duration.ofSeconds((long) Math.ceil(open * seconds / done)));
    }
}
