package dev.posbridge.delivery;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/**
 * Whether anything may be sent at all. Closes when Gameball as a whole does not answer, and when it refuses our key or
 * account; opens by itself. While it is closed nothing is claimed, so no record's attempts are used up. Thread-safe.
 */
public final class Gate {
    private static final int FAILURES_BEFORE_CLOSING = 3;
    private static final Duration[] PROBES = {
        Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofMinutes(5),
    };

    private final Duration firstPause;
    private final Duration longestPause;
    private final LongSupplier ticker;
    private int failures;
    private int refusals;
    private boolean probing;
    private boolean stopped;
    private long closedUntil = Long.MIN_VALUE;
    private String refusal;

    public Gate(Duration firstPause, Duration longestPause) {
        this(firstPause, longestPause, System::nanoTime);
    }

    /** @param ticker monotonic nanoseconds */
    Gate(Duration firstPause, Duration longestPause, LongSupplier ticker) {
        this.firstPause = firstPause;
        this.longestPause = longestPause;
        this.ticker = ticker;
    }

    /** Whether somebody may claim and send; after a closing only one may, until its call ends. */
    public synchronized boolean enter() {
        if (!isClosed()) {
            return !stopped;
        }
        if (stopped || probing || ticker.getAsLong() < closedUntil) {
            return false;
        }
        probing = true;
        return true;
    }

    /** Whether a call may leave now; false once somebody else found the gate closed. */
    public synchronized boolean mayCall() {
        return !stopped && (!isClosed() || probing);
    }

    /** Closes for good: no further call leaves this process. */
    public synchronized void stop() {
        stopped = true;
    }

    /** Whoever entered has left without a call. */
    public synchronized void leave() {
        probing = false;
    }

    public synchronized void succeeded() {
        failures = 0;
        refusals = 0;
        refusal = null;
        probing = false;
        closedUntil = Long.MIN_VALUE;
    }

    /** The server or the network failed; with growing, jittered pauses. */
    public synchronized void failed() {
        if (isClosedToAll()) {
            return;
        }
        failures++;
        probing = false;
        if (failures >= FAILURES_BEFORE_CLOSING) {
            int doublings = Math.min(16, failures - FAILURES_BEFORE_CLOSING);
            long pause = Math.min(longestPause.toNanos(), firstPause.toNanos() << doublings);
            close(pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1));
        }
    }

    /**
     * Gameball refused our key or account.
     *
     * @return true for the first refusal, about which somebody must be told
     */
    public synchronized boolean refused(String message) {
        boolean first = refusal == null;
        if (!first && isClosedToAll()) {
            return false;
        }
        refusal = message;
        probing = false;
        close(PROBES[Math.min(refusals, PROBES.length - 1)].toNanos());
        refusals++;
        return first;
    }

    /** The key changed: try it at once. */
    public synchronized void keyChanged() {
        closedUntil = Long.MIN_VALUE;
    }

    /** What Gameball said when it refused us; null while it does not. */
    public synchronized String refusal() {
        return refusal;
    }

    public synchronized boolean isClosed() {
        return failures >= FAILURES_BEFORE_CLOSING || refusal != null;
    }

    /** A call that was under way when the gate closed ends without news; it must not make the pause grow. */
    private boolean isClosedToAll() {
        return isClosed() && !probing && ticker.getAsLong() < closedUntil;
    }

    private void close(long nanos) {
        closedUntil = ticker.getAsLong() + nanos;
    }
}
