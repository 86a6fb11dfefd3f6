package dev.posbridge.delivery;

import java.time.Duration;

/**
 * The calls of one resource, as many as its long window allows. A call is due when neither window would hold more than
 * its share. This is exact where token buckets are not: they exceed a window or forbid bursts.
 *
 * <p>When a call arrives at Gameball nobody here can know; it is before its answer is back. So a call counts from its
 * leaving until a window has passed since its answer, and however late threads wake or packets come, Gameball's window
 * never holds more. A window that slides covers every fixed one, so both readings of Gameball's limits hold. Not
 * thread-safe; times are nanoseconds since any fixed moment.
 */
final class QuotaWindow {
    static final long SECOND = Duration.ofMillis(1_050).toNanos();
    static final long THIRTY_SECONDS = Duration.ofMillis(30_100).toNanos();
    private static final long LOOK_AGAIN = Duration.ofMillis(10).toNanos();
    private static final long NEVER = Long.MIN_VALUE / 2;

    private final int perSecond;
    private final long[] times;
    private long count;
    private int underWay;

    /** Calls that it allows in 30 seconds. */
    int most() {
        return times.length;
    }

    QuotaWindow(int perSecond, int perThirtySeconds) {
        this.perSecond = perSecond;
        this.times = new long[perThirtySeconds];
    }

    private QuotaWindow(QuotaWindow other) {
        this.perSecond = other.perSecond;
        this.times = other.times.clone();
        this.count = other.count;
        this.underWay = other.underWay;
    }

    /** The same sends under other limits. */
    QuotaWindow resized(int newPerSecond, int newPerThirtySeconds) {
        QuotaWindow resized = new QuotaWindow(newPerSecond, newPerThirtySeconds);
        for (int n = Math.min(remembered(), newPerThirtySeconds); n > 0; n--) {
            resized.add(newest(n));
        }
        resized.underWay = underWay;
        return resized;
    }

    /** Takes the next slot, not before {@code earliest}. Slots go out in order, so nobody is overtaken. */
    long take(long earliest) {
        long slot = next(earliest);
        add(slot);
        return slot;
    }

    /** The next slot, not before {@code earliest}; nothing is taken. Where all are under way: when to look again. */
    long next(long earliest) {
        long slot = Math.max(earliest, newest(1));
        slot = Math.max(slot, free(perSecond, SECOND, earliest));
        return Math.max(slot, free(times.length, THIRTY_SECONDS, earliest));
    }

    private long free(int most, long length, long earliest) {
        return underWay < most ? newest(most - underWay) + length : earliest + LOOK_AGAIN;
    }

    /** A call leaves: it counts, and goes on to count until its time is known. */
    void begin() {
        underWay++;
    }

    /** A call that was under way has its answer, or will get none. */
    void end(long time) {
        underWay--;
        add(Math.max(time, newest(1)));
    }

    /** Remembers a call; the times must come in order. */
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

    /** Slots taken in the window of 30 seconds that ends now, calls under way and slots not yet due included. */
    int used(long now) {
        return underWay + ended(now);
    }

    /** Of those {@link #used}, the calls that ended. */
    int ended(long now) {
        int ended = 0;
        while (ended < remembered() && newest(ended + 1) > now - THIRTY_SECONDS) {
            ended++;
        }
        return ended;
    }

    int underWay() {
        return underWay;
    }

    /** When the n-th newest slot was or is due, counted from 1. */
    long newest(int n) {
        return n > remembered() ? NEVER : times[(int) ((count - n) % times.length)];
    }

    private int remembered() {
        return (int) Math.min(count, times.length);
    }
}
