package dev.posbridge.ledger;

import dev.posbridge.ledger.segment.Segment;
import dev.posbridge.pos.RecordKind;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterator;

/**
 * Every record of the ledger, one after the other in the order in which they came, whether it lies in a segment or has a row.
 * However many there are, one segment is in memory. Reads only; thread-safe.
 */
public final class ReceiptList {
    private static final String ROWS =
            "select r.id, r.file_id, r.kind, r.key, r.order_id, r.customer_id, r.store, r.state, "
                    + "r.reason, r.amount_e4, r.business_date, r.happened_at, r.line, r.settled_at, r.points, r.matched, p.place "
                    + "from record r left join payload p on p.record_id = r.id order by r.id";

    private final LedgerDatabase database;

    /**
     * A record.
     *
     * @param kind as reports spell it, {@code row} for one that could not be translated
     * @param customer null for none; store, orderId, reason the same
     * @param day the receipt's own business date, null for none
     * @param happenedAt null for a bad row
     * @param settledAt null where it has not ended
     * @param points null where they are unknown, or there are none
     */
    public record Receipt(
            OfFile file,
            String place,
            long line,
            String kind,
            String key,
            String orderId,
            String customer,
            String store,
            RecordState state,
            String reason,
            long amountE4,
            LocalDate day,
            Instant happenedAt,
            Instant settledAt,
            BigDecimal points,
            boolean matched) {
        public boolean isRefund() {
            return RecordKind.REFUND.word().equals(kind);
        }

        /** Whether its amount was given back: a bad row's is negative then. */
        public boolean givesBack() {
            return isRefund() || amountE4 < 0;
        }

        public boolean isSale() {
            return RecordKind.SALE.word().equals(kind);
        }

        /** The receipt's own, else that of its file, else the day on which it happened; a bad row has that on which it came. */
        public LocalDate businessDate(ZoneId zone) {
            return file.businessDate(day, happenedAt, zone);
        }

        public BigDecimal amount() {
            return Amounts.amount(amountE4);
        }

        /** As reports spell it. */
        public String outcome() {
            return outcome(state);
        }

        static String outcome(RecordState state) {
            return state == RecordState.SENDING ? RecordState.PENDING.word() : state.word();
        }
    }

    /** A file, or a day of messages. @param day its business date, null for none */
    public record OfFile(
            long id, String identity, String vendor, String name, FileState state, LocalDate day, Instant cameAt) {
        /** Of one of its receipts. @param own day of the receipt, null for none; happenedAt null for a bad row */
        LocalDate businessDate(LocalDate own, Instant happenedAt, ZoneId zone) {
            if (own != null) {
                return own;
            }
            return day == null ? LocalDate.ofInstant(happenedAt == null ? cameAt : happenedAt, zone) : day;
        }

        /** Whether what it brought is part of the account: it was read to its end, or is being sent. */
        boolean counts() {
            return state == FileState.RELEASED || state == FileState.SETTLED || state == FileState.STAGING;
        }
    }

    public ReceiptList(LedgerDatabase database) {
        this.database = database;
    }

    /** Tells them all, as they are at one moment. */
    public void forEach(Consumer<Receipt> told) {
        database.read(handle -> handle.inTransaction(it -> {
            forEach(it, told);
            return null;
        }));
    }

    static void forEach(Handle handle, Consumer<Receipt> told) {
        Map<Long, OfFile> files = files(handle);
        Map<Long, Instant> ends = new HashMap<>();
        try (ResultIterator<Row> rows = rows(handle, files)) {
            Row[] next = {rows.hasNext() ? rows.next() : null};
            SegmentSums.forEach(handle, "", (segment, columns, position) -> {
                while (next[0] != null && next[0].id() < segment.first() + position) {
                    told.accept(next[0].receipt());
                    next[0] = rows.hasNext() ? rows.next() : null;
                }
                told.accept(ofSegment(handle, files.get(segment.file()), segment, columns, position, ends));
            });
            while (next[0] != null) {
                told.accept(next[0].receipt());
                next[0] = rows.hasNext() ? rows.next() : null;
            }
        }
    }

    /** Those that have rows of their own. */
    static void forEachRow(Handle handle, Map<Long, OfFile> files, Consumer<Receipt> told) {
        try (ResultIterator<Row> rows = rows(handle, files)) {
            rows.forEachRemaining(row -> told.accept(row.receipt()));
        }
    }

    private static ResultIterator<Row> rows(Handle handle, Map<Long, OfFile> files) {
        return handle.createQuery(ROWS)
                .setFetchSize(1_000)
                .map((row, context) -> new Row(row.getLong("id"), ofRow(files, row)))
                .iterator();
    }

    private record Row(long id, Receipt receipt) {}

    static Map<Long, OfFile> files(Handle handle) {
        Map<Long, OfFile> files = new HashMap<>();
        handle.select("select f.id, i.name, f.vendor, f.name, f.state, f.business_date, f.started_at from file f "
                        + "join identity i on i.id = f.identity_id")
                .map((row, context) -> new OfFile(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        FileState.ofCode(row.getInt(5)),
                        row.getString(6) == null ? null : LocalDate.parse(row.getString(6)),
                        Instant.ofEpochMilli(row.getLong(7))))
                .forEach(file -> files.put(file.id(), file));
        return files;
    }

    private static Receipt ofRow(Map<Long, OfFile> files, ResultSet row) throws SQLException {
        int kind = row.getInt("kind");
        String day = row.getString("business_date");
        long settled = row.getLong("settled_at");
        boolean open = row.wasNull();
        return new Receipt(
                files.get(row.getLong("file_id")),
                row.getString("place"),
                row.getLong("line"),
                kind == NewRecord.UNTRANSLATED ? "row" : RecordKind.values()[kind].word(),
                row.getString("key"),
                row.getString("order_id"),
                row.getString("customer_id"),
                row.getString("store"),
                RecordState.ofCode(row.getInt("state")),
                row.getString("reason"),
                row.getLong("amount_e4"),
                day == null ? null : LocalDate.parse(day),
                kind == NewRecord.UNTRANSLATED ? null : Instant.ofEpochMilli(row.getLong("happened_at")),
                open ? null : Instant.ofEpochMilli(settled),
                row.getBigDecimal("points"),
                row.getInt("matched") == 1);
    }

    private static Receipt ofSegment(
            Handle handle, OfFile file, SegmentRow row, Segment columns, int position, Map<Long, Instant> ends) {
        int day = columns.day(position);
        RecordState state = RecordState.ofCode(row.state(position));
        Long points = row.points(position);
        long job = row.job(position);
        Instant settled = state != RecordState.DELIVERED || job == 0
                ? null
                : ends.computeIfAbsent(
                        job, id -> handle.select("select coalesce(ended_at, submitted_at) from job where id = ?", id)
                                .mapTo(Long.class)
                                .findOne()
                                .map(Instant::ofEpochMilli)
                                .orElse(file.cameAt()));
        return new Receipt(
                file,
                null,
                columns.line(position),
                RecordKind.SALE.word(),
                columns.key(position),
                file.identity() + '-' + columns.key(position),
                columns.customerId(position),
                columns.store(position),
                state,
                null,
                columns.amount(position),
                day == Segment.NO_DAY ? null : LocalDate.ofEpochDay(day),
                Instant.ofEpochMilli(columns.happenedAt(position)),
                settled,
                points == null ? null : Amounts.amount(points),
                false);
    }
}
