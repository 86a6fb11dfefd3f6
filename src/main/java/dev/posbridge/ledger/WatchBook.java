package dev.posbridge.ledger;

import java.util.List;

/**
 * Files that were put away and are looked at again: whoever writes one may still have it open, and what is written then lies
 * where nobody reads it. A file is noted before it is moved, so that no crash loses sight of it. Thread-safe.
 */
public final class WatchBook {
    private final LedgerDatabase database;

    /**
     * A file that was put away.
     *
     * @param file its id in the ledger
     * @param path where it lies now
     * @param home where it lay
     * @param size bytes that the ledger has read
     * @param modified when they were written, milliseconds since 1970
     * @param since when it was put away, in milliseconds
     * @param content SHA-256 of what the ledger has read
     */
    public record Watched(long file, String path, String home, long size, long modified, long since, String content) {}

    public WatchBook(LedgerDatabase database) {
        this.database = database;
    }

    /** @param content is not looked at: the ledger knows it */
    public void begin(Watched watched, long nextAt) {
        database.writeLightly(handle -> handle.execute(
                "insert into watched (file_id, path, home, size, modified, since, next_at) "
                        + "values (?,?,?,?,?,?,?) on conflict (file_id) do update set path = excluded.path, "
                        + "home = excluded.home, size = excluded.size, modified = excluded.modified, "
                        + "since = excluded.since, next_at = excluded.next_at",
                watched.file(),
                watched.path(),
                watched.home(),
                watched.size(),
                watched.modified(),
                watched.since(),
                nextAt));
    }

    /** Those that are to be looked at by now. */
    public List<Watched> due(long now) {
        return database.read(handle -> handle.createQuery("select w.*, f.content_hash from watched w "
                        + "join file f on f.id = w.file_id where w.next_at <= :now order by w.next_at limit 1000")
                .bind("now", now)
                .map((row, context) -> new Watched(
                        row.getLong("file_id"),
                        row.getString("path"),
                        row.getString("home"),
                        row.getLong("size"),
                        row.getLong("modified"),
                        row.getLong("since"),
                        row.getString("content_hash")))
                .list());
    }

    /** Looks again then. */
    public void later(Watched watched, long nextAt) {
        database.writeLightly(
                handle -> handle.execute("update watched set next_at = ? where file_id = ?", nextAt, watched.file()));
    }

    public void end(Watched watched) {
        database.writeLightly(handle -> handle.execute("delete from watched where file_id = ?", watched.file()));
    }
}
