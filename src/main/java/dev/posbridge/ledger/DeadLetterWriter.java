package dev.posbridge.ledger;

import dev.posbridge.FileRejectedException;
import dev.posbridge.pos.Reason;
import dev.posbridge.pos.RecordKind;
import org.jdbi.v3.core.Handle;

/** Writes dead letters within somebody's transaction, so that a record and its dead letter are never apart. */
final class DeadLetterWriter {
    private static final String OF_RECORD = "insert into dead_letter (level, file_id, record_id, identity_id, vendor, "
            + "reason, message, position, raw, canonical, status, api_code, request_id, attempts, created_at) "
            + "select :level, r.file_id, r.id, r.identity_id, f.vendor, :reason, :message, coalesce(p.place, f.name || ':' || r.line), p.raw, "
            + "p.canonical, :status, :code, :requestId, r.attempts, :now from record r join file f on f.id = r.file_id "
            + "left join payload p on p.record_id = r.id where r.id = :record";

    private static final String CORRECT =
            "Look first: posbridge correct --records \"%s\"%s --dry-run --reason T; without"
                    + " --dry-run it takes the order back and sends what the receipt says now.";
    private static final String CORRECT_RETURN =
            "Look first: posbridge correct --records \"%s\"%s --dry-run --reason T; without --dry-run it takes back the order,"
                    + " sends it again as it was and returns what this says.";

    private DeadLetterWriter() {}

    /** A row that could not be translated, or a record that died before it was sent; its record is already stored. */
    static void stored(Handle handle, String level, long record, Reason reason, String message) {
        handle.createUpdate(OF_RECORD)
                .bind("level", level)
                .bind("reason", reason.code())
                .bind("message", message)
                .bind("status", (Integer) null)
                .bind("code", (Integer) null)
                .bind("requestId", (String) null)
                .bind("now", System.currentTimeMillis())
                .bind("record", record)
                .execute();
    }

    /** A record that Gameball refused or that was given up. */
    static void delivered(Handle handle, long record, Outcome outcome) {
        handle.createUpdate(OF_RECORD)
                .bind("level", "record")
                .bind("reason", outcome.reason().code())
                .bind("message", outcome.message())
                .bind("status", outcome.status())
                .bind("code", outcome.apiCode())
                .bind("requestId", outcome.requestId())
                .bind("now", System.currentTimeMillis())
                .bind("record", record)
                .execute();
    }

    /** A record's dead letter is settled with what became of the record since. */
    static void closeRecord(Handle handle, long record) {
        handle.execute(
                "update dead_letter set state = 1, closed_at = ? where state = 0 and record_id = ?",
                System.currentTimeMillis(),
                record);
    }

    /** What is said of a receipt that comes again with other content once the first was sent. */
    static String changed(String where, RecordKind kind, String key, Differences differences) {
        return changed(where, kind, key, "", differences);
    }

    /** @param with what a command that corrects must be told besides, such as {@code  --with FILE} */
    static String changed(String where, RecordKind kind, String key, String with, Differences differences) {
        return where + ": receipt \"" + key + "\" was delivered before and says something else now: "
                + differences.text() + ". " + (kind == RecordKind.SALE ? CORRECT : CORRECT_RETURN).formatted(key, with);
    }

    /** The same where what came first is kept no longer. */
    static String changedFromUnknown(String where, String key) {
        return where + ": receipt \"" + key
                + "\" was delivered before and says something else now; what it said then is "
                + "no longer kept. Correct it at Gameball by hand.";
    }

    /** What is said of another receipt with a number that was given before. */
    static String keyReused(String where, String key, Differences differences) {
        return where + ": receipt \"" + key + "\" is another one than came under this number before: "
                + differences.text() + ". " + Reason.KEY_REUSED.remedy();
    }

    static void changedAfterDelivery(Handle handle, long record, String problem) {
        handle.execute(
                "update record set state = 6, reason = ?, settled_at = ? where id = ?",
                Reason.CHANGED_AFTER_DELIVERY.code(),
                System.currentTimeMillis(),
                record);
        stored(handle, "record", record, Reason.CHANGED_AFTER_DELIVERY, problem);
    }

    /** The same content was offered again: what was said of it before is no longer so. */
    static void closeFile(Handle handle, long file) {
        handle.createUpdate("update dead_letter set state = 1, closed_at = :now where state = 0 and level = 'file' and "
                        + "file_id in (select o.id from file o join file f on f.identity_id = o.identity_id "
                        + "and (f.content_hash = o.content_hash or f.name = o.name) where f.id = :file)")
                .bind("now", System.currentTimeMillis())
                .bind("file", file)
                .execute();
    }

    static void file(Handle handle, long file, FileRejectedException problem) {
        // Only a good file closes what was said of a bad one; of the same bytes it is said once.
        handle.createUpdate("update dead_letter set state = 1, closed_at = :now where state = 0 and level = 'file' and "
                        + "file_id in (select o.id from file o join file f on f.identity_id = o.identity_id "
                        + "and f.content_hash = o.content_hash where f.id = :file)")
                .bind("now", System.currentTimeMillis())
                .bind("file", file)
                .execute();
        handle.createUpdate("insert into dead_letter (level, file_id, identity_id, vendor, reason, message, position, "
                        + "created_at) select 'file', id, identity_id, vendor, :reason, :message, :position, :now "
                        + "from file where id = :file")
                .bind("reason", problem.reason().code())
                .bind("message", problem.getMessage())
                .bind("position", problem.position().toString())
                .bind("now", System.currentTimeMillis())
                .bind("file", file)
                .execute();
    }
}
