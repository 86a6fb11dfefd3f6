package dev.posbridge.ledger;

import java.time.Instant;
import java.util.List;

/**
 * Tells of each file once when it has come, and once when it is settled, as far as this process sees it. Reads only, and
 * only what is new; used by one thread at a time.
 */
public final class FileEnds {
    private static final String FILE = "select id, vendor, name, source, coalesce(ended_at, started_at) as ended_at, "
            + "state in (1, 2, 5) as good, state = 2 as settled from file where live = 0 and ";

    /** By the index of each state. */
    private static final String OPEN =
            "select id from file where state = 0 union all select id from file where state = 1 and live = 0";

    private final LedgerDatabase database;
    private long seen;
    private List<Long> open = List.of();

    public FileEnds(LedgerDatabase database) {
        this.database = database;
    }

    /** All that came before; those among them that are still open are told of when they end. */
    public List<EndedFile> before() {
        return database.read(handle -> {
            List<EndedFile> all = handle.createQuery(FILE + "state in (1, 2, 5)")
                    .map((row, context) -> file(row))
                    .list();
            seen = handle.select("select coalesce(max(id), 0) from file")
                    .mapTo(Long.class)
                    .one();
            open = handle.select(OPEN).mapTo(Long.class).list();
            return all;
        });
    }

    /** Those that came, or settled, since the last time; one that did both is told once. */
    public List<EndedFile> news() {
        return database.read(handle -> {
            List<EndedFile> changed = handle.createQuery(
                            FILE
                                    + "(id > :seen or id in (select cast(value as bigint) from json_each(:open))) and state > 1 order by id")
                    .bind("seen", seen)
                    .bind("open", open.toString())
                    .map((row, context) -> file(row))
                    .list();
            seen = handle.select("select coalesce(max(id), 0) from file")
                    .mapTo(Long.class)
                    .one();
            open = handle.select(OPEN).mapTo(Long.class).list();
            return changed;
        });
    }

    private static EndedFile file(java.sql.ResultSet row) throws java.sql.SQLException {
        return new EndedFile(
                row.getLong("id"),
                row.getString("vendor"),
                row.getString("name"),
                row.getString("source"),
                Instant.ofEpochMilli(row.getLong("ended_at")),
                row.getBoolean("good"),
                row.getBoolean("settled"));
    }
}
