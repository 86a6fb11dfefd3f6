package dev.posbridge.ledger;

import dev.posbridge.ledger.CorrectionBook.Choice;
import dev.posbridge.ledger.CorrectionBook.Wrong;
import dev.posbridge.pos.Reason;
import dev.posbridge.pos.RecordKind;
import dev.posbridge.pos.Refund;
import dev.posbridge.pos.Sale;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Returns that were delivered and of which something else was said since. Gameball takes no refund back, so the order is taken
 * back whole and goes again as it was, under a revised id, and what is right is returned of that. Where what was returned did
 * not arrive, the order stays, and it is returned as it should have been. Reads within somebody's transaction; collects.
 */
final class WrongReturns {
    private static final String CHANGED =
            "select d.id, d.key, g.id, g.order_id, g.original from dead_letter l join record d on d.id = l.record_id "
                    + "join record g on g.identity_id = d.identity_id and g.kind = 2 and g.key = d.key and g.revision = 0 "
                    + "where l.state = 0 and l.reason = 'changed-after-delivery' and d.kind = 2 and d.state = 6 and "
                    + "g.state = 4 and g.original is not null and g.order_id is not null ";
    private static final String OF_EITHER =
            "and (d.file_id in (select cast(value as bigint) from json_each(:files)) or "
                    + "g.file_id in (select cast(value as bigint) from json_each(:files))) ";
    private static final String OF_WRONG = "and g.file_id in (select cast(value as bigint) from json_each(:files)) ";
    private static final String LISTED = "and (d.key in (select value from json_each(:records)) or "
            + "g.order_id in (select value from json_each(:records)) or "
            + "g.original in (select value from json_each(:records))) ";
    private static final String BY_HAND =
            " Correct it at Gameball by hand, then: posbridge dead-letters discard ID --reason T";
    private static final String AGAIN = " Run the same command again in a while.";

    private final Handle handle;
    private final Set<String> already;
    private final Map<String, Wrong> byOrder = new LinkedHashMap<>();
    private final List<String> refused = new ArrayList<>();

    /**
     * What is said of a return now.
     *
     * @param record that says so
     * @param refundId id of what was delivered
     * @param original order of which that was returned
     */
    private record Said(long record, String key, String refundId, String original) {}

    /** @param already order ids that are corrected anyway, which corrects what was returned of them, too */
    WrongReturns(Handle handle, Set<String> already) {
        this.handle = handle;
        this.already = already;
    }

    /** Orders of these returns. */
    List<Wrong> wrong() {
        return List.copyOf(byOrder.values());
    }

    /** Why others are left to a person. */
    List<String> refused() {
        return refused;
    }

    /** Adds those that came as dead letters; the newest word of each counts. */
    WrongReturns addChanged(Choice choice) {
        Map<Long, Said> newest = new LinkedHashMap<>();
        CorrectionBook.bind(
                        handle.createQuery(CHANGED
                                + (choice.files() == null ? "" : choice.bringer() == 0 ? OF_EITHER : OF_WRONG)
                                + (choice.bringer() == 0 ? "" : "and d.file_id = :bringer ")
                                + (choice.records() == null ? "" : LISTED)
                                + "order by d.id"),
                        choice)
                .map((row, context) -> Map.entry(
                        row.getLong(3), new Said(row.getLong(1), row.getString(2), row.getString(4), row.getString(5))))
                .forEach(said -> newest.put(said.getKey(), said.getValue()));
        for (Said said : newest.values()) {
            add(said.key(), said.refundId(), said.original(), (Refund)
                    StoredRecords.read(handle, said.record(), RecordKind.REFUND));
        }
        return this;
    }

    /** Adds what a file would say of a return that was delivered. */
    void add(long delivered, Refund said) {
        handle.select(
                        "select order_id, original from record where id = ? and kind = 2 and original is not null and "
                                + "order_id is not null",
                        delivered)
                .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
                .findOne()
                .ifPresent(one -> add(said.key(), one.getKey(), one.getValue(), said));
    }

    private void add(String key, String refundId, String original, Refund said) {
        if (said == null) {
            refuse(key, "what it says is kept no longer.", BY_HAND);
        } else if (!ReturnWord.takesBack(said, original)) {
            refuse(key, "it was a return of order \"" + original + "\", and is one of another now.", BY_HAND);
        } else {
            String live = live(key, original);
            if (live != null && !already.contains(live)) {
                addOf(key, live, refundId);
            }
        }
    }

    private void refuse(String key, String why, String remedy) {
        refused.add("return \"" + key + "\": " + why + remedy);
    }

    /** The order that stands for it now; null after it was told why there is none. */
    private String live(String key, String original) {
        String order = original;
        for (Stage stage = stage(order); stage != null; stage = stage(order)) {
            if (!stage.done()) {
                refuse(key, "order \"" + order + "\" is being taken back just now.", AGAIN);
                return null;
            }
            if (stage.live() == null) {
                refuse(
                        key,
                        "order \"" + order + "\" was taken back, and with it what was returned of it.",
                        " Nothing is left to correct: posbridge dead-letters discard ID --reason T");
                return null;
            }
            order = stage.live();
        }
        return order;
    }

