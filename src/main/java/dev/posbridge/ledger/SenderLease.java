package dev.posbridge.ledger;

import dev.posbridge.Daemons;
import dev.posbridge.LedgerUnavailableException;
import dev.posbridge.harness.Guard;
import dev.posbridge.ledger.store.LedgerStore;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to send for an account, of which one node at a time has it, where several share a ledger on a server. It ends by the
 * server's clock, so that nobody's own matters, and its epoch stands in the ledger: whoever was paused or cut off and comes
 * back finds another epoch there, and what he writes is refused. Before a call he looks at how long ago it was renewed, by a
 * clock that goes on while he is paused. Thread-safe.
 */
public final class SenderLease implements AutoCloseable {
    /** So long nobody else sends after the last renewal, as long as the sender's session lives: it may only be paused. */
    static final Duration LASTS = Duration.ofSeconds(3);

    /**
     * So long after the last renewal a call may leave, and so long nobody else sends where the sender's session has ended: it was
     * killed, or lost its connection. It keeps the lease meanwhile.
     */
    static final Duration CALLS = Duration.ofMillis(1_500);

    /** So long whoever was the first to see that nobody sends has to begin. */
    private static final Duration CLAIM_LASTS = Duration.ofSeconds(8);

    /** What nobody has. */
    public static final long UNCLAIMED = -1;

    private static final Logger LOG = LoggerFactory.getLogger(SenderLease.class);
    private static final Duration RENEWED_EVERY = Duration.ofMillis(300);
    /** Layout whose programs hold the lock of the sender's session. */
    private static final int FIRST_WITH_SESSION = 11;

    private static final String OTHERS = "another node sends now";
    private static final String UNTIL = after(LASTS);

    /** When the lease ends, by the server's clock. An older sender holds no lock that says that its session lives. */
    private static final String ENDS =
            "(until - case when exists (select 1 from pg_locks where locktype = 'advisory' and granted "
                    + "and database = (select oid from pg_database where datname = current_database()) and classid = "
                    + LedgerStore.SENDING
                    + " and objid::bigint = epoch % 4294967296) or exists (select 1"
                    + LedgerStore.fromNodesBefore(FIRST_WITH_SESSION) + ") then interval '0' else interval '"
                    + LASTS.minus(CALLS).toMillis() + " milliseconds' end)";

    private final LedgerDatabase database;
    private final long epoch;
    private final ScheduledExecutorService renewing;
    private volatile long renewedAt;
    private volatile String lost;
    private volatile Runnable whenLost = () -> {};

    private SenderLease(LedgerDatabase database, long epoch, long takenAt) {
        this.database = database;
        this.epoch = epoch;
        this.renewedAt = takenAt;
        this.renewing = Executors.newSingleThreadScheduledExecutor(Daemons.named("sender-lease"));
    }

    /**
     * Takes the lease where nobody has it, and lets nothing of this process into the ledger without it from now on.
     *
     * @param node how people call this process
     * @param claimed what {@link #claim} gave to this process, or {@link #UNCLAIMED}
     * @return empty where somebody else has it
     */
    public static Optional<SenderLease> take(LedgerDatabase database, String node, long claimed) {
        long before = System.nanoTime();
        Optional<Long> epoch = begin(database, node, claimed, LASTS);
        return epoch.map(mine -> {
            SenderLease lease = new SenderLease(database, mine, before);
            database.fence(lease);
            lease.renew();
            lease.renewing.scheduleWithFixedDelay(
                    lease::renew, RENEWED_EVERY.toMillis(), RENEWED_EVERY.toMillis(), TimeUnit.MILLISECONDS);
            return lease;
        });
    }

    /**
     * Keeps the lease for this process where nobody has it, so that of several that see it one begins to send.
     *
     * @return for {@link #take}; empty where somebody else was quicker
     */
    public static Optional<Long> claim(LedgerDatabase database, String node) {
        return begin(database, node, UNCLAIMED, CLAIM_LASTS);
    }

