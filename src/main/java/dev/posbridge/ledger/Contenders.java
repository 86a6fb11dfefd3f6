package dev.posbridge.ledger;

import dev.posbridge.pos.PosRecord;
import dev.posbridge.pos.RecordKind;
import java.time.Duration;
import org.jdbi.v3.core.Handle;

/**
 * Decides, at a file's release, between a record of the file and an older one of the same key that differs. It cannot be
 * decided earlier: the file might yet be rejected, or the older record be sent meanwhile.
 */
final class Contenders {
    private static final String CURRENT = "select c.id from record n join record c on c.identity_id = n.identity_id "
            + "and c.kind = n.kind and c.key = n.key and c.revision = 0 where n.id = :newer";

    private Contenders() {}

    static void settle(Handle handle, long file) {
        handle.select("select id from record where file_id = ? and state = 2 order by id", file)
                .mapTo(Long.class)
                .list()
                .forEach(newer -> settleOne(handle, newer));
    }

    private static String whatChanged(Handle handle, long newer) {
        return handle.createQuery(
                        "select n.kind, n.key, c.id, coalesce(p.place, f.name || ':' || n.line) from record n "
                                + "join record c on c.id = (" + CURRENT + ") join file f on f.id = n.file_id "
                                + "left join payload p on p.record_id = n.id where n.id = :newer")
                .bind("newer", newer)
                .map((row, context) -> {
                    RecordKind kind = RecordKind.values()[row.getInt(1)];
                    PosRecord before = StoredRecords.read(handle, row.getLong(3), kind);
                    if (before == null) {
                        return DeadLetterWriter.changedFromUnknown(row.getString(4), row.getString(2));
                    }
                    Differences differences =
                            Differences.between(before, StoredRecords.read(handle, newer, kind), Duration.ZERO);
                    return DeadLetterWriter.changed(row.getString(4), kind, row.getString(2), differences);
                })
                .one();
    }

    private static void settleOne(Handle handle, long newer) {
        boolean tooLate = handle.createQuery(
                        "select c.state in (1, 4) and c.kind <> 0 from record c where c.id = (" + CURRENT + ")")
                .bind("newer", newer)
                .mapTo(Boolean.class)
                .findOne()
                .orElse(false);
        if (tooLate) {
            DeadLetterWriter.changedAfterDelivery(handle, newer, whatChanged(handle, newer));
            return;
        }
        boolean late = handle.createQuery(
                        "select c.id > :newer and c.state <> 6 from record c where c.id = (" + CURRENT + ")")
                .bind("newer", newer)
                .mapTo(Boolean.class)
                .findOne()
                .orElse(false);
        if (late) {
            // A replayed record keeps its old place; what the source said later holds.
            handle.execute(
                    "update record set state = 8, settled_at = ? where id = ?", System.currentTimeMillis(), newer);
            return;
        }
        handle.createUpdate("update dead_letter set state = 1, closed_at = :now where state = 0 and record_id = ("
                        + CURRENT + ")")
                .bind("now", System.currentTimeMillis())
                .bind("newer", newer)
                .execute();
        handle.createUpdate("update record set unclear = coalesce((select unclear from record where id = (" + CURRENT
                        + ")), 0) where id = :newer")
                .bind("newer", newer)
                .execute();
        handle.createUpdate("update record set revision = id, state = case when state in (1, 4) then state else 8 end, "
                        + "settled_at = case when state in (1, 4) then settled_at else :now end where id = (" + CURRENT
                        + ")")
                .bind("now", System.currentTimeMillis())
                .bind("newer", newer)
                .execute();
        // One with a reason is skipped by the account's rules, and takes the place all the same.
        handle.createUpdate("update record set revision = 0, state = case when reason is null then 0 else 7 end, "
                        + "settled_at = case when reason is null then null else :now end where id = :newer")
                .bind("now", System.currentTimeMillis())
                .bind("newer", newer)
                .execute();
    }
}
