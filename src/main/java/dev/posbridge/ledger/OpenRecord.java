package dev.posbridge.ledger;

import dev.posbridge.pos.Position;
import dev.posbridge.pos.RecordKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.statement.Query;

/**
 * An open record as the ledger holds it.
 *
 * @param sentTime what Gameball was told as its time, null where it was told nothing yet
 * @param amount in ten-thousandths
 * @param standing of its customer: 0 unknown, 1 known to Gameball, 2 created by us
 * @param lastTime the latest time that Gameball was told of its customer, null where none
 */
record OpenRecord(
        long id,
        RecordKind kind,
        String orderId,
        String original,
        String customerId,
        RecordState state,
        long happenedAt,
        Long sentTime,
        long dueAt,
        int attempts,
        boolean unclear,
        int crashes,
        long epoch,
        Way way,
        boolean inJob,
        long amount,
        String store,
        String vendor,
        Position position,
        String canonical,
        int standing,
        Long lastTime) {
    /** To be followed by a condition, in which {@code r} is the record. */
    static final String SELECT = "select r.id, r.kind, r.order_id, r.original, r.customer_id, r.state, "
            + "r.happened_at, r.sent_time, r.due_at, r.attempts, r.unclear, r.crashes, r.epoch, r.way, "
            + "r.job is not null as in_job, r.line, r.store, r.amount_e4, f.name as file_name, f.vendor, p.canonical, "
            + "c.standing, c.last_time from record r join file f on f.id = r.file_id "
            + "join payload p on p.record_id = r.id left join customer c on c.id = r.customer_id ";

    static List<OpenRecord> read(Query query) {
        return query.map((row, context) -> read(row)).list();
    }

    private static OpenRecord read(ResultSet row) throws SQLException {
        return new OpenRecord(
                row.getLong("id"),
                RecordKind.values()[row.getInt("kind")],
                row.getString("order_id"),
                row.getString("original"),
                row.getString("customer_id"),
                RecordState.ofCode(row.getInt("state")),
                row.getLong("happened_at"),
                longOrNull(row, "sent_time"),
                row.getLong("due_at"),
                row.getInt("attempts"),
                row.getInt("unclear") == 1,
                row.getInt("crashes"),
                row.getLong("epoch"),
                Way.ofCode(row.getInt("way")),
                row.getBoolean("in_job"),
                row.getLong("amount_e4"),
                row.getString("store"),
                row.getString("vendor"),
                Position.ofRow(row.getString("file_name"), row.getLong("line")),
                row.getString("canonical"),
                row.getInt("standing"),
                longOrNull(row, "last_time"));
    }

    private static Long longOrNull(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : Long.valueOf(value);
    }

    /** By whom later records are kept waiting: one without a customer keeps nobody. */
    String waitingKey() {
        return customerId == null ? "record " + id : customerId;
    }
}
