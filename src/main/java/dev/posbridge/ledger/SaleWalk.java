package dev.posbridge.ledger;

import dev.posbridge.LedgerUnavailableException;
import dev.posbridge.pos.RecordKind;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
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
    /** Ids that are looked through at once: few where all of them are open, many where few are. */
    private static final int NARROWEST = 1_000;

    private static final int WIDEST = 64_000;
    private static final int SPARSE = NARROWEST / 4;

    /** The lanes are named so that the index by lane gives the order of ids, too: an index of its own costs each sale 3 us. */
    private static final String IDS =
            "select id from record where file_id = ? and lane in (select lane from lane) and settled_at is null "
                    + "and id > ? and id <= ? order by id";

    private static final String ROWS =
            "select r.id, r.kind, r.customer_id, r.store, r.due_at, r.way, r.crashes, r.order_id, "
                    + "r.line, r.happened_at, r.sent_time, c.standing, c.last_time, p.canonical, r.attempts, r.unclear "
                    + "from json_each(?) e cross join record r cross join payload p "
                    + "left join customer c on c.id = r.customer_id where r.id = cast(e.value as bigint) and p.record_id = r.id "
                    + "and r.state = 0";

    private static final int FEW_ROWS = 10_000;
    private static final String FEW = "select f.id, r.id, r.customer_id, r.kind from file f cross join record r "
            + "where r.file_id = f.id and r.settled_at is null and f.state = 1 limit ?";

    /** In this order: the planner takes jobs for many and records for few. */
    private static final String IN_JOBS =
            "select r.customer_id from job j cross join json_each(j.records) e cross join record r "
                    + "where r.id = cast(e.value as bigint) and j.state <> 1 and r.state = 1 and r.job = j.id and r.customer_id is not null";

    private final LedgerDatabase database;
    private final Predicate<DueSale> taken;
    private int most;
    private final BooleanSupplier enough;
    private final List<DueSale> found = new ArrayList<>();
    private final LongSet waiting = new LongSet();
    private final SegmentWindow window;
    private boolean segmentsToo;
    private List<Part> files;
    private List<Pauses.Pause> pauses;
    private int file;
    private int width = NARROWEST;
    /** Up to here ids of the file were looked for; those found and not yet looked at follow. */
    private long lookedTo;

    /** What there is to be looked at, by part; null where it is looked for page by page. */
    private Map<Part, List<Long>> few;

    private List<Long> ids = List.of();
    private long skippedSales;
    private Handle reading;
    private long released;
    /** How often sales had left their segments when the files were listed, and before the ledger was read last. */
    private long dissolved;

    private long dissolvedBefore;
    /** Hashes of customers with sales of segments in somebody's hands; null while no row was looked at. */
    private LongSet atWorkInSegments;

    /**
     * A part of a file, or of a day of messages.
     *
     * @param after records with a higher id are meant
     * @param last and none with a higher one than this
     */
    private record Part(long id, String name, String vendor, boolean live, long releaseOrder, long after, long last) {}

    private record OpenRow(long id, String customer, boolean sale) {}

    /**
     * @param taken whether a sale is wanted now; if not, its customer waits until the next walk
     * @param enough whether to stop early, after any row
     */
    public SaleWalk(LedgerDatabase database, Predicate<DueSale> taken, BooleanSupplier enough) {
        this.database = database;
        this.taken = taken;
        this.enough = enough;
        this.window = database.segments().window();
    }

    /** Looks at what lies in segments, too. */
    SaleWalk withSegments() {
        segmentsToo = true;
        return this;
    }

    /** Something went otherwise than it was proposed: the next walk begins with what the ledger says. */
    public void abandon() {
        window.reset();
    }

    /** Customers whose turn it is not, though the ledger does not say so yet; to be told before the first look. */
    public void leaveOut(Collection<DueSale> claimedSoon) {
        claimedSoon.forEach(sale -> waiting.add(key(sale.customerId(), sale.recordId())));
    }

    /** A sale without a customer keeps nobody waiting. */
    private static long key(String customer, long record) {
        return customer == null ? record : LongSet.hash(customer);
    }

    /** Whether the end was reached: whatever is pending was looked at once. */
    public boolean isAtEnd() {
        return files != null && file >= files.size() && (!segmentsToo || window.isAtEnd());
    }

    /** Sales that were passed over because an earlier one of their customer is under way. */
    public long skippedSales() {
        return skippedSales;
    }

    /** Goes on until it has found so many, or the end. What it gives, later calls do not give again. */
    public List<DueSale> next(int atMost) {
        most = atMost;
        found.clear();
        released = window.releasedByAll();
        dissolvedBefore = window.dissolved();
        List<DueSale> all = new ArrayList<>(
                database.lastTimes().whileKept(() -> database.read(handle -> handle.inTransaction(this::fill))));
        if (segmentsToo && all.size() < atMost) {
            all.addAll(window.next(atMost - all.size(), taken, enough));
        }
        return all;
    }

    private List<DueSale> fill(Handle handle) {
        reading = handle;
        if (files != null && dissolved != dissolvedBefore) {
            // Rows came to be, perhaps before those that are still to be looked at: from the first file on again.
            files = null;
            file = 0;
            ids = List.of();
        }
        if (files == null) {
            dissolved = dissolvedBefore;
            pauses = Pauses.all(handle);
            files = pauses.stream().anyMatch(Pauses.Pause::coversAll) ? List.of() : parts(handle);
            wait(handle, IN_JOBS);
            wait(handle, Customers.SERVED);
            few = files.isEmpty() ? null : few(handle);
            lookedTo = files.isEmpty() ? 0 : files.get(0).after();
        } else {
            // Those in the hands of jobs are seen once; those served one by one may just have begun.
            wait(handle, Customers.SERVED);
        }
        try (PreparedStatement open = handle.getConnection().prepareStatement(IDS);
                PreparedStatement rows = handle.getConnection().prepareStatement(ROWS)) {
            while (!isEnough() && file < files.size()) {
                if (!ids.isEmpty()) {
                    look(rows);
                } else if (lookedTo < files.get(file).last()) {
                    find(open);
                } else {
                    file++;
                    lookedTo = file >= files.size() ? 0 : files.get(file).after();
                }
            }
        } catch (SQLException problem) {
            throw new LedgerUnavailableException(problem);
        }
        return List.copyOf(found);
    }

    /**
     * Where little is open: what may be a customer's turn, by file, as the index alone says it. A shop's refunds wait in rows by
     * the thousand for sales in segments; not one of them is read for this.
     *
     * @return null where more is open
     */
    private Map<Part, List<Long>> few(Handle handle) {
        Map<Long, List<Part>> parts = files.stream().collect(Collectors.groupingBy(Part::id));
        Map<Part, List<OpenRow>> byPart = new HashMap<>();
        int rows = 0;
        try (PreparedStatement open = handle.getConnection().prepareStatement(FEW)) {
            open.setInt(1, FEW_ROWS + 1);
            try (ResultSet row = open.executeQuery()) {
                for (; row.next(); rows++) {
                    OpenRow one =
                            new OpenRow(row.getLong(2), row.getString(3), row.getInt(4) == RecordKind.SALE.ordinal());
                    parts.getOrDefault(row.getLong(1), List.of()).stream()
                            .filter(part -> one.id() > part.after() && one.id() <= part.last())
                            .forEach(part -> byPart.computeIfAbsent(part, its -> new ArrayList<>())
                                    .add(one));
                }
            }
        } catch (SQLException problem) {
            throw new LedgerUnavailableException(problem);
        }
        return rows > FEW_ROWS ? null : turns(byPart);
    }

    private Map<Part, List<Long>> turns(Map<Part, List<OpenRow>> byPart) {
        Map<Part, List<Long>> turns = new HashMap<>();
        LongSet seen = new LongSet();
        List<Part> left = new ArrayList<>();
        for (Part part : files) {
            List<OpenRow> rows = byPart.getOrDefault(part, List.of()).stream()
                    .sorted(Comparator.comparingLong(OpenRow::id))
                    .toList();
            List<Long> its = new ArrayList<>();
            for (OpenRow row : rows) {
                long customer = key(row.customer(), row.id());
                boolean first = !waiting.contains(customer) && seen.add(customer);
                if (first && row.sale()) {
                    its.add(row.id());
                } else if (first) {
                    waiting.add(customer);
                } else {
                    skippedSales += row.sale() ? 1 : 0;
                }
            }
            if (!its.isEmpty()) {
                left.add(part);
                turns.put(part, its);
            }
        }
        files = left;
        return turns;
    }

    private void find(PreparedStatement open) throws SQLException {
        if (few != null) {
            ids = few.get(files.get(file));
            lookedTo = files.get(file).last();
            return;
        }
        long to = Math.min(files.get(file).last(), lookedTo + width);
        open.setLong(1, files.get(file).id());
        open.setLong(2, lookedTo);
        open.setLong(3, to);
        List<Long> some = new ArrayList<>();
        try (ResultSet row = open.executeQuery()) {
            while (row.next()) {
                some.add(row.getLong(1));
            }
        }
        ids = some;
        lookedTo = to;
        width = some.size() < SPARSE ? Math.min(WIDEST, 2 * width) : NARROWEST;
    }

    /** Looks at what was found until it is enough; what was not looked at is left for the next time. */
    private void look(PreparedStatement rows) throws SQLException {
        rows.setString(1, ids.toString());
        long last = ids.get(ids.size() - 1);
        try (ResultSet row = rows.executeQuery()) {
            boolean enough = false;
            while (!enough && row.next()) {
                look(row);
                enough = isEnough();
                last = enough ? row.getLong(1) : last;
            }
        }
        long seen = last;
        ids = ids.stream().filter(id -> id > seen).toList();
    }

    private boolean isEnough() {
        return found.size() >= most || enough.getAsBoolean();
    }

    private void look(ResultSet row) throws SQLException {
        String customer = row.getString(3);
        boolean sale = row.getInt(2) == RecordKind.SALE.ordinal();
        if (!waiting.add(key(customer, row.getLong(1)))) {
            skippedSales += sale ? 1 : 0;
            return;
        }
        // Whatever becomes of it, nothing later of its customer goes with this walk.
        if (sale && isDue(row) && !isAtWork(customer) && !waitsForSegment(customer, row.getLong(1))) {
            DueSale due = dueSale(row, customer);
            if (taken.test(due)) {
                found.add(due);
            }
        }
    }

    /** As of the walk's first row, like what is in the hands of jobs otherwise: whoever claims looks again. */
    private boolean isAtWork(String customer) {
        if (atWorkInSegments == null) {
            atWorkInSegments = window.customersAtWork(reading);
        }
        return customer != null
                && atWorkInSegments.contains(database.segments().hash(reading).ofCustomer(customer));
    }

    private boolean waitsForSegment(String customer, long record) {
        Part part = files.get(file);
        return window.hasOpenBefore(reading, released, customer, part.live(), part.releaseOrder(), record);
    }

    private boolean isDue(ResultSet row) throws SQLException {
        boolean due = row.getLong(5) <= LedgerClock.millis();
        boolean suspect = Unverified.isSuspect(row.getInt(7));
        return Way.ofCode(row.getInt(6)) != Way.SINGLY && !suspect && due && (pauses.isEmpty() || !isPaused(row));
    }

    private boolean isPaused(ResultSet row) throws SQLException {
        String store = row.getString(4);
        String vendor = files.get(file).vendor();
        return pauses.stream().anyMatch(pause -> pause.covers(vendor, store, RecordKind.SALE));
    }

    private DueSale dueSale(ResultSet row, String customer) throws SQLException {
        Long told = number(row, 11);
        long happenedAt = row.getLong(10);
        String canonical = row.getString(14);
        Long last = database.lastTimes().latest(customer, number(row, 13));
        long time = Customers.sentTime(happenedAt, told, last);
        return new DueSale(
                row.getLong(1),
                row.getString(8),
                customer,
                files.get(file).name() + ":" + row.getLong(9),
                Instant.ofEpochMilli(time),
                told == null && time != happenedAt,
                Way.ofCode(row.getInt(6)),
                row.getInt(12) > 0,
                row.getInt(15),
                row.getInt(7),
                row.getInt(16) == 1,
                () -> canonical.getBytes(StandardCharsets.UTF_8));
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
        List<Open> days = open(handle, 1);
        List<Part> parts = new ArrayList<>();
        long after = 0;
        for (Open released : open(handle, 0)) {
            addDays(parts, days, after, released.before() - 1);
            parts.add(released.whole());
            after = released.before() - 1;
        }
        addDays(parts, days, after, Long.MAX_VALUE);
        return parts;
    }

    private static void addDays(List<Part> parts, List<Open> days, long after, long last) {
        days.forEach(day -> parts.add(day.part(after, last)));
    }

    /**
     * A file or a day of messages that has something open.
     *
     * @param first id of its records, and last
     * @param before the first record of all that came after its release
     */
    private record Open(long id, String name, String vendor, long first, long last, long before, long releaseOrder) {
        Part whole() {
            return new Part(id, name, vendor, false, releaseOrder, first - 1, last);
        }

        Part part(long after, long to) {
            return new Part(id, name, vendor, true, releaseOrder, Math.max(after, first - 1), Math.min(to, last));
        }
    }

    private static List<Open> open(Handle handle, int live) {
        return handle.select(
                        "select id, name, vendor, coalesce(first_record, 1), coalesce(last_record, 0), released_before, release_order "
                                + "from file where state = 1 and live = ? and exists (select 1 from record r "
                                + "where r.file_id = file.id and r.settled_at is null) order by release_order",
                        live)
                .map((row, context) -> new Open(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getLong(6),
                        row.getLong(7)))
                .list();
    }
}
