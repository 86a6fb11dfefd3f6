package dev.posbridge.delivery;

import java.time.Duration;

/**
 * The send times of one resource, as many as its long window allows. A send is due when neither window would hold more
 * than its share. This is exact where token buckets are not: they exceed a window or forbid bursts.
 *
 * <p>A window that slides covers every fixed one, so both readings of Gameball's limits hold. Both are counted a little
 * longer than they are, because calls that leave apart may arrive closer together. Not thread-safe; times are
 * nanoseconds since any fixed moment.
 */
final class QuotaWindow {
    static final long SECOND = Duration.ofMillis(1_250).toNanos();
    static final long THIRTY_SECONDS = Duration.ofMillis(30_500).toNanos();
    private static final long NEVER = Long.MIN_VALUE / 2;

    private final int perSecond;
    private final long[] times;
    private long count;

    QuotaWindow(int perSecond, int perThirtySeconds) {
        this.perSecond = perSecond;
        this.times = new long[perThirtySeconds];
    }

    private QuotaWindow(QuotaWindow other) {
        this.perSecond = other.perSecond;
        this.times = other.times.clone();
        this.count = other.count;
    }

    /** The same sends under other limits. */
    QuotaWindow resized(int newPerSecond, int newPerThirtySeconds) {
        QuotaWindow resized = new QuotaWindow(newPerSecond, newPerThirtySeconds);
        for (int n = Math.min(remembered(), newPerThirtySeconds); n > 0; n--) {
            resized.add(newest(n));
        }
        return resized;
    }

    /** Takes the next slot, not before {@code earliest}. Slots go out in order, so nobody is overtaken. */
    long take(long earliest) {
        long slot = next(earliest);
        add(slot);
        return slot;
    }

    /** The next slot, not before {@code earliest}; nothing is taken. */
    long next(long earliest) {
        long slot = Math.max(earliest, newest(1));
        slot = Math.max(slot, newest(perSecond) + SECOND);
        return Math.max(slot, newest(times.length) + THIRTY_SECONDS);
    }

    /** Remembers a send; the times must come in order. */
    void add(long time) {
        times[(int) (count % times.length)] = time;
        count++;
    }

    /** Slots that could be taken between the two moments. */
    int available(long earliest, long until) {
        QuotaWindow trial = new QuotaWindow(this);
        int slots = 0;
        while (trial.take(earliest) <= until) {
            slots++;
        }
        return slots;
    }

    /** Slots taken in the window of 30 seconds that ends now, those not yet due included. */
    int used(long now) {
        int used = 0;
        while (used < remembered() && newest(used + 1) > now - THIRTY_SECONDS) {
            used++;
        }
        return used;
    }

    /** When the n-th newest slot was or is due, counted from 1. */
    long newest(int n) {
        return n > remembered() ? NEVER : times[(int) ((count - n) % times.length)];
    }

    private int remembered() {
        return (int) Math.min(count, times.length);
    }
}
