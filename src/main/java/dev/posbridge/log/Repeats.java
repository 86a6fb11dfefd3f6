package dev.posbridge.log;

import dev.posbridge.LruMap;
import java.util.Map;

/**
 * Counts what is told again and again: the first of a cause is told, the others are counted and told with growing pauses.
 * Of a bounded number of causes; the one that was silent longest is forgotten. Thread-safe.
 */
final class Repeats {
    static final int MOST_CAUSES = 1_000;
    static final long FIRST_PAUSE_MILLIS = 10_000;
    static final long LONGEST_PAUSE_MILLIS = 3_600_000;

    /** So long after the last one it is news again. */
    private static final long FORGOTTEN_MILLIS = 2 * LONGEST_PAUSE_MILLIS;

    private final Map<Object, Told> causes = new LruMap<>(MOST_CAUSES);

    private static final class Told {
        private long at;
        private long last;
        private long pause = FIRST_PAUSE_MILLIS;
        private long since;

        Told(long now) {
            at = now;
            last = now;
        }
    }

    /** @return how many of this cause were not told since the last that was, or -1 where this one is not told either */
    synchronized long hear(Object cause, long nowMillis) {
        Told told = causes.get(cause);
        if (told == null || nowMillis - told.last >= FORGOTTEN_MILLIS) {
            causes.put(cause, new Told(nowMillis));
            return 0;
        }
        told.last = nowMillis;
        if (nowMillis - told.at < told.pause) {
            told.since++;
            return -1;
        }
        long silent = told.since;
        told.at = nowMillis;
        told.since = 0;
        told.pause = Math.min(LONGEST_PAUSE_MILLIS, told.pause * 2);
        return silent;
    }
}
