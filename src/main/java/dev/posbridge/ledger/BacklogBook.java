package dev.posbridge.ledger;

import dev.posbridge.pos.RecordKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * Counts what waits, by indexes that hold only that: what ended costs nothing, however much it is. Of segments only their
 * number of open sales is read. Reads only; thread-safe.
 */
public final class BacklogBook {
    private static final String ROWS =
            "select f.vendor, r.kind, count(*) from file f join record r on r.file_id = f.id " + "and "
                    + RecordState.open("r") + " where f.state = 1 group by f.vendor, r.kind";
    private static final String SEGMENTS = "select f.vendor, sum(s.open) from file f join segment_state s on "
            + "s.file_id = f.id and s.open > 0 where f.state = 1 group by f.vendor";
    private static final String BY_VENDOR =
            "select f.vendor, count(*) from record r join file f on f.id = r.file_id where r.state = ";

    /** Records that are held by themselves, and those of held files, which have none here. */
    private static final String HELD =
            "select vendor, sum(held) from (select f.vendor as vendor, count(*) as held from record r join file f on "
                    + "f.id = r.file_id where r.state = 3 group by f.vendor union all select vendor, sum(held_records) "
                    + "from file where state = 6 group by vendor) h group by vendor";

    private final LedgerDatabase database;

    public BacklogBook(LedgerDatabase database) {
        this.database = database;
    }

    public Backlog now() {
        return database.read(handle -> handle.inTransaction(BacklogBook::backlog));
    }

    private static Backlog backlog(Handle handle) {
        Instant now = Instant.now();
        Map<Backlog.Kind, Long> open = new TreeMap<>();
        handle.createQuery(ROWS)
                .map((row, context) -> open.merge(
                        new Backlog.Kind(row.getString(1), RecordKind.values()[row.getInt(2)]),
                        row.getLong(3),
                        Long::sum))
                .list();
        handle.createQuery(SEGMENTS)
                .map((row, context) ->
                        open.merge(new Backlog.Kind(row.getString(1), RecordKind.SALE), row.getLong(2), Long::sum))
                .list();
        return new Backlog(
                now,
                open,
                counts(handle, BY_VENDOR + "5 group by f.vendor", BacklogBook::vendor),
                counts(handle, HELD, BacklogBook::vendor),
                counts(
                        handle,
                        "select coalesce(vendor, ''), count(*), level = 'file', reason from dead_letter "
                                + "where state = 0 group by 1, 3, 4",
                        row -> new Backlog.Dead(row.getString(1), row.getBoolean(3), row.getString(4))),
                open.isEmpty() ? null : oldest(handle, now),
                handle.select("select count(*) from file where state = 0")
                        .mapTo(Long.class)
                        .one(),
                handle.select("select count(*) from file where state = 6 or id in (select file_id from record "
                                + "where state = 3 and reason = 'suspicious-customer')")
                        .mapTo(Long.class)
                        .one());
    }

    /** Of a day of messages what was sold first counts, which is nearly when it came. */
    private static Instant oldest(Handle handle, Instant now) {
        Optional<Long> file = handle.select("select min(f.started_at) from file f where f.state = 1 and f.live = 0 and "
                        + RecordState.anyOpenIn("f.id"))
                .mapTo(Long.class)
                .findOne();
        Optional<Long> message = handle.select(
                        "select case when f.started_at > min(r.happened_at) then f.started_at else "
                                + "min(r.happened_at) end from file f join record r "
                                + "on r.file_id = f.id and " + RecordState.open("r")
                                + " where f.state = 1 and f.live = 1 "
                                + "group by f.id order by 1 limit 1")
                .mapTo(Long.class)
                .findOne();
        long oldest = Math.min(file.orElse(now.toEpochMilli()), message.orElse(now.toEpochMilli()));
        return Instant.ofEpochMilli(oldest);
    }

    private interface Key<K> {
        K of(ResultSet row) throws SQLException;
    }

    private static String vendor(ResultSet row) throws SQLException {
        return row.getString(1);
    }

    private static <K> Map<K, Long> counts(Handle handle, String sql, Key<K> key) {
        Map<K, Long> counts = new TreeMap<>();
        handle.createQuery(sql)
                .map((row, context) -> counts.put(key.of(row), row.getLong(2)))
                .list();
        return counts;
    }
}
