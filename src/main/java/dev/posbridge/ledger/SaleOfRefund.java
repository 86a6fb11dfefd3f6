package dev.posbridge.ledger;

import dev.posbridge.pos.CustomerDetails;
import dev.posbridge.pos.Position;
import dev.posbridge.pos.RecordKind;
import org.jdbi.v3.core.Handle;

/** The sale that a refund takes back, as far as this ledger knows it; its amount in ten-thousandths. */
record SaleOfRefund(long id, String customerId, RecordState state, long amount) {

    /** @return null where no such sale was ever taken in */
    static SaleOfRefund find(Handle handle, String orderId) {
        if (orderId == null) {
            return null;
        }
        return handle.select(
                        "select id, customer_id, state, amount_e4 from record where order_id = ? and kind = 1 and revision = 0",
                        orderId)
                .map((row, context) -> new SaleOfRefund(
                        row.getLong(1), row.getString(2), RecordState.ofCode(row.getInt(3)), row.getLong(4)))
                .findOne()
                .orElse(null);
    }

    /** Who bought, with whatever the till knew of them then. */
    CustomerDetails buyer(Handle handle) {
        String canonical = handle.select("select canonical from payload where record_id = ?", id)
                .mapTo(String.class)
                .one();
        return CanonicalJson.read(RecordKind.SALE, Position.ofFile("ledger"), canonical)
                .customer();
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
