package dev.posbridge.ledger;

import dev.posbridge.pos.LineItem;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a receipt moved: products and how many of each, however its lines are ordered or split. A line without product id
 * is known by its SKU, and without that by its title.
 */
final class Goods {
    private Goods() {}

    /** One text for the same goods. */
    static String of(List<LineItem> lines) {
        if (lines.size() == 1) {
            LineItem line = lines.get(0);
            return one(product(line), line.quantity());
        }
        return quantities(lines).entrySet().stream()
                .map(product -> one(product.getKey(), product.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static Map<String, BigDecimal> quantities(List<LineItem> lines) {
        Map<String, BigDecimal> quantities = new TreeMap<>();
        lines.forEach(line -> quantities.merge(product(line), line.quantity(), BigDecimal::add));
        return quantities;
    }

    private static String one(String product, BigDecimal quantity) {
        return quantity.stripTrailingZeros().toPlainString() + " of \"" + product + '"';
    }

    private static String product(LineItem line) {
        if (line.productId() != null) {
            return line.productId();
        }
        if (line.sku() != null) {
            return line.sku();
        }
        return line.title() == null ? "" : line.title();
    }
}
