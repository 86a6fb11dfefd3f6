package dev.posbridge.vendor;

import java.math.BigDecimal;

/**
 * How many bad receipts mean that the profile is wrong rather than the receipts.
 *
 * @param share of all receipts, 0.02 for 2 %
 * @param atLeast fewer bad receipts than this never reject a file
 */
public record RejectAbove(BigDecimal share, int atLeast) {
    static final RejectAbove DEFAULT = new RejectAbove(new BigDecimal("0.02"), 5);

    @Override
    public String toString() {
        return share.movePointRight(2).stripTrailingZeros().toPlainString() + " %, and at least " + atLeast;
    }

    /** True where that many bad receipts of that many are too many. */
    public boolean exceededBy(long bad, long receipts) {
        return bad >= atLeast && share.multiply(BigDecimal.valueOf(receipts)).compareTo(BigDecimal.valueOf(bad)) < 0;
    }
}
