package dev.posbridge.vendor.rule;

import dev.posbridge.pos.LineItem;
import dev.posbridge.vendor.format.Row;
import dev.posbridge.vendor.value.Amount;
import dev.posbridge.vendor.value.Condition;
import dev.posbridge.vendor.value.Facts;
import dev.posbridge.vendor.value.Template;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the parts of a line item stand; each row of a receipt is one. All but {@code price} may be null.
 *
 * @param when rows for which it does not hold are no line items
 * @param quantity null where every row is one piece
 */
public record LinesPlan(
        Condition when,
        Template productId,
        Template sku,
        Template title,
        Amount quantity,
        Amount price,
        Amount taxes,
        Amount discount,
        Template category,
        Template vendor) {

    List<LineItem> of(Facts facts, List<Row> rows) {
        List<LineItem> lines = new ArrayList<>(rows.size());
        Row head = facts.row();
        for (Row row : rows) {
            facts.at(row);
            if (when == null || when.holds(row)) {
                lines.add(line(facts));
            }
        }
        facts.at(head);
        return lines;
    }

    static BigDecimal sum(List<LineItem> lines) {
        BigDecimal sum = BigDecimal.ZERO;
        for (LineItem line : lines) {
            sum = sum.add(line.total());
        }
        return sum;
    }

    private LineItem line(Facts facts) {
        return new LineItem(
                text(productId, facts),
                text(sku, facts),
                text(title, facts),
                quantity == null ? BigDecimal.ONE : quantity.required(facts),
                price.required(facts),
                taxes == null ? null : taxes.optional(facts),
                discount == null ? null : discount.optional(facts),
                text(category, facts),
                text(vendor, facts));
    }

    private static String text(Template template, Facts facts) {
        return template == null ? null : template.of(facts);
    }
}
