package dev.posbridge.ledger;

import dev.posbridge.ConfigurationException;
import dev.posbridge.pos.PosRecord;
import dev.posbridge.pos.Position;
import dev.posbridge.pos.RecordKind;
import org.jdbi.v3.core.Handle;

/** Canonical records as they lie in the ledger. */
final class StoredRecords {
    private StoredRecords() {}

    /** @return null where it has none */
    static PosRecord read(Handle handle, long record, RecordKind kind) {
        return handle.createQuery("select p.canonical, f.name, r.line from record r join file f on f.id = r.file_id "
                        + "join payload p on p.record_id = r.id where r.id = :record and p.canonical is not null")
                .bind("record", record)
                .map((row, context) ->
                        CanonicalJson.read(kind, Position.ofRow(row.getString(2), row.getLong(3)), row.getString(1)))
                .findOne()
                .orElseGet(() -> inSegment(handle, record));
    }

    /** @throws ConfigurationException where what it said is kept no longer */
    static PosRecord require(Handle handle, long record, RecordKind kind) {
        PosRecord found = read(handle, record, kind);
        if (found == null) {
            throw new ConfigurationException(kind.word() + " " + record + ": what it said is kept no longer "
                    + "(posbridge.retention.payloads, or its customer was forgotten), so it cannot be corrected here. "
                    + "Correct it at Gameball by hand.");
        }
        return found;
    }

    private static PosRecord inSegment(Handle handle, long record) {
        Segments segments = Segments.of(handle);
        Segments.Place place = segments.place(handle, record);
        if (place == null) {
            return null;
        }
        String canonical = segments.bodies(handle, place.row()).canonical(place.position());
        if (canonical.isEmpty()) {
            return null; // kept no longer
        }
        String file = handle.select(
                        "select name from file where id = ?", place.row().file())
                .mapTo(String.class)
                .one();
        return CanonicalJson.read(
                RecordKind.SALE, Position.ofRow(file, place.segment().line(place.position())), canonical);
    }
}
