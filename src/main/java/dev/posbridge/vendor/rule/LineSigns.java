package dev.posbridge.vendor.rule;

import dev.posbridge.pos.Reason;
import dev.posbridge.vendor.value.Amount;
import dev.posbridge.vendor.value.Facts;
import java.math.BigDecimal;

/**
 * Which way the lines of one receipt go, where the profile drops signs: dropping those of lines that go both ways would add
 * what the till took off. For one receipt.
 */
final class LineSigns {
    private static final int ALL = 0;
    private static final int BELOW_ZERO = 1;
    private static final int ABOVE = 2;

    private final Amount quantity;
    private final Amount money;
    private final boolean ofPiece;
    private final int[] seen = new int[3];

    /**
     * @param quantity null where every line is one piece
     * @param money price of a piece, or what all of them cost
     */
    LineSigns(Amount quantity, Amount money, boolean ofPiece) {
        this.quantity = quantity;
        this.money = money;
        this.ofPiece = ofPiece;
    }

    /** Refuses a line that goes the other way than those before it. */
    void check(Facts facts) {
        if (!money.dropsSign() && !dropsQuantity()) {
            return;
        }
        BigDecimal many = quantity == null ? BigDecimal.ONE : orZero(quantity.signed(facts));
        BigDecimal cost = orZero(money.signed(facts));
        int group = group(many, cost);
        int here = way(many, cost);
        if (seen[group] * here < 0) {
            throw facts.fault(
                    0,
                    Reason.AMOUNT_INVALID,
                    "the line of quantity " + many.toPlainString() + " and " + money.what() + " " + cost.toPlainString()
                            + " goes the other way than those before it, and \"absolute\" would add what it takes off."
                            + " Remove absolute from lines in " + facts.profile() + ".");
        }
        seen[group] = here == 0 ? seen[group] : here;
    }

    private boolean dropsQuantity() {
        return quantity != null && quantity.dropsSign();
    }

    /** Lines that the sign which is kept tells apart may differ in the one that is dropped. */
    private int group(BigDecimal many, BigDecimal cost) {
        if (ofPiece || money.dropsSign() && dropsQuantity()) {
            return ALL;
        }
        return (money.dropsSign() ? many : cost).signum() < 0 ? BELOW_ZERO : ABOVE;
    }

    private int way(BigDecimal many, BigDecimal cost) {
        if (ofPiece) {
            return many.signum() * cost.signum();
        }
        if (money.dropsSign() && dropsQuantity()) {
            return cost.signum() == 0 || many.signum() > 0 && cost.signum() > 0 ? cost.signum() : -1;
        }
        return (money.dropsSign() ? cost : many).signum();
    }

    private static BigDecimal orZero(BigDecimal amount) {
        return amount == null ? BigDecimal.ZERO : amount;
    }
}
