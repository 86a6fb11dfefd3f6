package dev.posbridge.vendor.rule;

import dev.posbridge.pos.LineItem;
import java.math.BigDecimal;
import java.util.List;

/**
 * A receipt's lines and what they come to.
 *
 * @param items as the till wrote them: those that take back are negative
 * @param returned those that an exchange takes back: negative, but for what voids one of them; they are not among the items
 * @param sum what the items come to, those that take back subtracted
 * @param returnedSum what was taken back, zero or more
 * @param excluded what the lines come to that earn nothing; they are not among the items
 * @param digits of the currency
 */
record Basket(
        List<LineItem> items,
        List<LineItem> returned,
        BigDecimal sum,
        BigDecimal returnedSum,
        BigDecimal excluded,
        int digits) {
    static Basket empty(int digits) {
        return new Basket(List.of(), List.of(), BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, digits);
    }

    /** The items as Gameball takes them. */
    List<LineItem> legal() {
        return Netting.of(items, digits);
    }

    /** What was taken back as a refund lists it: without signs, and without what was voided again. */
    List<LineItem> legalReturned() {
        return Netting.of(LinesPlan.turned(returned), digits);
    }

    /** Whether something came back that was not voided again. */
    boolean takesBack() {
        return returnedSum.signum() != 0 || !legalReturned().isEmpty();
    }

    /** Everything on the receipt, what an exchange takes back included. */
    Basket together() {
        List<LineItem> all = new java.util.ArrayList<>(items);
        all.addAll(returned);
        return new Basket(all, List.of(), sum.subtract(returnedSum), BigDecimal.ZERO, excluded, digits);
    }

    BigDecimal prices() {
        return items.stream()
                .map(line -> line.price().multiply(line.quantity()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    BigDecimal taxes() {
        return items.stream()
                .map(line -> line.taxes() == null ? BigDecimal.ZERO : line.taxes())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    BigDecimal discounts() {
        return items.stream()
                .map(line -> line.discount() == null ? BigDecimal.ZERO : line.discount())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
