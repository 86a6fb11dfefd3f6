package dev.posbridge.ledger;

import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * What was returned of an order that is wrong, or was to be.
 *
 * @param refundId its id at Gameball
 * @param amount in ten-thousandths
 */
record Returned(long id, String key, String refundId, long amount, RecordState state) {
    private static final String REVISED = "~\\d+$";

    /** All of an order, without what takes the order itself back. */
    static List<Returned> of(Handle handle, String order) {
        return handle.select(
                        "select id, key, order_id, amount_e4, state from record where original = ? and kind = 2 and "
                                + "order_id is not null and id not in (select reversal from correction where order_id = ? "
                                + "and reversal is not null) order by id",
                        order,
                        order)
                .map((row, context) -> new Returned(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getLong(4),
                        RecordState.ofCode(row.getInt(5))))
                .list();
    }

    /** Whether it was returned of an earlier order before, and is given again of this one. */
    boolean isAgain() {
        return key.equals(refundId) && !firstId(refundId).equals(refundId);
    }

    /** The id without what a revision added. */
    static String firstId(String id) {
        return id.replaceFirst(REVISED, "");
    }
}
