package dev.posbridge.ledger;

import dev.posbridge.LedgerUnavailableException;
import dev.posbridge.ledger.store.LedgerStore;
import dev.posbridge.pos.LineItem;
import dev.posbridge.pos.PosRecord;
import dev.posbridge.pos.Reason;
import dev.posbridge.pos.Refund;
import dev.posbridge.pos.Sale;
import dev.posbridge.pos.Store;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;
import org.jdbi.v3.core.Handle;

/** Inserts records, their payloads, dead letters and returnable lines by the batch. Plain JDBC: this is the hot path. */
final class RecordInserts {
    private static final String COMMON =
            "id, kind, key, order_id, customer_id, store, lane, amount_e4, meaning, content, "
                    + "business_date, happened_at, line";
    private static final String RARE = "state, revision, original, reason, due_at, settled_at, matched, part, named";

    private final Handle handle;
    private final LedgerFile file;
    private final int lanes;
    private final OrderIds orderIds;
    private final LongUnaryOperator nextIds;
    /** Packed, by their first ids, and not yet written. */
    private final SortedMap<Long, SegmentDraft> drafts = new TreeMap<>();

    private int expected;
    private long nextId;
    private long idsLeft;
    private long first = Long.MAX_VALUE;
    private long last;

    RecordInserts(Handle handle, LedgerFile file, int lanes, OrderIds orderIds) {
        this(handle, file, lanes, orderIds, count -> LedgerDatabase.nextIds(handle, "record", count));
    }

    /** @param nextIds gives the first of so many ids of records */
    RecordInserts(Handle handle, LedgerFile file, int lanes, OrderIds orderIds, LongUnaryOperator nextIds) {
        this.nextIds = nextIds;
        this.handle = handle;
        this.file = file;
        this.lanes = lanes;
        this.orderIds = orderIds;
    }

    /** Says how many records come, so that their ids are taken at once: a server is far. */
    void expect(int records) {
        expected = records;
    }

    /**
     * Records that lie in a segment are written by {@link #write}.
     *
     * @param leastOfSegment how many sales without anything else to them it takes to put them into a segment
     * @param prepared what was packed before; null for nothing
     */
    void insert(List<NewRecord> records, int leastOfSegment, SegmentDraft prepared) {
        long firstId = ids(records.size());
        SegmentDraft draft = prepared != null && prepared.isOf(records) ? prepared : draft(records, leastOfSegment);
        if (draft != null) {
            drafts.put(firstId, draft);
        }
        insertFrom(firstId, records, draft == null ? new BitSet() : draft.inside());
    }

    private long ids(int count) {
        if (idsLeft < count) {
            idsLeft = Math.max(count, expected);
            nextId = nextIds.applyAsLong(idsLeft);
            expected = 0;
        }
        long taken = nextId;
        nextId += count;
        idsLeft -= count;
        return taken;
    }

    /** Writes what is still to be written; to be called after the last record, and before anybody looks for one. */
    void write() {
        write(List.of());
    }

    /** @param more to be changed along with it */
    void write(List<LedgerStore.Change> more) {
        Segments segments = Segments.of(handle);
        List<LedgerStore.Change> changes = new ArrayList<>();
        drafts.forEach((id, draft) -> changes.addAll(segments.stored(handle, file, id, draft)));
        drafts.clear();
        if (first <= last) {
            changes.add(FileBook.extended(file.id(), first, last));
            first = Long.MAX_VALUE;
        }
        changes.addAll(more);
        segments.change(handle, changes);
    }

    private SegmentDraft draft(List<NewRecord> records, int leastOfSegment) {
        return records.size() < leastOfSegment
                ? null
                : SegmentDraft.of(
                        records,
                        leastOfSegment,
                        new SegmentDraft.Terms(
                                file.identityId(), Segments.of(handle).hash(handle), orderIds));
    }

    /** The first record gets the id of the one that it replaces, and so its place in the file's order. */
    void insertInPlace(long place, List<NewRecord> records) {
        insertFrom(place, records.subList(0, 1), new BitSet());
        if (records.size() > 1) {
            insert(records.subList(1, records.size()), Integer.MAX_VALUE, null);
        }
    }

    /** @param inSegment positions of those that a segment has */
    private void insertFrom(long firstId, List<NewRecord> records, BitSet inSegment) {
        // Nearly all records are new, pending and nothing else: of them only what differs is handed over.
        String ofFile = "insert into record (file_id, identity_id, " + COMMON + ", " + RARE + ") values (" + file.id()
                + ", " + file.identityId() + ", ?,?,?,?,?,?,?,?,?,?,?,?,?, ";
        try (PreparedStatement plain = prepare(ofFile + "0, 0, null, null, 0, null, 0, 0, 0)");
                PreparedStatement others = prepare(ofFile + "?,?,?,?,?,?,?,?,?)");
                PreparedStatement payloads = prepare("insert into payload (record_id, canonical, raw) values (?,?,?)");
                PreparedStatement messages = prepare(
                        "insert into payload (record_id, canonical, raw, place, name, header) values (?,?,?,?,?,?)")) {
            for (int i = 0; i < records.size(); i++) {
                NewRecord added = records.get(i);
                if (inSegment.get(i)) {
                    continue;
                }
                boolean isPlain = added.isPlain() && !orderIds.isNamed(added);
                bindRecord(isPlain ? plain : others, firstId + i, added);
                if (!isPlain) {
                    bindRare(others, firstId + i, added);
                }
                (isPlain ? plain : others).addBatch();
                bindPayload(added.entry().origin() == null ? payloads : messages, firstId + i, added);
            }
            for (PreparedStatement batch : List.of(plain, others, payloads, messages)) {
                batch.executeBatch();
            }
        } catch (SQLException problem) {
            throw new LedgerUnavailableException(problem);
        }
        first = Math.min(first, firstId);
        last = Math.max(last, firstId + records.size() - 1);
        for (int i = 0; i < records.size(); i++) {
            insertDeadLetter(firstId + i, records.get(i));
        }
        if (file.matchesByProduct()) {
            insertReturnables(firstId, records);
        }
    }

