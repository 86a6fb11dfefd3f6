package dev.posbridge.ledger;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Who did what to the ledger by a command, when and why: the operating system's user, the command and how much it concerned.
 * Rows are only ever added. Thread-safe.
 */
public final class AuditBook {
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
                System.getProperty("user.name", "?"),
                command,
                count,
                reason);
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
