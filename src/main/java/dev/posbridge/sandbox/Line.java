package dev.posbridge.sandbox;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** A line item, reduced to what it is worth: price x quantity + taxes - discount. A negative price counts nothing. */
record Line(String productId, BigDecimal quantity, BigDecimal worth) {
    private static final Set<String> KNOWN = Set.of(
            ("productId quantity price sku title category collection tags vendor weight taxes " + "discount extra")
                    .split(" "));

    static List<Line> readAll(Fields owner) {
        return owner.objects("lineItems").stream().map(Line::read).toList();
    }

    private static Line read(Fields fields) {
        fields.only(KNOWN).texts("category", "collection", "tags");
        fields.flat("extra");
        fields.text("sku");
        fields.text("title");
        fields.text("vendor");
        fields.amount("weight");
        BigDecimal quantity = Objects.requireNonNullElse(fields.amount("quantity"), BigDecimal.ONE);
        BigDecimal price = Objects.requireNonNullElse(fields.number("price"), BigDecimal.ZERO);
        BigDecimal taxes = Objects.requireNonNullElse(fields.amount("taxes"), BigDecimal.ZERO);
        BigDecimal discount = Objects.requireNonNullElse(fields.amount("discount"), BigDecimal.ZERO);
        BigDecimal worth = price.signum() < 0
                ? BigDecimal.ZERO
                : price.multiply(quantity).add(taxes).subtract(discount);
        return new Line(fields.text("productId"), quantity, worth);
    }
}
