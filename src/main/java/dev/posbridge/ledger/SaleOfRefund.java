package dev.posbridge.ledger;

import org.jdbi.v3.core.Handle;

/** The sale that a refund takes back, as far as this ledger knows it; its amount in ten-thousandths. */
record SaleOfRefund(String customerId, RecordState state, long amount) {

    /** @return null where no such sale was ever taken in */
    static SaleOfRefund find(Handle handle, String orderId) {
        if (orderId == null) {
            return null;
        }
        return handle.select(
                        "select customer_id, state, amount_e4 from record where order_id = ? and kind = 1 and revision = 0",
                        orderId)
                .map((row, context) -> new SaleOfRefund(
                        row.getString(1), RecordState.ofCode(row.getInt(2)), row.getLong(3)))
                .findOne()
                .orElse(null);
    }

    /** What was already given back of the order, or is being given back; in ten-thousandths. */
    static long refunded(Handle handle, String orderId) {
        return handle.select(
                        "select coalesce(sum(amount_e4), 0) from record where original = ? and kind = 2 and state in (1, 4)",
                        orderId)
                .mapTo(Long.class)
                .one();
    }
}
