package dev.posbridge.pos;

import java.math.BigDecimal;

/**
 * One product on a receipt. Amounts are in the receipt's currency, quantities and amounts are never negative: the
 * direction lies in the record's kind.
 *
 * @param price of one unit, before tax and discount
 * @param taxes of the whole line, or null
 * @param discount of the whole line, or null
 */
public record LineItem(
        String productId,
        String sku,
        String title,
        BigDecimal quantity,
        BigDecimal price,
        BigDecimal taxes,
        BigDecimal discount,
        String category,
        String vendor) {

    /** What the line comes to: price x quantity + taxes - discount, exact. */
    public BigDecimal total() {
        BigDecimal total = price.multiply(quantity);
        if (taxes != null) {
            total = total.add(taxes);
        }
        return discount == null ? total : total.subtract(discount);
    }
}