    private PreparedStatement prepare(String sql) throws SQLException {
        return handle.getConnection().prepareStatement(sql);
    }

    private static void bindPayload(PreparedStatement payload, long id, NewRecord added) throws SQLException {
        Entry.Origin origin = added.entry().origin();
        payload.setLong(1, id);
        payload.setString(2, added.canonical());
        payload.setString(3, added.entry().raw());
        if (origin != null) {
            payload.setString(4, origin.place());
            payload.setString(5, origin.name());
            payload.setString(6, origin.header());
        }
        payload.addBatch();
    }

    private void bindRecord(PreparedStatement row, long id, NewRecord added) throws SQLException {
        Entry entry = added.entry();
        PosRecord posRecord = entry.posRecord();
        row.setLong(1, id);
        row.setInt(2, added.kind());
        row.setString(3, added.key());
        // The id belongs to another record; two current records cannot have it.
        row.setString(4, entry.reason() == Reason.ORDER_ID_COLLISION ? null : added.orderId());
        row.setString(5, added.customerId());
        row.setString(6, store(posRecord));
        row.setInt(7, added.lane(lanes));
        row.setLong(8, added.amount());
        row.setLong(9, added.meaning());
        row.setLong(10, added.content());
        LocalDate businessDate = businessDate(posRecord);
        row.setString(11, businessDate == null ? null : businessDate.toString());
        row.setLong(12, posRecord == null ? 0 : posRecord.at().toEpochMilli());
        row.setLong(13, entry.line());
    }

    private void bindRare(PreparedStatement row, long id, NewRecord added) throws SQLException {
        Entry entry = added.entry();
        boolean ended = entry.state() == RecordState.DEAD
                || entry.state() == RecordState.SKIPPED
                || entry.state() == RecordState.PARKED;
        row.setInt(14, entry.state().code());
        row.setLong(15, added.current() ? 0 : id);
        row.setString(16, added.original());
        row.setString(17, entry.reason() == null ? null : entry.reason().code());
        row.setLong(18, entry.state() == RecordState.PARKED ? Long.MAX_VALUE : 0);
        row.setObject(19, ended ? System.currentTimeMillis() : null);
        row.setInt(20, added.matched() ? 1 : 0);
        row.setInt(21, added.part() ? 1 : 0);
        row.setInt(22, entry.reason() != Reason.ORDER_ID_COLLISION && orderIds.isNamed(added) ? 1 : 0);
    }

    private void insertDeadLetter(long id, NewRecord added) {
        Entry entry = added.entry();
        if (entry.state() == RecordState.DEAD) {
            String row = entry.origin() == null ? "row" : "message";
            String level = added.kind() == NewRecord.UNTRANSLATED ? row : "record";
            DeadLetterWriter.stored(handle, level, id, entry.reason(), entry.message());
        }
    }

    private void insertReturnables(long firstId, List<NewRecord> records) {
        try (PreparedStatement lines = prepare(
                "insert into returnable (identity_id, customer_id, product_id, record_id, happened_at, quantity) values ("
                        + file.identityId() + ",?,?,?,?,?)")) {
            for (int i = 0; i < records.size(); i++) {
                Entry entry = records.get(i).entry();
                boolean wanted = entry.state() != RecordState.DEAD && entry.state() != RecordState.SKIPPED;
                if (wanted && entry.posRecord() instanceof Sale sale && sale.customer() != null) {
                    addReturnables(lines, firstId + i, sale);
                }
            }
            lines.executeBatch();
        } catch (SQLException problem) {
            throw new LedgerUnavailableException(problem);
        }
    }

    private static void addReturnables(PreparedStatement lines, long id, Sale sale) throws SQLException {
        Map<String, BigDecimal> quantities = new LinkedHashMap<>();
        for (LineItem line : sale.lines()) {
            if (line.productId() != null) {
                quantities.merge(line.productId(), line.quantity(), BigDecimal::add);
            }
        }
        for (Map.Entry<String, BigDecimal> of : quantities.entrySet()) {
            lines.setString(1, sale.customer().id());
            lines.setString(2, of.getKey());
            lines.setLong(3, id);
            lines.setLong(4, sale.soldAt().toEpochMilli());
            lines.setString(5, of.getValue().toPlainString());
            lines.addBatch();
        }
    }

    static String store(PosRecord posRecord) {
        Store store = null;
        if (posRecord instanceof Sale sale) {
            store = sale.store();
        } else if (posRecord instanceof Refund refund) {
            store = refund.store();
        }
        return store == null ? null : store.branchId();
    }

    static LocalDate businessDate(PosRecord posRecord) {
        if (posRecord instanceof Sale sale) {
            return sale.businessDate();
        }
        if (posRecord instanceof Refund refund) {
            return refund.businessDate();
        }
        return posRecord == null ? null : LocalDate.ofInstant(posRecord.at(), ZoneOffset.UTC);
    }
}
