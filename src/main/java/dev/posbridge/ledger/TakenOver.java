package dev.posbridge.ledger;

import dev.posbridge.pos.Sale;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Keys that messages take over from a file that is not yet released: the file may still be rejected, and a live sale does
 * not wait for that. The file's records end as superseded. Within one transaction.
 */
final class TakenOver {
    private static final String STAGED = "file_id in (select id from file where identity_id = :identity and state = 0)";

    private final Handle handle;
    private final LedgerFile day;
    private final List<Long> superseded = new ArrayList<>();

    TakenOver(Handle handle, LedgerFile day) {
        this.handle = handle;
        this.day = day;
    }

    void supersede(List<Entry> entries) {
        boolean staging = handle.createQuery(
                        "select exists (select 1 from file where identity_id = :identity and state = 0)")
                .bind("identity", day.identityId())
                .mapTo(Boolean.class)
                .one();
        if (staging) {
            List<String> sales = entries.stream()
                    .filter(entry -> entry.posRecord() instanceof Sale)
                    .map(Entry::key)
                    .toList();
            Segments.of(handle).find(handle, day.identityId(), sales).values().forEach(place -> new SegmentSales(handle)
                    .toRow(place.record()));
            entries.stream().filter(entry -> entry.posRecord() != null).forEach(this::supersede);
        }
    }

    private void supersede(Entry entry) {
        handle.createQuery(
                        "update record set state = 8, revision = id, settled_at = :now where identity_id = :identity "
                                + "and kind = :kind and key = :key and (revision = 0 or state = 2) and " + STAGED
                                + " returning id")
                .bind("now", System.currentTimeMillis())
                .bind("identity", day.identityId())
                .bind("kind", entry.posRecord().kind().ordinal())
                .bind("key", entry.key())
                .mapTo(Long.class)
                .forEach(record -> {
                    superseded.add(record);
                    handle.execute(
                            "update dead_letter set state = 1, closed_at = ? where state = 0 and record_id = ?",
                            System.currentTimeMillis(),
                            record);
                });
    }

    /** What the file's refunds took back of a superseded sale is taken back of the message's, once that is inserted. */
    void keepReturned() {
        for (long record : superseded) {
            String successor = "select n.id from returnable o join record s on s.id = o.record_id "
                    + "join record r on r.identity_id = s.identity_id and r.kind = s.kind and r.key = s.key "
                    + "and r.revision = 0 join returnable n on n.record_id = r.id and n.product_id = o.product_id "
                    + "where o.record_id = :record and o.id = returned.returnable_id";
            for (String statement : List.of(
                    "update returned set returnable_id = (" + successor + ") where exists (" + successor + ")",
                    "delete from returnable where record_id = :record")) {
                handle.createUpdate(statement).bind("record", record).execute();
            }
        }
        superseded.clear();
    }
}
