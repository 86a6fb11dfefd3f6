package dev.posbridge.delivery;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Whether anything may be sent at all. Closes when Gameball as a whole does not answer, and when it refuses our key or
 * account; opens by itself. While it is closed nothing is claimed, so no record's attempts are used up. Thread-safe.
 *
 * <p>After a closing one thread at a time may try, with one call: the probe. Only its answer opens the gate, or closes
 * it for longer; what was under way when the gate closed tells nothing new, even if it went well.
 */
public final class Gate {
    private static final int FAILURES_BEFORE_CLOSING = 3;
    private static final Duration[] PROBES = {
        Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofMinutes(5),
    };

    private final Duration firstPause;
    private final Duration longestPause;
    private final LongSupplier ticker;
    private final BooleanSupplier allowed;
    private int failures;
    private int refusals;
    private Thread prober;
    private boolean probed;
    private boolean stopped;
    private boolean outOfHours;
    private boolean shut;
    private long closedUntil = Long.MIN_VALUE;
    private String refusal;
    private boolean misdirected;

    public Gate(Duration firstPause, Duration longestPause) {
        this(firstPause, longestPause, () -> true);
    }

    /** @param allowed without which nothing leaves, whatever else is well; asked before each call */
    public Gate(Duration firstPause, Duration longestPause, BooleanSupplier allowed) {
        this(firstPause, longestPause, System::nanoTime, allowed);
    }

    /** @param ticker monotonic nanoseconds */
    Gate(Duration firstPause, Duration longestPause, LongSupplier ticker) {
        this(firstPause, longestPause, ticker, () -> true);
    }

    private Gate(Duration firstPause, Duration longestPause, LongSupplier ticker, BooleanSupplier allowed) {
        this.firstPause = firstPause;
        this.longestPause = longestPause;
        this.ticker = ticker;
        this.allowed = allowed;
    }

    /** Whether the calling thread may claim and send; after a closing only one may, until it leaves. */
    public synchronized boolean enter() {
        return !outOfHours && enterAtAnyHour();
    }

    /** As {@link #enter}, for questions about what was delivered in its hours, and for tills: shops have hours of their own. */
    public synchronized boolean enterAtAnyHour() {
        if (!mayAtAll() || !isClosed()) {
            return mayAtAll();
        }
        if (prober != null || ticker.getAsLong() < closedUntil) {
            return false;
        }
        prober = Thread.currentThread();
        probed = false;
        return true;
    }

    /** Whether the calling thread may go on to a call; false once somebody else found the gate closed. */
    public synchronized boolean mayCall() {
        return mayAtAll() && (!isClosed() || isProber() && !probed);
    }

    /** As {@link #mayCall}, for what is delivered and not asked by a till: that has hours. */
    public synchronized boolean mayDeliver() {
        return !outOfHours && mayCall();
    }

    /** Delivery has come into its hours, or out of them. */
    synchronized void hours(boolean open) {
        outOfHours = !open;
    }

    /** Nothing leaves, whoever asks, until somebody has looked at the ledger; nothing that Gameball answers opens it. */
    synchronized void shut(boolean now) {
        shut = now;
    }

    /** As {@link #mayCall}, for a call that leaves now: a probe has one. */
    synchronized boolean leaving() {
        boolean may = mayCall();
        probed |= may && isProber();
        return may;
    }

    private boolean mayAtAll() {
        return !stopped && !shut && allowed.getAsBoolean();
    }

    /** Closes for good: no further call leaves this process. */
    public synchronized void stop() {
        stopped = true;
    }

    /** The calling thread, which entered, claims no more. */
    public synchronized void leave() {
        if (isProber()) {
            prober = null;
        }
    }

    /** Gameball is there and takes our key. */
    public synchronized void succeeded() {
        if (tellsNothingNew()) {
            return;
        }
        failures = 0;
        refusals = 0;
        refusal = null;
        misdirected = false;
        prober = null;
        closedUntil = Long.MIN_VALUE;
    }

    /** The server or the network failed; with growing, jittered pauses. */
    public synchronized void failed() {
        if (tellsNothingNew()) {
            return;
        }
        if (misdirected) {
            // What was told of an address does not hold any more: now nobody answers there.
            refusal = null;
            misdirected = false;
        }
        fail();
    }

    /**
     * Somebody else than Gameball answered. One answer may be a slip; several in a row say that we call the wrong one.
     *
     * @return true for the first time that somebody must be told
     */
    public synchronized boolean answeredByOthers(String message) {
        if (tellsNothingNew()) {
            return false;
        }
        fail();
        boolean first = refusal == null && isClosed();
        if (isClosed()) {
            refusal = message;
            misdirected = true;
        }
        return first;
    }

    private void fail() {
        failures++;
        prober = null;
        if (failures >= FAILURES_BEFORE_CLOSING) {
            int doublings = Math.min(16, failures - FAILURES_BEFORE_CLOSING);
            long pause = Math.min(longestPause.toNanos(), firstPause.toNanos() << doublings);
            close(pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1));
        }
    }

    /** As {@link #refused(String, boolean)}, for a key or an account. */
    public synchronized boolean refused(String message) {
        return refused(message, false);
    }

    /**
     * Gameball refused our key or account, or is surely not where we call.
     *
     * @param address whether it is the address
     * @return true for the first refusal, about which somebody must be told
     */
    synchronized boolean refused(String message, boolean address) {
        boolean first = refusal == null;
        if (!first && tellsNothingNew()) {
            return false;
        }
        refusal = message;
        misdirected = address;
        prober = null;
        close(PROBES[Math.min(refusals, PROBES.length - 1)].toNanos());
        refusals++;
        return first;
    }

    /** The key changed: try it at once. */
    public synchronized void keyChanged() {
        refusals = 0;
        closedUntil = Long.MIN_VALUE;
    }

    /** Whether we are refused by an address that is not Gameball's: our settings are wrong, and not our key. */
    public synchronized boolean isMisdirected() {
        return misdirected;
    }

    /** What Gameball said when it refused us; null while it does not. */
    public synchronized String refusal() {
        return refusal;
    }

    public synchronized boolean isClosed() {
        return failures >= FAILURES_BEFORE_CLOSING || refusal != null;
    }

    /** Whether the calling thread's call was under way when the gate closed. */
    private boolean tellsNothingNew() {
        return isClosed() && !(isProber() && probed);
    }

    private boolean isProber() {
        return prober == Thread.currentThread();
    }

    private void close(long nanos) {
        closedUntil = ticker.getAsLong() + nanos;
    }
}
