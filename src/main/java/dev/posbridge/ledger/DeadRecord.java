package dev.posbridge.ledger;

import dev.posbridge.pos.PosRecord;
import dev.posbridge.pos.Position;
import dev.posbridge.pos.RecordKind;
import dev.posbridge.pos.Refund;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The record behind a dead letter.
 *
 * @param line of its first row in the file
 * @param part whether it is one of several refunds into which a credit note was split: the others may have arrived, so
 *     its rows, which are those of the whole, must not be translated again
 * @param posRecord its canonical record as it is to be tried again; null for a row that could not be translated
 */
public record DeadRecord(
        long id,
        LedgerFile file,
        long line,
        boolean part,
        PosRecord posRecord,
        int kind,
        String key,
        long meaning,
        long content,
        boolean unclear) {

    private static final String DEAD = "select r.id, r.file_id, r.identity_id, f.vendor, f.name, r.line, r.part, "
            + "r.matched, r.kind, r.key, r.meaning, r.content, r.unclear, p.canonical from record r "
            + "join file f on f.id = r.file_id left join payload p on p.record_id = r.id "
            + "where r.id = ? and r.state = 6 and f.state in (1, 2)";

    /** @return empty where the record is dead no longer: a newer one took its place */
    static Optional<DeadRecord> find(Handle handle, long record) {
        return handle.select(DEAD, record)
                .map((row, context) -> {
                    Position position = Position.ofRow(row.getString("name"), row.getLong("line"));
                    String canonical = row.getString("canonical");
                    PosRecord found = canonical == null
                            ? null
                            : CanonicalJson.read(RecordKind.values()[row.getInt("kind")], position, canonical);
                    return new DeadRecord(
                            row.getLong("id"),
                            new LedgerFile(
                                    row.getLong("file_id"),
                                    row.getLong("identity_id"),
                                    row.getString("vendor"),
                                    row.getString("name"),
                                    0,
                                    false,
                                    false),
                            row.getLong("line"),
                            row.getInt("part") == 1,
                            row.getInt("matched") == 1 ? unmatched((Refund) found) : found,
                            row.getInt("kind"),
                            row.getString("key"),
                            row.getLong("meaning"),
                            row.getLong("content"),
                            row.getInt("unclear") == 1);
                })
                .findOne();
    }

    /** A guess is made anew: other sales may have come, and its products are free again. */
    private static Refund unmatched(Refund guessed) {
        return new Refund(
                guessed.position(),
                guessed.key(),
                guessed.refundId(),
                null,
                null,
                guessed.customer(),
                guessed.returnedAt(),
                guessed.businessDate(),
                guessed.amount(),
                guessed.wholeSale(),
                guessed.lines(),
                guessed.store());
    }
}
