package dev.posbridge.delivery;

import dev.posbridge.gameball.Resource;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * How long a resource waits after Gameball answered 429: as long as it asks, or until its quota window is over. Where
 * the answer is 429 again the pause grows, because others use up what we hope for. Thread-safe.
 */
final class QuotaPauses {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration WINDOW = Duration.ofSeconds(30);
    private static final Duration LONGEST_OF_OURS = Duration.ofMinutes(5);
    private static final double JITTER = 0.1;
    private static final int MOST_DOUBLINGS = 16;

    private final LongSupplier ticker;
    private final DoubleSupplier random;
    private final Map<Resource, Spent> spent = new EnumMap<>(Resource.class);

    /** @param until when the pause ends, in the ticker's nanoseconds */
    private record Spent(int times, long until) {}

    /**
     * @param ticker monotonic nanoseconds
     * @param random from 0 to 1
     */
    QuotaPauses(LongSupplier ticker, DoubleSupplier random) {
        this.ticker = ticker;
        this.random = random;
    }

    /**
     * The pause after a 429; those that come while the resource waits already are of the same moment and do not grow it.
     *
     * @param asked by Retry-After, already capped; null where there was none that made sense
     */
    synchronized Duration after429(Resource resource, Duration asked) {
        Spent before = spent.get(resource);
        long now = ticker.getAsLong();
        int times = before == null ? 0 : now < before.until() ? before.times() - 1 : before.times();
        Duration ours = grown(asked == null ? WINDOW : SHORTEST, times);
        Duration pause = asked == null || asked.compareTo(ours) < 0 ? ours : asked;
        long until = before == null ? now + pause.toNanos() : Math.max(before.until(), now + pause.toNanos());
        spent.put(resource, new Spent(times + 1, until));
        return pause;
    }

    /** Gameball took a call of the resource; one that was under way when it was stopped says nothing. */
    synchronized void taken(Resource resource) {
        Spent before = spent.get(resource);
        if (before != null && ticker.getAsLong() >= before.until()) {
            spent.remove(resource);
        }
    }

    private Duration grown(Duration first, int times) {
        long pause = Math.min(LONGEST_OF_OURS.toNanos(), first.toNanos() << Math.min(MOST_DOUBLINGS, times));
        return Duration.ofNanos(times == 0 ? pause : pause + (long) (pause * JITTER * random.getAsDouble()));
    }
}
