package dev.posbridge.ledger;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.statement.Query;

/** What did not arrive and why, for people. Thread-safe. */
public final class DeadLetters {
    private static final String COLUMNS = "select d.id, d.level, d.vendor, d.reason, d.message, d.position, d.raw, "
            + "d.canonical, d.status, d.api_code, d.request_id, d.attempts, d.state, d.discard_reason, d.created_at, "
            + "d.file_id, d.record_id, f.name as file_name, f.path as file_path, f.header from dead_letter d "
            + "left join file f on f.id = d.file_id ";

    private final LedgerDatabase database;

    /**
     * A dead letter.
     *
     * @param level row, record, file or message
     * @param raw the rows as they were read, without what the profile drops; null for a file
     * @param canonical the record as JSON, null where none came of the row
     */
    public record DeadLetter(
            long id,
            String level,
            String vendor,
            String reason,
            String message,
            String position,
            String raw,
            String canonical,
            Integer status,
            Integer apiCode,
            String requestId,
            int attempts,
            String state,
            String discardReason,
            Instant createdAt,
            long fileId,
            Long recordId,
            String fileName,
            String filePath,
            String header) {}

    public DeadLetters(LedgerDatabase database) {
        this.database = database;
    }

    /** The first open ones of files taken in after the given one. */
    public List<DeadLetter> first(long afterFile, int most) {
        return database.read(handle ->
                map(handle.createQuery(COLUMNS + "where d.state = 0 and d.file_id > :file order by d.id limit :most")
                        .bind("file", afterFile)
                        .bind("most", most)));
    }

    private static List<DeadLetter> map(Query query) {
        return query.map((row, context) -> new DeadLetter(
                        row.getLong("id"),
                        row.getString("level"),
                        row.getString("vendor"),
                        row.getString("reason"),
                        row.getString("message"),
                        row.getString("position"),
                        row.getString("raw"),
                        row.getString("canonical"),
                        (Integer) row.getObject("status"),
                        (Integer) row.getObject("api_code"),
                        row.getString("request_id"),
                        row.getInt("attempts"),
                        new String[] {"open", "replayed", "discarded"}[row.getInt("state")],
                        row.getString("discard_reason"),
                        Instant.ofEpochMilli(row.getLong("created_at")),
                        row.getLong("file_id"),
                        row.getObject("record_id") == null ? null : row.getLong("record_id"),
                        row.getString("file_name"),
                        row.getString("file_path"),
                        row.getString("header")))
                .list();
    }
}
