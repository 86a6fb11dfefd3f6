package dev.posbridge.intake.sftp;

import java.time.Duration;

/**
 * Breaks off what waits for a server that has fallen silent. Timeouts of the connection do not see a server that answers
 * for itself but not for its disk. For one source, whose poll is one thread; {@link #look} comes from another.
 */
public final class DropWatch {
    private final long patience;
    private Thread waiting;
    private long since;
    private boolean broken;

    /** @param patience how long nothing may come */
    public DropWatch(Duration patience) {
        this.patience = patience.toNanos();
    }

    /** From now on this thread waits for the server; or it did, something came, and it waits for more. */
    synchronized void waits() {
        waiting = Thread.currentThread();
        since = System.nanoTime();
    }

    /** It waits no more: what it does now nobody may break off. */
    synchronized void goesOn() {
        waiting = null;
        if (broken) {
            // The interrupt was for the server's sake, and came too late or has done its work.
            Thread.interrupted();
            broken = false;
        }
    }

    /** To be called every now and then. */
    public synchronized void look() {
        if (waiting != null && System.nanoTime() - since > patience) {
            broken = true;
            since = System.nanoTime();
            waiting.interrupt();
        }
    }
}
