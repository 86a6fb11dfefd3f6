package dev.posbridge.ledger;

import dev.posbridge.pos.Reason;
import java.math.BigDecimal;

/**
 * What the ledger knows of a sale or a refund that a till asked for.
 *
 * @param customerId whose it is, or null where the till named none and the sale is not known
 * @param known whether the ledger had the same before, from whichever source
 * @param reason why it is dead, skipped or parked, or what was noted of it; null for none
 * @param message the same for a person, where it is dead; else null
 * @param points that Gameball answered: earned by a sale, taken back by a refund; null where it did not say
 * @param redeemed points that the sale spent, as Gameball answered; null as above
 */
public record DeskRecord(
        long id,
        String key,
        String orderId,
        String customerId,
        boolean known,
        RecordState state,
        Reason reason,
        String message,
        BigDecimal points,
        BigDecimal redeemed) {

    /** The same, as something that the ledger had before. */
    public DeskRecord asKnown() {
        return new DeskRecord(id, key, orderId, customerId, true, state, reason, message, points, redeemed);
    }
}
