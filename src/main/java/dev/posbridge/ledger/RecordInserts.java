package dev.posbridge.ledger;

import dev.posbridge.LedgerUnavailableException;
import dev.posbridge.pos.LineItem;
import dev.posbridge.pos.PosRecord;
import dev.posbridge.pos.Reason;
import dev.posbridge.pos.Refund;
import dev.posbridge.pos.Sale;
import dev.posbridge.pos.Store;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Inserts records, their payloads, dead letters and returnable lines by the batch. Plain JDBC: this is the hot path. */
final class RecordInserts {
    private static final String RECORD = "insert into record (id, file_id, identity_id, kind, key, revision, order_id, "
            + "original, customer_id, store, lane, state, reason, amount_e4, meaning, content, business_date, "
            + "happened_at, line, due_at, settled_at, matched, part) values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)";

    private final Handle handle;
    private final LedgerFile file;
    private final int lanes;

    RecordInserts(Handle handle, LedgerFile file, int lanes) {
        this.handle = handle;
        this.file = file;
        this.lanes = lanes;
    }

    void insert(List<NewRecord> records) {
        insertFrom(LedgerDatabase.nextIds(handle, "record", records.size()), records);
    }

    /** The first record gets the id of the one that it replaces, and so its place in the file's order. */
    void insertInPlace(long place, List<NewRecord> records) {
        insertFrom(place, records.subList(0, 1));
        if (records.size() > 1) {
            insert(records.subList(1, records.size()));
        }
    }

    private void insertFrom(long first, List<NewRecord> records) {
        try (PreparedStatement recordRows = handle.getConnection().prepareStatement(RECORD);
                PreparedStatement payloads = handle.getConnection()
                        .prepareStatement(
                                "insert into payload (record_id, canonical, raw, place, name, header) values (?,?,?,?,?,?)")) {
            for (int i = 0; i < records.size(); i++) {
                bindRecord(recordRows, first + i, records.get(i));
                payloads.setLong(1, first + i);
                payloads.setString(2, records.get(i).canonical());
                payloads.setString(3, records.get(i).entry().raw());
                bindOrigin(payloads, records.get(i).entry().origin());
                payloads.addBatch();
            }
            recordRows.executeBatch();
            payloads.executeBatch();
        } catch (SQLException problem) {
            throw new LedgerUnavailableException(problem);
        }
        handle.createUpdate("update file set first_record = min(coalesce(first_record, :first), :first), "
                        + "last_record = max(coalesce(last_record, 0), :last) where id = :file")
                .bind("first", first)
                .bind("last", first + records.size() - 1)
                .bind("file", file.id())
                .execute();
        for (int i = 0; i < records.size(); i++) {
            insertCompanions(first + i, records.get(i));
        }
    }

    private static void bindOrigin(PreparedStatement payload, Entry.Origin origin) throws SQLException {
        payload.setString(4, origin == null ? null : origin.place());
        payload.setString(5, origin == null ? null : origin.name());
        payload.setString(6, origin == null ? null : origin.header());
    }

    private void bindRecord(PreparedStatement row, long id, NewRecord added) throws SQLException {
        Entry entry = added.entry();
        PosRecord posRecord = entry.posRecord();
        boolean ended = entry.state() == RecordState.DEAD || entry.state() == RecordState.SKIPPED;
        row.setLong(1, id);
        row.setLong(2, file.id());
        row.setLong(3, file.identityId());
        row.setInt(4, added.kind());
        row.setString(5, added.key());
        row.setLong(6, added.current() ? 0 : id);
        // The id belongs to another record; two current records cannot have it.
        row.setString(7, entry.reason() == Reason.ORDER_ID_COLLISION ? null : added.orderId());
        row.setString(8, added.original());
        row.setString(9, added.customerId());
        row.setString(10, store(posRecord));
        row.setInt(11, added.lane(lanes));
        row.setInt(12, entry.state().code());
        row.setString(13, entry.reason() == null ? null : entry.reason().code());
        row.setLong(14, added.amount());
        row.setLong(15, added.meaning());
        row.setLong(16, added.content());
        LocalDate businessDate = businessDate(posRecord);
        row.setString(17, businessDate == null ? null : businessDate.toString());
        row.setLong(18, posRecord == null ? 0 : posRecord.at().toEpochMilli());
        row.setLong(19, entry.line());
        row.setLong(20, entry.state() == RecordState.PARKED ? Long.MAX_VALUE : 0);
        if (ended) {
            row.setLong(21, System.currentTimeMillis());
        } else {
            row.setNull(21, Types.BIGINT);
        }
        row.setInt(22, added.matched() ? 1 : 0);
        row.setInt(23, added.part() ? 1 : 0);
        row.addBatch();
    }

    private void insertCompanions(long id, NewRecord added) {
        Entry entry = added.entry();
        if (entry.state() == RecordState.DEAD) {
            String row = entry.origin() == null ? "row" : "message";
            String level = added.kind() == NewRecord.UNTRANSLATED ? row : "record";
            DeadLetterWriter.stored(handle, level, id, entry.reason(), entry.message());
        } else if (file.matchesByProduct()
                && entry.state() != RecordState.SKIPPED
                && entry.posRecord() instanceof Sale sale
                && sale.customer() != null) {
            insertReturnables(id, sale);
        }
    }

    private void insertReturnables(long id, Sale sale) {
        Map<String, BigDecimal> quantities = new LinkedHashMap<>();
        for (LineItem line : sale.lines()) {
            if (line.productId() != null) {
                quantities.merge(line.productId(), line.quantity(), BigDecimal::add);
            }
        }
        quantities.forEach((product, quantity) -> handle.execute(
                "insert into returnable (identity_id, customer_id, product_id, record_id, happened_at, quantity) "
                        + "values (?,?,?,?,?,?)",
                file.identityId(),
                sale.customer().id(),
                product,
                id,
                sale.soldAt().toEpochMilli(),
                quantity.toPlainString()));
    }

    private static String store(PosRecord posRecord) {
        Store store = null;
        if (posRecord instanceof Sale sale) {
            store = sale.store();
        } else if (posRecord instanceof Refund refund) {
            store = refund.store();
        }
        return store == null ? null : store.branchId();
    }

    private static LocalDate businessDate(PosRecord posRecord) {
        if (posRecord instanceof Sale sale) {
            return sale.businessDate();
        }
        if (posRecord instanceof Refund refund) {
            return refund.businessDate();
        }
        return posRecord == null ? null : LocalDate.ofInstant(posRecord.at(), ZoneOffset.UTC);
    }
}
