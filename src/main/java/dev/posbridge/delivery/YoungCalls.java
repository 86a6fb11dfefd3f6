package dev.posbridge.delivery;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * How many calls may be on their way without an answer: two, so that a key that is revoked in the middle of a file is
 * refused twice and not once for each lane. A call that takes long no longer counts, so that slow answers slow nobody
 * else, and a call that hangs holds up the others for a moment only. Thread-safe; a thread has one call at a time.
 */
final class YoungCalls {
    private static final int MOST = 2;

    /** How long a call counts where answers take long: then there are 40 calls a second at least. */
    private static final long YOUNG_WHERE_SLOW = Duration.ofMillis(50).toNanos();

    /** The same where they usually come at once, and one that does not is the exception. */
    private static final long YOUNG_WHERE_QUICK = Duration.ofMillis(250).toNanos();

    private static final int SMOOTHING = 8;

    private final Thread[] callers = new Thread[MOST];
    private final long[] began = new long[MOST];
    private final LongSupplier ticker;
    private long usualAnswer;

    YoungCalls() {
        this(System::nanoTime);
    }

    /** @param ticker monotonic nanoseconds */
    YoungCalls(LongSupplier ticker) {
        this.ticker = ticker;
    }

    /**
     * Waits until the calling thread may make its call.
     *
     * @param goOn asked after each wait
     * @return false where {@code goOn} said no
     */
    synchronized boolean begin(BooleanSupplier goOn) throws InterruptedException {
        for (long wait = tryBegin(); wait > 0; wait = tryBegin()) {
            wait(1 + wait / 1_000_000);
            if (!goOn.getAsBoolean()) {
                notifyAll();
                return false;
            }
        }
        return true;
    }

    /** The calling thread's call has its answer, and whoever must know it has been told. */
    synchronized void end() {
        for (int i = 0; i < MOST; i++) {
            if (callers[i] == Thread.currentThread()) {
                learn(ticker.getAsLong() - began[i]);
                callers[i] = null;
                notify();
                return;
            }
        }
    }

    /** @return nanoseconds until the oldest call counts no longer; 0: the calling thread's call counts from now */
    synchronized long tryBegin() {
        long now = ticker.getAsLong();
        long young = usualAnswer < YOUNG_WHERE_SLOW ? YOUNG_WHERE_QUICK : YOUNG_WHERE_SLOW;
        long shortest = Long.MAX_VALUE;
        for (int i = 0; i < MOST; i++) {
            long age = now - began[i];
            boolean old = callers[i] != null && age >= young;
            if (old) {
                learn(age);
            }
            if (callers[i] == null || old || callers[i] == Thread.currentThread()) {
                callers[i] = Thread.currentThread();
                began[i] = now;
                return 0;
            }
            shortest = Math.min(shortest, young - age);
        }
        return shortest;
    }

    private void learn(long answer) {
        usualAnswer += (answer - usualAnswer) / SMOOTHING;
    }
}
