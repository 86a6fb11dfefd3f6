package dev.posbridge.gameball;

import dev.posbridge.RecordRejectedException;
import dev.posbridge.pos.LineItem;
import dev.posbridge.pos.Money;
import dev.posbridge.pos.Position;
import dev.posbridge.pos.Reason;
import java.math.BigDecimal;
import java.util.List;

/**
 * The amounts of one record, none of them negative: Gameball passes over a line with a negative price in silence, and the
 * customer would earn too much.
 */
record Amounts(Position position) {

    /** Null where the till does not say. */
    BigDecimal total(String field, Money money) {
        return money == null ? null : zeroOrMore(field, money.amount());
    }

    BigDecimal moreThanZero(String field, BigDecimal amount) {
        if (amount.signum() <= 0) {
            throw invalid(field, amount, "more than zero");
        }
        return amount;
    }

    /** Null where the till gives no lines. */
    List<Product> products(List<LineItem> lines) {
        for (LineItem line : lines) {
            zeroOrMore("quantity", line.quantity());
            zeroOrMore("price", line.price());
            zeroOrMore("taxes", line.taxes());
            zeroOrMore("discount", line.discount());
        }
        return lines.isEmpty() ? null : lines.stream().map(Product::of).toList();
    }

    private BigDecimal zeroOrMore(String field, BigDecimal amount) {
        if (amount != null && amount.signum() < 0) {
            throw invalid(field, amount, "zero or more");
        }
        return amount;
    }

    private RecordRejectedException invalid(String field, BigDecimal found, String expected) {
        return new RecordRejectedException(
                position,
                Reason.AMOUNT_INVALID,
                field + ": found \"" + found.toPlainString() + "\", expected " + expected
                        + ". Correct the amount, or the sign in the profile, and replay.");
    }
}
