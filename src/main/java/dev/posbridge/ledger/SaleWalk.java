package dev.posbridge.ledger;

import dev.posbridge.LedgerUnavailableException;
import dev.posbridge.pos.RecordKind;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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
                    + "r.line, r.happened_at, r.sent_time, c.standing, c.last_time, p.canonical, r.attempts, r.unclear from record r "
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
                look(row);
            }
        }
        return rows == PAGE || isEnough();
    }

    private boolean isEnough() {
        return found.size() >= most || enough.getAsBoolean();
    }

    private void look(ResultSet row) throws SQLException {
        String customer = row.getString(3);
        boolean sale = row.getInt(2) == RecordKind.SALE.ordinal();
        if (!waiting.add(customer == null ? row.getLong(1) : LongSet.hash(customer))) {
            skippedSales += sale ? 1 : 0;
            return;
        }
        // Whatever becomes of it, nothing later of its customer goes with this walk.
        if (sale && isDue(row)) {
            DueSale due = dueSale(row, customer);
            if (taken.test(due)) {
                found.add(due);
            }
        }
    }

    private boolean isDue(ResultSet row) throws SQLException {
        boolean due = row.getLong(5) <= System.currentTimeMillis();
        boolean suspect = Unverified.isSuspect(row.getInt(7));
        return Way.ofCode(row.getInt(6)) != Way.SINGLY && !suspect && due && (pauses.isEmpty() || !isPaused(row));
    }

    private boolean isPaused(ResultSet row) throws SQLException {
        String store = row.getString(4);
        String vendor = files.get(file).vendor();
        return pauses.stream().anyMatch(pause -> pause.covers(vendor, store, RecordKind.SALE));
    }

    private DueSale dueSale(ResultSet row, String customer) throws SQLException {
        long time = Customers.sentTime(row.getLong(10), number(row, 11), number(row, 13));
        return new DueSale(
                row.getLong(1),
                row.getString(8),
                customer,
                files.get(file).name() + ":" + row.getLong(9),
                Instant.ofEpochMilli(time),
                Way.ofCode(row.getInt(6)),
                row.getInt(12) > 0,
                row.getInt(15),
                row.getInt(7),
                row.getInt(16) == 1,
                row.getString(14));
    }

    private static Long number(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : Long.valueOf(value);
    }

    private void wait(Handle handle, String customers) {
        try (Statement query = handle.getConnection().createStatement();
                ResultSet row = query.executeQuery(customers)) {
            while (row.next()) {
                waiting.add(LongSet.hash(row.getString(1)));
            }
        } catch (SQLException problem) {
            throw new LedgerUnavailableException(problem);
        }
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
