package dev.posbridge.ledger;

import dev.posbridge.pos.RecordKind;
import dev.posbridge.pos.Refund;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * The newest that a till said of a return after it was delivered: as long as nobody acts on it, a dead letter.
 *
 * @param before the record whose place it takes
 * @param refundId of that
 * @param amount in ten-thousandths
 * @param older earlier words of the same return, which this one overtakes
 * @param file that brought it
 */
record ReturnWord(long id, long before, String refundId, long amount, Refund said, List<Long> older, long file) {
    /** A record that a till names, with its id at Gameball. */
    private record Known(long id, String refundId) {}

    private record Word(long id, long amount, long file) {}

    /** @return null where nothing else was said, or of another order, or what was said is kept no longer */
    static ReturnWord of(Handle handle, Returned returned, String order) {
        String key = tillsKey(handle, returned, order);
        Known known = key == null ? null : known(handle, returned.id(), key);
        List<Word> words = known == null ? List.of() : words(handle, known, key);
        if (words.isEmpty()) {
            return null;
        }
        Word newest = words.get(0);
        Refund said = (Refund) StoredRecords.read(handle, newest.id(), RecordKind.REFUND);
        if (said == null || !takesBack(said, order)) {
            return null;
        }
        List<Long> older = words.stream().skip(1).map(Word::id).toList();
        return new ReturnWord(newest.id(), known.id(), known.refundId(), newest.amount(), said, older, newest.file());
    }

    /**
     * Whether it is a return of the order, or of what that is a revision of. If it takes something else back now, nobody but a
     * person knows what was meant; what counts all that ever came back does not say what this one is.
     */
    static boolean takesBack(Refund said, String order) {
        String first = Returned.firstId(order);
        return !said.soFar()
                && said.originalOrderId() != null
                && (first.equals(Returned.firstId(said.originalOrderId()))
                        || said.otherOriginals().contains(first));
    }

    /** What is given again of a revised order has a key of our own; the till knows the return by that of the first time. */
    private static String tillsKey(Handle handle, Returned returned, String order) {
        if (!returned.isAgain()) {
            return returned.key();
        }
        String first = Returned.firstId(returned.refundId());
        for (String before = earlier(handle, order); before != null; before = earlier(handle, before)) {
            for (Returned one : Returned.of(handle, before)) {
                if (one.refundId().equals(first)) {
                    return one.key();
                }
            }
        }
        return null;
    }

    private static String earlier(Handle handle, String order) {
        return handle.select("select order_id from correction where live = ?", order)
                .mapTo(String.class)
                .findOne()
                .orElse(null);
    }

    private static Known known(Handle handle, long returned, String key) {
        return handle.select(
                        "select o.id, o.order_id from record r join record o on o.identity_id = r.identity_id and o.kind = 2 "
                                + "and o.key = ? and o.revision = 0 where r.id = ?",
                        key,
                        returned)
                .map((row, context) -> new Known(row.getLong(1), row.getString(2)))
                .findOne()
                .orElse(null);
    }

    private static List<Word> words(Handle handle, Known known, String key) {
        return handle.select(
                        "select n.id, n.amount_e4, n.file_id from record o join record n on n.identity_id = o.identity_id "
                                + "and n.kind = 2 and n.key = ? and n.id > o.id and n.state = 6 and "
                                + "n.reason = 'changed-after-delivery' where o.id = ? and exists (select 1 from dead_letter l "
                                + "where l.record_id = n.id and l.state = 0) order by n.id desc",
                        key,
                        known.id())
                .map((row, context) -> new Word(row.getLong(1), row.getLong(2), row.getLong(3)))
                .list();
    }
}