    private record Stage(String live, boolean done) {}

    private Stage stage(String order) {
        return handle.select("select live, state from correction where order_id = ?", order)
                .map((row, context) -> new Stage(row.getString(1), row.getInt(2) == 1))
                .findOne()
                .orElse(null);
    }

    private void addOf(String key, String live, String refundId) {
        RecordState returned = Returned.of(handle, live).stream()
                .filter(one -> Returned.firstId(one.refundId()).equals(Returned.firstId(refundId)))
                .map(Returned::state)
                .filter(state -> state != RecordState.SUPERSEDED)
                .reduce((one, later) -> later)
                .orElse(RecordState.PENDING);
        SaleOfRefund sale = SaleOfRefund.find(handle, live, 0);
        boolean settled = returned == RecordState.DELIVERED || returned == RecordState.DEAD;
        if (!settled || sale == null || sale.state() != RecordState.DELIVERED) {
            refuse(key, "order \"" + live + "\" or what was returned of it is not settled yet.", AGAIN);
            return;
        }
        boolean stays = returned == RecordState.DEAD;
        Sale sold = stays ? null : (Sale) StoredRecords.read(handle, sale.id(), RecordKind.SALE);
        if (!stays && (sold == null || sold.customer() == null)) {
            refuse(key, "what its order \"" + live + "\" said is kept no longer.", BY_HAND);
        } else if (!stays && sold.redemption() != null) {
            refuse(key, "its order \"" + live + "\" was paid with points, which would not be spent again.", BY_HAND);
        } else {
            byOrder.merge(live, wrong(live, key, sale, stays), WrongReturns::together);
        }
    }

    private Wrong wrong(String live, String key, SaleOfRefund sale, boolean stays) {
        BigDecimal amount = Amounts.amount(sale.amount());
        return new Wrong(
                sale.id(),
                Wrong.AS_IT_WAS,
                live,
                live,
                amount,
                amount,
                Amounts.amount(SaleOfRefund.refunded(handle, live, 0)),
                null,
                List.of(key),
                stays);
    }

    static Wrong together(Wrong one, Wrong other) {
        List<String> returns = new ArrayList<>(one.returns());
        returns.addAll(other.returns());
        return new Wrong(
                one.sale(),
                one.corrected(),
                one.orderId(),
                one.key(),
                one.was(),
                one.now(),
                one.given(),
                one.points(),
                returns,
                one.stays() && other.stays());
    }

    /** Whether something that arrived is wrong, so that the order has to be taken back for it. */
    static boolean haveArrived(Handle handle, String order) {
        return Returned.of(handle, order).stream()
                .anyMatch(one -> one.state() == RecordState.DELIVERED && ReturnWord.of(handle, one, order) != null);
    }

    /** Records of these files' sales that went once more, each of a copy, too: they stand under the file of the correction. */
    static List<Long> copies(Handle handle, List<Long> files) {
        List<Long> all = new ArrayList<>();
        List<Long> found = copies(handle, "o.file_id", files);
        while (!found.isEmpty()) {
            all.addAll(found);
            found = copies(handle, "o.id", found);
        }
        return all;
    }

    private static List<Long> copies(Handle handle, String column, List<Long> of) {
        return handle.createQuery("select n.id from correction x join record o on o.id = x.sale join record n on "
                        + "n.id = x.corrected and n.file_id = x.file_id where " + column
                        + " in (select cast(value as bigint) from json_each(:of))")
                .bind("of", of.toString())
                .mapTo(Long.class)
                .list();
    }

    /**
     * The same sale once more, held until the first is taken back.
     *
     * @param file of the correction, under which it stands
     * @return its id
     */
    static long copy(Handle handle, long sale, String live, long file) {
        Sale sold = (Sale) StoredRecords.require(handle, sale, RecordKind.SALE);
        long id = LedgerDatabase.nextIds(handle, "record", 1);
        handle.createUpdate(
                        "insert into record (id, file_id, identity_id, kind, key, revision, order_id, named, customer_id, "
                                + "store, lane, state, reason, amount_e4, meaning, content, business_date, happened_at, line, "
                                + "settled_at) select :id, :file, identity_id, kind, key, :id, :live, 1, customer_id, store, lane, 3, "
                                + ":reason, amount_e4, meaning, content, business_date, happened_at, line, :now from record "
                                + "where id = :sale")
                .bind("id", id)
                .bind("file", file)
                .bind("live", live)
                .bind("reason", Reason.AWAITING_REVERSAL.code())
                .bind("now", System.currentTimeMillis())
                .bind("sale", sale)
                .execute();
        handle.execute(
                "insert into payload (record_id, canonical) values (?,?)",
                id,
                CanonicalJson.write(sold.revisedAs(live)));
        Segments.of(handle).change(handle, List.of(FileBook.extended(file, id, id)));
        return id;
    }
}
