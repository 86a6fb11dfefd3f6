package dev.posbridge.ledger;

import dev.posbridge.pos.Reason;
import dev.posbridge.pos.Refund;
import java.math.BigDecimal;
import org.jdbi.v3.core.Handle;

/**
 * How much a refund takes back. Never more than what is left of its sale: a till rounds the other way, or gives list prices
 * back, and Gameball takes back what is left and not the extra value. Amounts are in ten-thousandths.
 *
 * @param amount to be sent
 * @param refusal how the refund ends where nothing is sent, else null
 */
record RefundAmount(long amount, boolean isCapped, Outcome refusal) {
    boolean isSendable() {
        return refusal == null;
    }

    /**
     * @param open the refund as the ledger has it
     * @param sale its sale, or null where it is not known here: then Gameball knows what is left
     * @param cap by how much of the sale it may exceed what is left
     */
    @SuppressWarnings("PMD.CyclomaticComplexity") // One decision, read from top to bottom.
    static RefundAmount of(Handle handle, OpenRecord open, Refund refund, SaleOfRefund sale, BigDecimal cap) {
        long before = SaleOfRefund.refunded(handle, open.original(), open.id());
        long total = sale == null ? Long.MAX_VALUE : sale.refundable(handle);
        long left = sale == null ? Long.MAX_VALUE : total - before;
        if (sale != null && total == 0 && sale.redemptionLost()) {
            return refused(Outcome.skipped(Reason.NOTHING_TO_GIVE_BACK));
        }
        if (refund.wholeSale()) {
            return left > 0 ? new RefundAmount(left, false, null) : exceeds(open, refund, 0, left);
        }
        long asked = Amounts.stored(refund.amount().amount()) - (refund.soFar() ? before : 0);
        if (refund.soFar() && asked <= 0) {
            return refused(asked == 0 || isOvertaken(handle, open) ? already() : shrunk(open, refund, before));
        }
        if (asked <= 0) {
            return exceeds(open, refund, asked, left);
        }
        if (asked <= left) {
            return new RefundAmount(asked, false, null);
        }
        BigDecimal most = cap.multiply(BigDecimal.valueOf(total));
        boolean mayBeCapped = left > 0 && BigDecimal.valueOf(asked - left).compareTo(most) <= 0;
        return mayBeCapped ? new RefundAmount(left, true, null) : exceeds(open, refund, asked, left);
    }

    /** Whether a later word on what was given back of the sale went before it. */
    private static boolean isOvertaken(Handle handle, OpenRecord open) {
        return handle.select(
                        "select exists (select 1 from record where original = ? and kind = 2 and id > ? and state in (1, 4))",
                        open.original(),
                        open.id())
                .mapTo(Boolean.class)
                .one();
    }

    private static RefundAmount refused(Outcome how) {
        return new RefundAmount(0, false, how);
    }

    private static Outcome already() {
        return Outcome.skipped(Reason.REFUNDED_ALREADY);
    }

    private static Outcome shrunk(OpenRecord open, Refund refund, long before) {
        String problem =
                open.position() + ": " + refund.amount() + " was given back so far of sale \"" + open.original()
                        + "\", but " + words(refund, before) + " was taken back already. "
                        + "Look at the sale in the till, and correct it at Gameball by hand or discard.";
        return Outcome.dead(Reason.REFUND_EXCEEDS_SALE, problem);
    }

    private static RefundAmount exceeds(OpenRecord open, Refund refund, long asked, long left) {
        String problem = open.position() + ": refund of " + words(refund, asked) + " for sale \"" + open.original()
                + "\", of which only " + words(refund, Math.max(0, left)) + " is left. "
                + Reason.REFUND_EXCEEDS_SALE.remedy();
        return refused(Outcome.dead(Reason.REFUND_EXCEEDS_SALE, problem));
    }

    /** With the decimals that the currency has, where the till named one: 500 of Japan, 500.00 of Britain. */
    private static String words(Refund refund, long amount) {
        BigDecimal exact = Amounts.amount(amount);
        int digits = refund.amount() == null
                ? exact.scale()
                : Math.max(0, refund.amount().currency().getDefaultFractionDigits());
        int needed = Math.max(0, exact.stripTrailingZeros().scale());
        return exact.setScale(Math.max(digits, needed)).toPlainString();
    }
}
