package dev.posbridge.ledger;

import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/**
 * Who did what to the ledger by a command or in the console, when and why: the operating system's user or that of the console,
 * the command and how much it concerned. Rows are only ever added. Thread-safe.
 */
public final class AuditBook {
    private static final ThreadLocal<String> ACTOR = new ThreadLocal<>();

    private final LedgerDatabase database;

    /**
     * What somebody did.
     *
     * @param command as it was typed, without its values: {@code dead-letters discard}
     * @param count how many files, records or pauses it concerned
     * @param reason in the words of whoever did it; null where the command asks for none
     */
    public record Audited(long id, Instant at, String who, String command, long count, String reason) {}

    public AuditBook(LedgerDatabase database) {
        this.database = database;
    }

    /** @param reason null where nobody was asked for one */
    public void note(String command, long count, String reason) {
        database.update(handle -> note(handle, command, count, reason));
    }

    /** Within the transaction that does what is noted, so that neither is there without the other. */
    static void note(Handle handle, String command, long count, String reason) {
        handle.execute(
                "insert into audit (at, who, command, count, reason) values (?,?,?,?,?)",
                System.currentTimeMillis(),
                who(),
                command,
                count,
                reason);
    }

    /** Does something on behalf of somebody who is not this process's user: all that it notes is theirs. */
    public static <T> T as(String who, Supplier<T> work) {
        String before = ACTOR.get();
        ACTOR.set(who);
        try {
            return work.get();
        } finally {
            ACTOR.set(before);
        }
    }

    private static String who() {
        String actor = ACTOR.get();
        return actor == null ? System.getProperty("user.name", "?") : actor;
    }

    /** What was done since then to something whose name stands in the words that were given, the oldest first. */
    public List<Audited> naming(String name, Instant since) {
        return since(since).stream()
                .filter(one -> one.reason() != null && one.reason().contains(name))
                .toList();
    }

    /** What was done since then, the oldest first. */
    public List<Audited> since(Instant since) {
        return database.read(handle -> handle.select(
                        "select id, at, who, command, count, reason from audit where at >= ? order by id",
                        since.toEpochMilli())
                .map((row, context) -> new Audited(
                        row.getLong(1),
                        Instant.ofEpochMilli(row.getLong(2)),
                        row.getString(3),
                        row.getString(4),
                        row.getLong(5),
                        row.getString(6)))
                .list());
    }
}
