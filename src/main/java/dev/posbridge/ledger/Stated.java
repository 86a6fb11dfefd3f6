package dev.posbridge.ledger;

import java.math.BigDecimal;

/**
 * What the ledger says of a sale or a refund, to be compared with what Gameball holds.
 *
 * @param orderId of the sale, or of the refund itself
 * @param original order id of the sale that a refund takes back; null for a sale
 * @param place file and line, or queue and message
 * @param reason why it is dead or parked, null for none
 * @param points null where they are unknown
 * @param sendable whether it could be sent once more just as it was: what it said is still here, and it spent no points
 */
public record Stated(
        long record,
        String orderId,
        String original,
        String place,
        RecordState state,
        String reason,
        BigDecimal amount,
        BigDecimal points,
        boolean sendable) {

    public boolean isRefund() {
        return original != null;
    }

    public boolean isDelivered() {
        return state == RecordState.DELIVERED;
    }

    /** Whose history tells of it. */
    public String order() {
        return original == null ? orderId : original;
    }
}
