package dev.posbridge.vendor.rule;

import dev.posbridge.pos.LineItem;
import dev.posbridge.pos.Reason;
import dev.posbridge.vendor.format.Row;
import dev.posbridge.vendor.value.Amount;
import dev.posbridge.vendor.value.Condition;
import dev.posbridge.vendor.value.Facts;
import dev.posbridge.vendor.value.Template;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Where the parts of a line item stand; each row of a receipt is one. All may be null, but either {@code price} or
 * {@code amount}.
 *
 * @param when rows for which it does not hold are no line items
 * @param excluded lines for which it holds earn nothing; null for none
 * @param returned lines for which it holds are taken back in an exchange; null for those of negative quantity
 * @param quantity null where every row is one piece
 * @param price of one piece
 * @param amount of all of them, before taxes and discount
 * @param byLine whether each line is rounded before they are summed, as tills do; else the sum is
 * @param digits of the currency
 */
public record LinesPlan(
        Condition when,
        Condition excluded,
        Condition returned,
        Template productId,
        Template sku,
        Template title,
        Amount quantity,
        Amount price,
        Amount amount,
        Amount taxes,
        Amount discount,
        Template category,
        Template vendor,
        boolean byLine,
        int digits) {

    private static final int MOST_DECIMALS = 12;

    /** Every line of the receipt. */
    Basket of(Facts facts, List<Row> rows) {
        return of(facts, rows, false);
    }

    /** @param exchange whether lines that were taken back are put aside */
    Basket of(Facts facts, List<Row> rows, boolean exchange) {
        List<LineItem> items = new ArrayList<>(rows.size());
        List<LineItem> back = new ArrayList<>();
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal backSum = BigDecimal.ZERO;
        BigDecimal excludedSum = BigDecimal.ZERO;
        LineSigns signs = new LineSigns(quantity, price == null ? amount : price, price != null);
        Row head = facts.row();
        for (Row row : rows) {
            facts.at(row);
            if (when != null && !when.holds(row, facts)) {
                continue;
            }
            signs.check(facts);
            LineItem line = line(facts);
            BigDecimal total = byLine ? rounded(line.total()) : line.total();
            if (excluded != null && excluded.holds(row, facts)) {
                excludedSum = excludedSum.add(total);
            } else if (exchange && isReturned(line, row, facts)) {
                back.add(line);
                backSum = backSum.subtract(total);
            } else {
                items.add(line);
                sum = sum.add(total);
            }
        }
        facts.at(head);
        boolean positive =
                !back.isEmpty() && (backSum.signum() < 0 || backSum.signum() == 0 && !Netting.isAnyNegative(back));
        return new Basket(
                items,
                positive ? turned(back) : back,
                rounded(sum),
                rounded(backSum.abs()),
                rounded(excludedSum),
                digits);
    }

    /** The rows that an exchange takes back. */
    List<Row> returnedRows(Facts facts, List<Row> rows) {
        List<Row> found = new ArrayList<>();
        Row head = facts.row();
        for (Row row : rows) {
            facts.at(row);
            if ((when == null || when.holds(row, facts)) && isReturned(line(facts), row, facts)) {
                found.add(row);
            }
        }
        facts.at(head);
        return found;
    }

    /** By which rows of one receipt are told apart. */
    List<Condition> conditions() {
        return Stream.of(when, excluded, returned).filter(Objects::nonNull).toList();
    }

    private boolean isReturned(LineItem line, Row row, Facts facts) {
        return returned == null ? line.quantity().signum() < 0 : returned.holds(row, facts);
    }

    /**
     * Lines that go the other way. Tills write what came back with a minus, or without; what goes the other way than the rest
     * of it, as a void within a return, lowers it in both.
     */
    static List<LineItem> turned(List<LineItem> lines) {
        return lines.stream()
                .map(line -> directed(line, Netting.isNegative(line) ? BigDecimal.ONE : BigDecimal.ONE.negate()))
                .toList();
    }

    /** The sign stands at the quantity, and at what goes along with it. */
    private static LineItem directed(LineItem line, BigDecimal sign) {
        return new LineItem(
                line.productId(),
                line.sku(),
                line.title(),
                line.quantity().abs().multiply(sign),
                line.price().abs(),
                line.taxes() == null ? null : line.taxes().abs().multiply(sign),
                line.discount() == null ? null : line.discount().abs().multiply(sign),
                line.category(),
                line.vendor());
    }

    private BigDecimal rounded(BigDecimal amount) {
        return amount.setScale(digits, RoundingMode.HALF_UP);
    }

    private LineItem line(Facts facts) {
        BigDecimal many = quantity == null ? BigDecimal.ONE : unsigned(quantity, facts);
        BigDecimal each = price == null ? each(amount.dropsSign() ? many.abs() : many, facts) : unsigned(price, facts);
        boolean negative = many.signum() < 0 ^ each.signum() < 0;
        if (many.signum() < 0 && each.signum() < 0) {
            throw facts.fault(
                    0,
                    Reason.AMOUNT_INVALID,
                    "quantity " + many.toPlainString() + " and price " + each.toPlainString()
                            + (price == null ? " (the amount by the quantity)" : "")
                            + " are both negative, expected one of them. Correct the row and replay, or say what the"
                            + " sign of "
                            + (price == null ? "amount" : "one")
                            + " means (sign: dropped) in " + facts.profile() + ".");
        }
        return new LineItem(
                text(productId, facts),
                text(sku, facts),
                text(title, facts),
                many,
                each,
                along(taxes, negative, facts),
                along(discount, negative, facts),
                text(category, facts),
                text(vendor, facts));
    }

    /** The price of one piece, with as few decimals as come to the line's amount again. */
    private BigDecimal each(BigDecimal many, Facts facts) {
        BigDecimal all = unsigned(amount, facts);
        if (amount.dropsSign() && many.signum() < 0) {
            return each(many.negate(), facts); // The quantity says which way the line goes.
        }
        if (all.signum() == 0 || many.compareTo(BigDecimal.ONE) == 0) {
            return all;
        }
        if (many.signum() == 0) {
            throw facts.fault(
                    amount.from().column(facts),
                    Reason.AMOUNT_INVALID,
                    "the line's quantity is 0, but its amount is " + all.toPlainString()
                            + ", expected both or neither. Correct the row and replay.");
        }
        int scale = Math.max(digits, all.scale());
        BigDecimal found = all.divide(many, scale, RoundingMode.HALF_UP);
        while (scale < MOST_DECIMALS
                && found.multiply(many)
                                .setScale(all.scale(), RoundingMode.HALF_UP)
                                .compareTo(all)
                        != 0) {
            scale++;
            found = all.divide(many, scale, RoundingMode.HALF_UP);
        }
        return found;
    }

    private static BigDecimal unsigned(Amount amount, Facts facts) {
        return amount.dropsSign() ? amount.required(facts) : amount.requiredSigned(facts);
    }

    /** Taxes and discount go the way of their line. */
    private static BigDecimal along(Amount amount, boolean negative, Facts facts) {
        if (amount == null) {
            return null;
        }
        if (!negative) {
            return amount.optional(facts);
        }
        BigDecimal found = amount.signed(facts);
        if (found == null || found.signum() <= 0) {
            return found;
        }
        if (amount.dropsSign()) {
            return found.negate();
        }
        throw facts.fault(
                amount.from().column(facts),
                Reason.AMOUNT_INVALID,
                amount.what() + " \"" + amount.from().of(facts)
                        + "\" is positive on a line that takes back, expected zero"
                        + " or less. Correct the row and replay, or say what its sign means (sign) in "
                        + facts.profile() + ".");
    }

    private static String text(Template template, Facts facts) {
        return template == null ? null : template.of(facts);
    }
}
