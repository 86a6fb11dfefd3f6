package dev.posbridge.gameball;

import dev.posbridge.pos.LineItem;
import java.math.BigDecimal;
import java.util.List;

/**
 * A line item of an order or a refund.
 *
 * @param price of one unit, before tax and discount
 * @param taxes of the line, as {@code discount}, which is positive
 */
public record Product(
        String productId,
        String sku,
        String title,
        BigDecimal quantity,
        BigDecimal price,
        BigDecimal taxes,
        BigDecimal discount,
        List<String> category,
        String vendor) {

    static Product of(LineItem line) {
        return new Product(
                line.productId(),
                line.sku(),
                line.title(),
                line.quantity(),
                line.price(),
                line.taxes(),
                line.discount(),
                line.category() == null ? null : List.of(line.category()),
                line.vendor());
    }
}
