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
        boolean dropsMoney = money.dropsSign();
        boolean dropsQuantity = quantity != null && quantity.dropsSign();
        if (!dropsMoney && !dropsQuantity) {
            return;
        }
        BigDecimal many = quantity == null ? BigDecimal.ONE : orZero(quantity.signed(facts));
        BigDecimal cost = orZero(money.signed(facts));
        int group = ALL;
        int here;
        if (ofPiece) {
            here = many.signum() * cost.signum();
        } else if (dropsMoney && dropsQuantity) {
            here = cost.signum() == 0 ? 0 : many.signum() < 0 || cost.signum() < 0 ? -1 : 1;
        } else if (dropsMoney) {
            group = many.signum() < 0 ? BELOW_ZERO : ABOVE; // The quantity says which way; the cost may follow it.
            here = cost.signum();
        } else {
            group = cost.signum() < 0 ? BELOW_ZERO : ABOVE;
            here = many.signum();
        }
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

    private static BigDecimal orZero(BigDecimal amount) {
        return amount == null ? BigDecimal.ZERO : amount;
    }
}
