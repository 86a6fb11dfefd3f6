package dev.posbridge.ledger;

import dev.posbridge.LedgerUnavailableException;
import dev.posbridge.pos.RecordKind;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/**
 * Walks over everything pending in the order in which it is to be sent, and finds the sales that may go by batch now: the
 * first open record of its customer, if that is such a sale. It remembers where it is and whose turn it is not, so that
 * chunk after chunk costs each row one look. Used by one thread at a time.
 *
 * <p>It goes by growing ids, not by lanes: records that lie together are claimed together, and a commit writes the twenty
 * pages of a thousand neighbours instead of the thousand pages of a lane.
 */
public final class SaleWalk {
    private static final int PAGE = 2_000;
    private static final String ROWS =
            "select r.id, r.kind, r.customer_id, r.store, r.due_at, r.way, r.crashes, r.order_id, "
                    + "r.line, r.happened_at, r.sent_time, c.standing, c.last_time, p.canonical from record r "
                    + "left join customer c on c.id = r.customer_id join payload p on p.record_id = r.id "
                    + "where r.file_id = ? and r.state = 0 and r.id > ? and r.id < ? order by r.id limit " + PAGE;

    private final LedgerDatabase database;
    private final Predicate<DueSale> taken;
    private int most;
    private final BooleanSupplier enough;
    private final List<DueSale> found = new ArrayList<>();
    private final LongSet waiting = new LongSet();
    private List<Part> files;
    private List<Pauses.Pause> pauses;
    private int file;
    private long last;
    private long skippedSales;

    /**
     * A part of a file, or of a day of messages.
     *
     * @param after records with a higher id are meant, and before those with a lower one
     */
    private record Part(long id, String name, String vendor, long after, long before) {}

    /** One pending record. */
    private record Row(
            long id,
            int kind,
            String customer,
            String store,
            long dueAt,
            Way way,
            int crashes,
            String orderId,
            long line,
            long happenedAt,
            Long sentTime,
            boolean known,
            Long lastTime,
            String canonical) {}

    /**
     * @param taken whether a sale is wanted now; if not, its customer waits until the next walk
     * @param enough whether to stop early, after any row
     */
    public SaleWalk(LedgerDatabase database, Predicate<DueSale> taken, BooleanSupplier enough) {
        this.database = database;
        this.taken = taken;
        this.enough = enough;
    }

    /** Whether the end was reached: whatever is pending was looked at once. */
    public boolean isAtEnd() {
        return files != null && file >= files.size();
    }

    /** Sales that were passed over because an earlier one of their customer is under way. */
    public long skippedSales() {
        return skippedSales;
    }

    /** Goes on until it has found so many, or the end. What it gives, later calls do not give again. */
    public List<DueSale> next(int atMost) {
        most = atMost;
        found.clear();
        return database.read(handle -> handle.inTransaction(this::fill));
    }

    private List<DueSale> fill(Handle handle) {
        if (files == null) {
            pauses = Pauses.all(handle);
            files = pauses.stream().anyMatch(Pauses.Pause::coversAll) ? List.of() : parts(handle);
            last = files.isEmpty() ? 0 : files.get(0).after();
            wait(handle, "select customer_id from record where state = 1 and customer_id is not null");
        } else {
            // Those in the hands of jobs were seen before; those served one by one may just have begun.
            wait(handle, "select customer_id from record where state = 1 and job is null and customer_id is not null");
        }
        try (PreparedStatement page = handle.getConnection().prepareStatement(ROWS)) {
            while (!isEnough() && file < files.size()) {
                page.setLong(1, files.get(file).id());
                page.setLong(2, last);
                page.setLong(3, files.get(file).before());
                if (!readPage(page)) {
                    file++;
                    last = isAtEnd() ? 0 : files.get(file).after();
                }
            }
        } catch (SQLException problem) {
            throw new LedgerUnavailableException(problem);
        }
        return List.copyOf(found);
    }

    /** @return false where the file has no more */
    private boolean readPage(PreparedStatement page) throws SQLException {
        int rows = 0;
        try (ResultSet row = page.executeQuery()) {
            while (!isEnough() && row.next()) {
                rows++;
                last = row.getLong(1);
                look(row(row));
            }
        }
        return rows == PAGE || isEnough();
    }

    private boolean isEnough() {
        return found.size() >= most || enough.getAsBoolean();
    }

    private void look(Row row) {
        long customer = row.customer() == null ? row.id() : LongSet.hash(row.customer());
        boolean sale = row.kind() == RecordKind.SALE.ordinal();
        if (!waiting.add(customer)) {
            skippedSales += sale ? 1 : 0;
            return;
        }
        // Whatever becomes of it, nothing later of its customer goes with this walk.
        if (sale && isDue(row)) {
            DueSale due = dueSale(row);
            if (taken.test(due)) {
                found.add(due);
            }
        }
    }

    private boolean isDue(Row row) {
        boolean suspect = Unverified.isSuspect(row.crashes());
        boolean paused =
                pauses.stream().anyMatch(pause -> pause.covers(files.get(file).vendor(), row.store(), RecordKind.SALE));
        return row.way() != Way.SINGLY && !suspect && !paused && row.dueAt() <= System.currentTimeMillis();
    }

    private DueSale dueSale(Row row) {
        long time = Customers.sentTime(row.happenedAt(), row.sentTime(), row.lastTime());
        return new DueSale(
                row.id(),
                row.orderId(),
                row.customer(),
                files.get(file).name() + ":" + row.line(),
                Instant.ofEpochMilli(time),
                row.way(),
                row.known(),
                row.canonical());
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getLong(1),
                row.getInt(2),
                row.getString(3),
                row.getString(4),
                row.getLong(5),
                Way.ofCode(row.getInt(6)),
                row.getInt(7),
                row.getString(8),
                row.getLong(9),
                row.getLong(10),
                number(row, 11),
                row.getInt(12) > 0,
                number(row, 13),
                row.getString(14));
    }

    private static Long number(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : Long.valueOf(value);
    }

    private void wait(Handle handle, String customers) {
        handle.select(customers).mapTo(String.class).forEach(customer -> waiting.add(LongSet.hash(customer)));
    }

    /** Files in the order of their release, and between them the messages that came between. */
    private static List<Part> parts(Handle handle) {
        List<Part> days = open(handle, 1);
        List<Part> parts = new ArrayList<>();
        long after = 0;
        for (Part released : open(handle, 0)) {
            addDays(parts, days, after, released.before());
            parts.add(new Part(released.id(), released.name(), released.vendor(), 0, Long.MAX_VALUE));
            after = released.before() - 1;
        }
        addDays(parts, days, after, Long.MAX_VALUE);
        return parts;
    }

    private static void addDays(List<Part> parts, List<Part> days, long after, long before) {
        days.forEach(day -> parts.add(new Part(day.id(), day.name(), day.vendor(), after, before)));
    }

    /** What is open, with the first record that came after its release as bound. */
    private static List<Part> open(Handle handle, int live) {
        return handle.select(
                        "select id, name, vendor, released_before from file where state = 1 and live = ? "
                                + "order by release_order",
                        live)
                .map((row, context) -> new Part(row.getLong(1), row.getString(2), row.getString(3), 0, row.getLong(4)))
                .list();
    }
}
