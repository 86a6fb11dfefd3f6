package dev.posbridge.vendor.rule;

import dev.posbridge.pos.Reason;
import dev.posbridge.vendor.format.Row;
import dev.posbridge.vendor.value.Facts;
import java.math.BigDecimal;
import java.util.List;

/**
 * What a receipt must come to by its own parts.
 *
 * @param of the amount that is compared
 * @param with what it must come to
 * @param tolerance by how much it may differ
 */
public record Balance(Sum of, Sum with, BigDecimal tolerance) {
    void check(Facts facts, List<Row> rows, Basket basket) {
        BigDecimal found = of.asWritten(facts, rows, basket);
        BigDecimal expected = with.signed(facts, rows, basket);
        if (found.subtract(expected).abs().compareTo(tolerance) > 0) {
            throw facts.fault(
                    0,
                    Reason.TOTALS_DISAGREE,
                    "balance: " + of.terms().get(0).name().substring(2) + " is " + found.toPlainString()
                            + ", but the receipt's parts come to " + with.written(facts, rows, basket)
                            + ", expected the same within "
                            + tolerance.toPlainString() + ". " + Reason.TOTALS_DISAGREE.remedy());
        }
    }
}