    private static Optional<Long> begin(LedgerDatabase database, String node, long claimed, Duration lasts) {
        return database.write(handle -> handle.createQuery(
                        "update sender set owner = :node, epoch = epoch + 1, until = " + after(lasts) + " where " + ENDS
                                + " < clock_timestamp() or epoch = :claimed returning epoch")
                .bind("node", node)
                .bind("claimed", claimed)
                .mapTo(Long.class)
                .findOne());
    }

    private static String after(Duration time) {
        return "clock_timestamp() + interval '" + time.toSeconds() + " seconds'";
    }

    /** Who sends now, as {@link #take} was told; empty for nobody. */
    public static Optional<String> owner(LedgerDatabase database) {
        return database.read(handle -> handle.select("select owner from sender where until >= clock_timestamp()")
                .mapTo(String.class)
                .findOne());
    }

    /** How long whoever sends still has, if he does not renew it; at most zero where nobody sends. */
    public static Duration left(LedgerDatabase database) {
        return database.read(handle -> handle.select("select case when " + ENDS + " < clock_timestamp() then 0 else "
                        + "ceil(extract(epoch from " + ENDS + " - clock_timestamp()) * 1000) end from sender")
                .mapTo(Long.class)
                .map(Duration::ofMillis)
                .one());
    }

    /** @param action what to do once, on another thread, when this process may send no more */
    public void whenLost(Runnable action) {
        whenLost = action;
        if (lost != null) {
            action.run();
        }
    }

    /** Whether a call may leave now. */
    public boolean isHeld() {
        return Guard.SENDER_LEASE.isOff() || lost == null && System.nanoTime() - renewedAt < CALLS.toNanos();
    }

    /** Why it is not held any more; null while it is. */
    public String lost() {
        return lost;
    }

    /** To be asked within a transaction, when nobody else can write: {@link #check} wants the answer. */
    String question() {
        return "select count(*) from sender where epoch = " + epoch;
    }

    /** Refuses a change of whoever is not the sender any more. @param answer to {@link #question} */
    void check(long answer) {
        if (Guard.SENDER_LEASE.isOff()) {
            return;
        }
        if (lost == null) {
            if (answer == 1) {
                return;
            }
            lose(OTHERS);
        }
        throw new LedgerUnavailableException(new SQLException("this node may not send any more: " + lost));
    }

    /**
     * A change failed in a way that leaves open whether it was made. What this process remembers may be wrong from now on: it
     * begins again from what is written.
     */
    void doubt(JdbiException problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException failed
                    && failed.getSQLState() != null
                    && (failed.getSQLState().startsWith("08")
                            || failed.getSQLState().startsWith("57P"))) {
                lose("the connection to the ledger broke (" + failed.getMessage() + ")");
                return;
            }
        }
    }

    private void renew() {
        long before = System.nanoTime();
        try {
            if (database.store().renewLease(epoch, UNTIL)) {
                renewedAt = before;
            } else {
                lose(OTHERS);
            }
        } catch (SQLException unreachable) {
            if (System.nanoTime() - renewedAt >= LASTS.toNanos()) {
                lose("the ledger cannot be reached (" + unreachable.getMessage() + ")");
            }
        }
    }

    private synchronized void lose(String why) {
        if (lost == null && !Guard.SENDER_LEASE.isOff()) {
            lost = why;
            LOG.warn("This node sends no more: {}.", why);
            Thread told = new Thread(whenLost, "sender-lease-lost");
            told.setDaemon(true);
            told.start();
        }
    }

    /** Lets others send at once; where they do already, their epoch is another one. */
    @Override
    public void close() {
        renewing.shutdownNow();
        if (lost == null) {
            lost = "it was given back";
        }
        if (!OTHERS.equals(lost)) {
            try {
                database.store().renewLease(epoch, "'-infinity'");
            } catch (SQLException unreachable) {
                LOG.debug("The lease ends by itself", unreachable);
            }
        }
    }
}
