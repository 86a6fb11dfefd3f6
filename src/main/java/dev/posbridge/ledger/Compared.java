package dev.posbridge.ledger;

import java.math.BigDecimal;

/**
 * What came of comparing.
 *
 * @param stated null for what only Gameball knows of
 * @param difference null where both say the same
 * @param orderId that of the sale or refund
 * @param text what differs, for a person; null where nothing does
 * @param points that Gameball told and the ledger does not know yet; null for none
 * @param repair what to do about it
 */
public record Compared(
        Stated stated,
        Difference difference,
        String orderId,
        BigDecimal amount,
        String text,
        BigDecimal points,
        Repair repair) {

    /** What to do about a difference. */
    public enum Repair {
        NOTHING(null),
        SETTLE("settled as delivered"),
        SEND_AGAIN("to be sent again");

        private final String words;

        Repair(String words) {
            this.words = words;
        }

        /** What was done, once it was; null for nothing. */
        public String words() {
            return words;
        }
    }

    /** Both say the same. */
    public static Compared equal(Stated stated, BigDecimal newPoints) {
        return new Compared(stated, null, stated.orderId(), stated.amount(), null, newPoints, Repair.NOTHING);
    }

    public static Compared differs(Stated stated, Difference difference, String text) {
        return new Compared(stated, difference, stated.orderId(), stated.amount(), text, null, Repair.NOTHING);
    }

    public static Compared unknownHere(String refund, BigDecimal amount, String text) {
        return new Compared(null, Difference.NOT_OURS, refund, amount, text, null, Repair.NOTHING);
    }

    /** The same, with what can be done. */
    public Compared repairedBy(Repair how, BigDecimal pointsOfIt) {
        return new Compared(stated, difference, orderId, amount, text, pointsOfIt, how);
    }

    /** The same, to be left to a person. */
    public Compared leftAlone() {
        return new Compared(
                stated, difference, orderId, amount, text, difference == null ? points : null, Repair.NOTHING);
    }
}
