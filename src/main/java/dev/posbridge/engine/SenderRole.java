package dev.posbridge.engine;

import dev.posbridge.DataFolderInUseException;
import dev.posbridge.LedgerUnavailableException;
import dev.posbridge.ledger.LedgerDatabase;
import dev.posbridge.ledger.NodeBook;
import dev.posbridge.ledger.SenderLease;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this process sends from its ledger. Where the ledger is a file it does if it is meant to; of the nodes that share
 * one on a server, the one that has the lease. Thread-safe.
 */
final class SenderRole implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SenderRole.class);
    private static final long LOOK_MILLIS = 250;

    /** So long whoever is in the middle of a file leaves the lease to others who are not. */
    private static final long COURTESY_NANOS = 1_500_000_000L;

    /** What the engine before this one has claimed in this process, to be taken by the next. */
    private static final AtomicLong CLAIMED = new AtomicLong(SenderLease.UNCLAIMED);

    /** Longer than a lease lasts that a dead process left. */
    private static final long PATIENCE_MILLIS = 8_000;

    private final Engine.Mode mode;
    private final LedgerDatabase database;
    /** Null where this node does not send, or has the ledger to itself. */
    private final SenderLease lease;

    private volatile Thread looking;

    private SenderRole(Engine.Mode mode, LedgerDatabase database, SenderLease lease) {
        this.mode = mode;
        this.database = database;
        this.lease = lease;
    }

    /**
     * Takes the lease if nobody has it; a service stands by where somebody does.
     *
     * @throws DataFolderInUseException where somebody has it, and nothing can be done without it: one that a dead process left
     *     is waited for
     */
    static SenderRole seek(Engine.Mode asked, LedgerDatabase database) {
        if (!asked.delivers() || !database.isShared()) {
            return new SenderRole(asked, database, null);
        }
        SenderLease lease = lease(database, asked == Engine.Mode.ONE_SHOT);
        return new SenderRole(lease == null ? Engine.Mode.STANDBY : asked, database, lease);
    }

    private static SenderLease lease(LedgerDatabase database, boolean needed) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        Optional<SenderLease> lease =
                SenderLease.take(database, NodeBook.self(), CLAIMED.getAndSet(SenderLease.UNCLAIMED));
        while (needed && lease.isEmpty()) {
            if (System.nanoTime() - end > 0) {
                throw new DataFolderInUseException("The ledger's records are sent by "
                        + SenderLease.owner(database).orElse("another node")
                        + ", and one node sends at a time. Start the service on this node, too (posbridge run: it takes in, and"
                        + " that one sends), then give this command again; or give it on that one.");
            }
            pause(LOOK_MILLIS);
            lease = SenderLease.take(database, NodeBook.self(), SenderLease.UNCLAIMED);
        }
        return lease.orElse(null);
    }

    /** What this process is for now. */
    Engine.Mode mode() {
        return mode;
    }

    boolean standsBy() {
        return mode == Engine.Mode.STANDBY;
    }

    /** What this process does, in words. */
    String word() {
        return mode.delivers() ? "sends" : "takes in";
    }

    /** The same as a sentence, which the log has, too, where others share the ledger. */
    String sentence() {
        return standsBy()
                ? "Another node sends from this ledger: this one takes in, and sends when that one ends."
                : "This node sends now.";
    }

    /** Has the log say what this process does from now on, unless it has the ledger to itself. */
    void begins() {
        if (lease != null || standsBy()) {
            LOG.info(sentence());
        }
    }

    /** Whether a call may leave now. */
    boolean maySend() {
        return lease == null || lease.isHeld();
    }

    /**
     * @param action run once, on another thread, when this node sends no more, or none does any more; never for a file
     * @param reading whether a file is being read here, whose end would have to be waited for: others go first then
     */
    void whenItChanges(Runnable action, BooleanSupplier reading) {
        if (lease != null) {
            lease.whenLost(action);
        } else if (standsBy()) {
            looking = new Thread(() -> awaitFree(action, reading), "sender-role");
            looking.setDaemon(true);
            looking.start();
        }
    }

    private void awaitFree(Runnable action, BooleanSupplier reading) {
        long freeSince = System.nanoTime();
        while (!Thread.currentThread().isInterrupted()) {
            long pause = LOOK_MILLIS;
            try {
                long left = SenderLease.left(database).toMillis();
                long now = System.nanoTime();
                freeSince = left > 0 ? now : freeSince;
                boolean may = left == 0 && (!reading.getAsBoolean() || now - freeSince > COURTESY_NANOS);
                Optional<Long> claim = may ? SenderLease.claim(database, NodeBook.self()) : Optional.empty();
                if (claim.isPresent()) {
                    CLAIMED.set(claim.get());
                    LOG.info("Nobody sends any more: this node begins to.");
                    action.run();
                    return;
                }
                // Not a moment later than the lease may end, nor so often that the ledger notices.
                pause = left > 0 ? Math.min(left, LOOK_MILLIS) : LOOK_MILLIS;
            } catch (LedgerUnavailableException unreachable) {
                LOG.debug("Nobody can say who sends", unreachable);
            }
            pause(pause);
        }
    }

    /** Runs what the sender writes at its end. Who does not send any more, or never did, has nothing to say. */
    void writeDown(Runnable work) {
        if (standsBy() || lease != null && lease.lost() != null) {
            return;
        }
        try {
            work.run();
        } catch (LedgerUnavailableException problem) {
            if (lease == null) {
                throw problem;
            }
            LOG.warn("Whoever sends next finds it out: {}", problem.getMessage());
        }
    }

    @Override
    public void close() {
        if (looking != null) {
            looking.interrupt();
        }
        if (lease != null) {
            lease.close();
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }
}
