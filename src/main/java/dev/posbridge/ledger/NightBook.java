package dev.posbridge.ledger;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * What came in a span of time, file by file, for whoever looks at a night. Rows of files only, found by halving since they
 * stand in the order in which they came: a ledger of ten years costs what one of a day does. Reads only; thread-safe.
 */
public final class NightBook {
    private static final int MOST_EARLIER = 8;
    private static final String FILE =
            "select id, vendor, name, state, live, business_date, started_at, ended_at, rows_read, receipts_stored, "
                    + "duplicates, held_records, reason, message, path from file ";

    private final LedgerDatabase database;

    /**
     * A file, or a day of messages.
     *
     * @param businessDate null for none; ended, reason and message the same
     * @param rows that were read; receipts that are stored of it
     */
    public record NightFile(
            long id,
            String vendor,
            String name,
            FileState state,
            boolean messages,
            String businessDate,
            Instant came,
            Instant ended,
            long rows,
            long receipts,
            long duplicates,
            long held,
            String reason,
            String message,
            String path) {}

    /** Records and money of a store's day. */
    public record OfDay(long records, BigDecimal sales) {}

    /** What a file brought of a store's day, beside what the store's last days of that weekday came to, the newest first. */
    public record Usual(String store, String day, OfDay now, List<OfDay> earlier) {

        /** Half of the earlier days came to less; null where there was none. */
        public OfDay median() {
            if (earlier.isEmpty()) {
                return null;
            }
            return new OfDay(
                    earlier.stream().map(OfDay::records).sorted().toList().get(earlier.size() / 2),
                    earlier.stream().map(OfDay::sales).sorted().toList().get(earlier.size() / 2));
        }
    }

    public NightBook(LedgerDatabase database) {
        this.database = database;
    }

    /** Files that came then, the newest first. */
    public List<NightFile> between(Instant from, Instant to, int most) {
        return page(from, to, Long.MAX_VALUE, most);
    }

    /** The same a page at a time. @param to null for now; before id of the last one that was seen */
    public List<NightFile> page(Instant from, Instant to, long before, int most) {
        return database.read(handle -> handle.createQuery(
                        FILE + "where id >= :first and id < :end and state <> 4 order by id desc limit :most")
                .bind("first", firstSince(handle, from))
                .bind("end", to == null ? before : Math.min(before, firstSince(handle, to)))
                .bind("most", most)
                .map((row, context) -> file(row))
                .list());
    }

    /** One of them; null where there is none. */
    public NightFile file(long id) {
        return database.read(handle -> handle.createQuery(FILE + "where id = :id")
                .bind("id", id)
                .map((row, context) -> file(row))
                .findOne()
                .orElse(null));
    }

    private static NightFile file(ResultSet row) throws SQLException {
        return new NightFile(
                row.getLong("id"),
                row.getString("vendor"),
                row.getString("name"),
                FileState.ofCode(row.getInt("state")),
                row.getInt("live") == 1,
                row.getString("business_date"),
                Instant.ofEpochMilli(row.getLong("started_at")),
                row.getObject("ended_at") == null ? null : Instant.ofEpochMilli(row.getLong("ended_at")),
                row.getLong("rows_read"),
                row.getLong("receipts_stored"),
                row.getLong("duplicates"),
                row.getLong("held_records"),
                row.getString("reason"),
                row.getString("message"),
                row.getString("path"));
    }

    /** Open dead letters of each file that has any. */
    public Map<Long, Long> openDeadLetters() {
        return database.read(handle -> {
            Map<Long, Long> counts = new HashMap<>();
            handle.select(
                            "select file_id, count(*) from dead_letter where state = 0 and file_id is not null group by 1")
                    .map((row, context) -> counts.put(row.getLong(1), row.getLong(2)))
                    .list();
            return counts;
        });
    }

    /** What a released file brought, store by store, beside what is usual there. */
    public List<Usual> usual(long file, int most) {
        return database.read(handle -> handle.createQuery(
                        "select identity_id, store, day, weekday, records, sales_e4 from figure where file_id = :file "
                                + "order by store, day limit :most")
                .bind("file", file)
                .bind("most", most)
                .map((row, context) -> new Usual(
                        row.getString(2),
                        row.getString(3),
                        new OfDay(row.getLong(5), Amounts.amount(row.getLong(6))),
                        earlier(handle, file, row.getLong(1), row.getString(2), row.getInt(4))))
                .list());
    }

    /** A store's day that a file brought, and when. */
    public record Brought(String vendor, String store, LocalDate day, Instant came, BigDecimal sales) {}

    /** What every store brought of the days of that weekday since then, the day itself among them. */
    public List<Brought> ofWeekday(LocalDate day, Instant since) {
        return database.read(handle -> handle.createQuery(
                        "select f.vendor, g.store, g.day, f.started_at, g.sales_e4 from figure g join file f on f.id = "
                                + "g.file_id where g.file_id >= :first and g.weekday = :weekday and g.day <= :day")
                .bind("first", firstSince(handle, since))
                .bind("weekday", day.getDayOfWeek().getValue())
                .bind("day", day.toString())
                .map((row, context) -> new Brought(
                        row.getString(1),
                        row.getString(2),
                        LocalDate.parse(row.getString(3)),
                        Instant.ofEpochMilli(row.getLong(4)),
                        Amounts.amount(row.getLong(5))))
                .list());
    }

    private static List<OfDay> earlier(Handle handle, long file, long identity, String store, int weekday) {
        return handle.createQuery(
                        "select records, sales_e4 from figure where identity_id = :identity and store = :store "
                                + "and weekday = :weekday and file_id < :file order by file_id desc limit :most")
                .bind("identity", identity)
                .bind("store", store)
                .bind("weekday", weekday)
                .bind("file", file)
                .bind("most", MOST_EARLIER)
                .map((row, context) -> new OfDay(row.getLong(1), Amounts.amount(row.getLong(2))))
                .list();
    }

    /** The first file that came then or later; one behind the last where none did. */
    private static long firstSince(Handle handle, Instant since) {
        long low = 1;
        long high = 1
                + handle.select("select coalesce(max(id), 0) from file")
                        .mapTo(Long.class)
                        .one();
        while (low < high) {
            long middle = (low + high) >>> 1;
            List<Long> found = new ArrayList<>();
            handle.select("select id, started_at from file where id >= ? order by id limit 1", middle)
                    .map((row, context) -> {
                        found.add(row.getLong(1));
                        return found.add(row.getLong(2));
                    })
                    .list();
            if (found.get(1) >= since.toEpochMilli()) {
                high = middle;
            } else {
                low = found.get(0) + 1;
            }
        }
        return low;
    }
}
