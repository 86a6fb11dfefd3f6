package dev.posbridge.vendor.rule;

import dev.posbridge.pos.LineItem;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Makes line items without negative amounts that come to the same as lines of which some take back: Gameball passes over
 * a line with a negative price in silence. A line that takes back a product that stands on the receipt lowers that line's
 * quantity (a paired void); any other (a reward) becomes a discount, spread over the lines by what they come to.
 */
final class Netting {
    /** A line from which something may still be taken. */
    private static final class Open {
        private final LineItem line;
        private BigDecimal quantity;
        private BigDecimal taxes;
        private BigDecimal discount;

        Open(LineItem line) {
            this.line = line;
            this.quantity = line.quantity();
            this.taxes = line.taxes();
            this.discount = line.discount();
        }

        BigDecimal total() {
            return close().total();
        }

        LineItem close() {
            return new LineItem(
                    line.productId(),
                    line.sku(),
                    line.title(),
                    quantity,
                    line.price(),
                    taxes,
                    discount,
                    line.category(),
                    line.vendor());
        }
    }

    private final List<Open> open = new ArrayList<>();
    private final int digits;
    private BigDecimal rest = BigDecimal.ZERO;

    private Netting(int digits) {
        this.digits = digits;
    }

    static boolean isAnyNegative(List<LineItem> lines) {
        for (LineItem line : lines) {
            if (isNegative(line)) {
                return true;
            }
        }
        return false;
    }

    static boolean isNegative(LineItem line) {
        return line.quantity().signum() < 0 || line.price().signum() < 0;
    }

    /**
     * The lines, none of them negative.
     *
     * @param lines come to zero or more together
     * @param digits of the currency
     */
    static List<LineItem> of(List<LineItem> lines, int digits) {
        if (!isAnyNegative(lines)) {
            return lines;
        }
        Netting netting = new Netting(digits);
        lines.stream().filter(line -> !isNegative(line)).map(Open::new).forEach(netting.open::add);
        lines.stream().filter(Netting::isNegative).forEach(netting::take);
        netting.open.removeIf(line -> line.quantity.signum() == 0);
        netting.spread();
        return netting.open.stream().map(Open::close).toList();
    }

    private void take(LineItem negative) {
        BigDecimal left = negative.quantity().abs();
        BigDecimal taxes = orZero(negative.taxes()).abs();
        BigDecimal discount = orZero(negative.discount()).abs();
        for (int index = open.size() - 1; index >= 0 && left.signum() > 0; index--) {
            Open line = open.get(index);
            if (line.quantity.signum() > 0 && isSame(line.line, negative)) {
                BigDecimal taken = left.min(line.quantity);
                left = left.subtract(taken);
                line.quantity = line.quantity.subtract(taken);
                boolean gone = line.quantity.signum() == 0;
                BigDecimal lessTaxes = gone ? orZero(line.taxes) : taxes.min(orZero(line.taxes));
                BigDecimal lessDiscount = gone ? orZero(line.discount) : discount.min(orZero(line.discount));
                taxes = taxes.subtract(lessTaxes);
                discount = discount.subtract(lessDiscount);
                line.taxes = line.taxes == null ? null : line.taxes.subtract(lessTaxes);
                line.discount = line.discount == null ? null : line.discount.subtract(lessDiscount);
            }
        }
        BigDecimal goods = left.multiply(negative.price().abs());
        rest = rest.add(goods).add(taxes).subtract(discount);
    }

    private static boolean isSame(LineItem line, LineItem negative) {
        return line.price().compareTo(negative.price().abs()) == 0
                && Objects.equals(line.productId(), negative.productId())
                && Objects.equals(line.sku(), negative.sku())
                && Objects.equals(line.title(), negative.title());
    }

    /** Each line bears its share; what rounding leaves goes where there is room. */
    private void spread() {
        BigDecimal whole = open.stream().map(Open::total).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal left = rest.min(whole);
        if (left.signum() <= 0) {
            return;
        }
        BigDecimal shared = left;
        for (Open line : open) {
            BigDecimal share = shared.multiply(line.total()).divide(whole, digits, RoundingMode.DOWN);
            left = left.subtract(lower(line, share));
        }
        for (Open line : open) {
            left = left.subtract(lower(line, left));
        }
    }

    /** What the line took of it. */
    private static BigDecimal lower(Open line, BigDecimal by) {
        BigDecimal taken = by.min(line.total()).max(BigDecimal.ZERO);
        if (taken.signum() > 0) {
            line.discount = orZero(line.discount).add(taken);
        }
        return taken;
    }

    private static BigDecimal orZero(BigDecimal amount) {
        return amount == null ? BigDecimal.ZERO : amount;
    }
}
