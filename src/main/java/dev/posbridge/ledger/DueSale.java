package dev.posbridge.ledger;

import dev.posbridge.pos.Position;
import dev.posbridge.pos.RecordKind;
import dev.posbridge.pos.Sale;
import java.time.Instant;

/**
 * A sale that could go by batch now; nothing is claimed yet.
 *
 * @param sentTime the time to tell Gameball
 * @param canonical the sale's JSON, read by {@link #sale()}
 */
public record DueSale(
        long recordId,
        String orderId,
        String customerId,
        String position,
        Instant sentTime,
        Way way,
        boolean customerKnown,
        String canonical) {

    public Sale sale() {
        int colon = position.lastIndexOf(':');
        return (Sale) CanonicalJson.read(
                RecordKind.SALE,
                Position.ofRow(position.substring(0, colon), Long.parseLong(position.substring(colon + 1))),
                canonical);
    }
}
