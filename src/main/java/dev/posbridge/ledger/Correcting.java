package dev.posbridge.ledger;

import dev.posbridge.pos.AgainPolicy;
import dev.posbridge.pos.Money;
import dev.posbridge.pos.RecordKind;
import dev.posbridge.pos.Refund;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/**
 * What follows once a wrong order is taken back, within somebody's transaction: the corrected sale takes its place and is
 * due, and what was returned of the wrong one is returned of the new one. Until then the wrong one is its key's current
 * record, and refunds of it wait.
 */
final class Correcting {
    private Correcting() {}

    /**
     * What a refund of a corrected order has to know.
     *
     * @param live the order id that stands for it; null while it is being taken back
     */
    record Stand(String live) {}

    /** @return null where the refund is to be decided as any other: its order is not corrected, or this takes it back */
    static Stand of(Handle handle, String original, long refund) {
        if (original == null) {
            return null;
        }
        return handle.select(
                        "select c.live, c.state, r.state from correction c left join record r on r.id = c.reversal "
                                + "where c.order_id = ? and c.reversal is distinct from ?",
                        original,
                        refund)
                .map((row, context) -> {
                    boolean done = row.getInt(2) == 1;
                    int reversal = row.getInt(3);
                    boolean failed = reversal == RecordState.DEAD.code() || reversal == RecordState.SKIPPED.code();
                    boolean as = done ? row.getString(1) == null : failed;
                    return as ? new Stand("") : new Stand(done ? row.getString(1) : null);
                })
                .findOne()
                .filter(stand -> !"".equals(stand.live()))
                .orElse(null);
    }

    /** The wrong order is at Gameball no longer, as far as money and points go. */
    static void finish(Handle handle, String order) {
        handle.execute("update correction set state = 1 where order_id = ?", order);
        handle.select("select sale, corrected, live, file_id from correction where order_id = ?", order)
                .map((row, context) -> new long[] {row.getLong(1), row.getLong(2), row.getLong(4)})
                .findOne()
                .filter(ids -> ids[1] != 0)
                .ifPresent(ids -> {
                    replace(handle, ids[0], ids[1]);
                    returnAgain(handle, order, ids[2]);
                });
    }

    private static void replace(Handle handle, long wrong, long corrected) {
        handle.execute(
                "insert into replaced (identity_id, kind, key, content) select identity_id, kind, key, content from record "
                        + "where id = ? on conflict do nothing",
                wrong);
        handle.execute("update record set revision = id where id = ?", wrong);
        handle.execute("update record set revision = 0 where id = ?", corrected);
        handle.execute("update returnable set record_id = ? where record_id = ?", corrected, wrong);
        Settling.wake(handle, corrected);
    }

    private static void returnAgain(Handle handle, String order, long file) {
        String live = live(handle, order);
        List<NewRecord> again = new ArrayList<>();
        for (Returned returned : Returned.of(handle, order)) {
            ReturnWord word = returned.state() == RecordState.DELIVERED ? ReturnWord.of(handle, returned, order) : null;
            if (word != null) {
                say(handle, word, live);
            } else if (returned.state() == RecordState.DELIVERED) {
                Refund refund = (Refund) StoredRecords.read(handle, returned.id(), RecordKind.REFUND);
                Entry entry = Entry.pending(of(refund, returned.refundId(), returned.amount(), live), null);
                again.addAll(NewRecords.of(List.of(entry)).list());
            }
        }
        sayOfDead(handle, order, live);
        insert(handle, file, again);
    }

    private static String live(Handle handle, String order) {
        return handle.select("select live from correction where order_id = ?", order)
                .mapTo(String.class)
                .one();
    }

    /**
     * What was returned once more of a revised order and did not arrive, as it said too much, is returned as it was said since.
     *
     * @param live order of which it is returned
     * @return ids of the files that said so
     */
    static Set<Long> sayOfDead(Handle handle, String order, String live) {
        Set<Long> files = new TreeSet<>();
        for (Returned returned : Returned.of(handle, order)) {
            ReturnWord word = returned.state() == RecordState.DEAD && returned.isAgain()
                    ? ReturnWord.of(handle, returned, order)
                    : null;
            if (word != null) {
                overtake(handle, returned.id());
                handle.execute("update record set revision = id where id = ?", returned.id());
                say(handle, word, live);
                files.add(word.file());
            }
        }
        return files;
    }

    /** It is dead no longer: something newer is said. */
    private static void overtake(Handle handle, long record) {
        DeadLetterWriter.closeRecord(handle, record);
        handle.execute("update record set state = 8, reason = null where id = ?", record);
    }

    /**
     * A later file says what was returned otherwise, too: its word takes the place of the first one, as that of a sale does, and
     * is no dead letter any more.
     */
    private static void say(Handle handle, ReturnWord word, String live) {
        Refund corrected = of(word.said(), word.refundId(), word.amount(), live);
        word.older().forEach(older -> overtake(handle, older));
        handle.execute(
                "update payload set canonical = ? where record_id = ?", CanonicalJson.write(corrected), word.id());
        handle.execute(
                "update record set order_id = ?, original = ?, named = 1, way = 0 where id = ?",
                corrected.refundId(),
                live,
                word.id());
        replace(handle, word.before(), word.id());
    }

    private static Refund of(Refund refund, String refundId, long amount, String live) {
        String suffix = live.substring(live.lastIndexOf('~'));
        return new Refund(
                refund.position(),
                refundId.replaceFirst("~\\d+$", "") + suffix,
                refundId.replaceFirst("~\\d+$", "") + suffix,
                refund.original(),
                live,
                refund.customer(),
                refund.returnedAt(),
                refund.businessDate(),
                refund.wholeSale()
                        ? null
                        : new Money(Amounts.amount(amount), refund.amount().currency()),
                refund.wholeSale(),
                List.of(),
                refund.store());
    }

    /** Stores refunds under a correction's file, which is released. */
    static void insert(Handle handle, long file, List<NewRecord> refunds) {
        if (refunds.isEmpty()) {
            return;
        }
        LedgerFile of = handle.select("select identity_id, vendor, name from file where id = ?", file)
                .map((row, context) -> new LedgerFile(
                        file,
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        0,
                        false,
                        false,
                        AgainPolicy.DEFAULT.timeTolerance()))
                .one();
        OrderIds orderIds = OrderIds.of(handle, of.identityId());
        RecordInserts inserts =
                new RecordInserts(handle, of, Segments.of(handle).lanes(handle), orderIds);
        inserts.insert(refunds, Integer.MAX_VALUE, null);
        inserts.write();
        handle.execute("update file set state = 1 where id = ? and state = 2", file);
        handle.afterCommit(Segments.of(handle).window()::rowsChanged);
    }
}
