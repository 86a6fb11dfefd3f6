package dev.posbridge.ledger;

import dev.posbridge.Daemons;
import dev.posbridge.LedgerUnavailableException;
import java.sql.PreparedStatement;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one node does at a time, of those that share a ledger on a server: the right to it is renewed every second and ends by the
 * server's clock, so that another goes on where a node was killed, paused or cut off. Several in this process may have the same
 * turn. Where the ledger is a file everybody has every turn. Thread-safe.
 */
public final class TurnBook implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TurnBook.class);
    private static final long LASTS_SECONDS = 6;
    private static final long RENEWED_MILLIS = 1_000;
    private static final long LOOK_MILLIS = 250;
    private static final String UNTIL = "clock_timestamp() + interval '" + LASTS_SECONDS + " seconds'";

    private final LedgerDatabase database;
    private final String owner = NodeBook.self() + ", " + UUID.randomUUID();
    private final Map<String, Held> held = new ConcurrentHashMap<>();
    private final ScheduledExecutorService renewing;

    /** @param since by a clock that goes on while the process is paused */
    private record Held(int users, long since) {
        boolean isOurs() {
            return System.nanoTime() - since < TimeUnit.SECONDS.toNanos(LASTS_SECONDS);
        }
    }

    public TurnBook(LedgerDatabase database) {
        this.database = database;
        if (database.isShared()) {
            renewing = Executors.newSingleThreadScheduledExecutor(Daemons.named("node-turns"));
            renewing.scheduleWithFixedDelay(this::renew, RENEWED_MILLIS, RENEWED_MILLIS, TimeUnit.MILLISECONDS);
        } else {
            renewing = null;
        }
    }

    /** Waits until nobody else has it. */
    public void await(String name) throws InterruptedException {
        while (!take(name)) {
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /**
     * Takes it once more.
     *
     * @return false where another node has it
     * @throws LedgerUnavailableException where nobody can say
     */
    public synchronized boolean take(String name) {
        if (renewing == null) {
            return true;
        }
        Held before = held.get(name);
        if (before == null || !before.isOurs()) {
            long now = System.nanoTime();
            if (!execute(
                    "insert into turn (name, owner, until) values (?, ?, " + UNTIL
                            + ") on conflict (name) do update set "
                            + "owner = excluded.owner, until = excluded.until where turn.owner = excluded.owner or "
                            + "turn.until < clock_timestamp()",
                    name)) {
                return false;
            }
            before = new Held(before == null ? 0 : before.users(), now);
        }
        held.put(name, new Held(before.users() + 1, before.since()));
        return true;
    }

    /** Whether this node still has what it took. */
    public boolean has(String name) {
        Held turn = held.get(name);
        return renewing == null || turn != null && turn.isOurs();
    }

    /** Whether this node is at work at anything whose name begins so. */
    public boolean isAtWork(String name) {
        return held.keySet().stream().anyMatch(one -> one.startsWith(name));
    }

    /** Gives back what was taken once. */
    public synchronized void end(String name) {
        Held turn = held.get(name);
        if (turn == null) {
            return;
        }
        if (turn.users() > 1) {
            held.put(name, new Held(turn.users() - 1, turn.since()));
            return;
        }
        held.remove(name);
        try {
            execute("delete from turn where name = ? and owner = ?", name);
        } catch (LedgerUnavailableException unreachable) {
            LOG.debug("The turn {} ends by itself", name, unreachable);
        }
    }

    private synchronized void renew() {
        held.forEach((name, turn) -> {
            long now = System.nanoTime();
            try {
                if (turn.isOurs()
                        && execute("update turn set until = " + UNTIL + " where name = ? and owner = ?", name)) {
                    held.put(name, new Held(turn.users(), now));
                }
            } catch (LedgerUnavailableException unreachable) {
                LOG.debug("The turn {} was not renewed", name, unreachable);
            }
        });
    }

    private boolean execute(String sql, String name) {
        return database.aside(connection -> {
            try (PreparedStatement turn = connection.prepareStatement(sql)) {
                turn.setString(1, name);
                turn.setString(2, owner);
                return turn.executeUpdate() == 1;
            }
        });
    }

    /** Lets others have them at once. */
    @Override
    public void close() {
        if (renewing != null) {
            renewing.shutdownNow();
            synchronized (this) {
                held.replaceAll((name, turn) -> new Held(1, turn.since()));
                held.keySet().forEach(this::end);
            }
        }
    }
}
