package dev.posbridge.vendor.rule;

import dev.posbridge.pos.CustomerDetails;
import dev.posbridge.pos.LineItem;
import dev.posbridge.pos.Refund;
import dev.posbridge.vendor.format.Row;
import dev.posbridge.vendor.value.Facts;
import dev.posbridge.vendor.value.Moments.Moment;
import dev.posbridge.vendor.value.Template;
import java.math.BigDecimal;
import java.util.List;

/**
 * Receipts that took something back.
 *
 * @param original template of the sale's key; null where the sale is found by product
 * @param whole whether all of the sale is taken back, whatever amount the file says
 */
public record RefundRule(Heading heading, Receipts receipts, Template original, boolean whole) implements Rule {
    @Override
    public boolean appliesTo(Row first) {
        return heading.appliesTo(first);
    }

    @Override
    public Refund record(Facts facts, List<Row> rows) {
        String key = heading.key().required("key", facts);
        facts.key(key);
        receipts.checkCurrency(facts);
        CustomerDetails customer =
                heading.customer() == null ? null : heading.customer().of(facts);
        String sale = original == null ? null : original.required("original", facts);
        Moment returned = heading.at().of(facts);
        List<LineItem> lines = receipts.lineItems(facts, rows);
        return new Refund(
                facts.position(),
                key,
                receipts.orderId(key, facts),
                sale,
                sale == null ? null : receipts.orderId(sale, facts),
                customer,
                returned.at(),
                receipts.businessDate(facts, returned.date()),
                whole ? null : receipts.total(facts, lines),
                whole,
                lines,
                receipts.store(facts));
    }

    @Override
    public List<Fact> facts() {
        return receipts.facts(heading.facts("sold-at").add("original", original), "amount")
                .list();
    }

    @Override
    public int[] rowColumns() {
        return receipts.rowColumns();
    }

    @Override
    public BigDecimal control(Facts facts, List<Row> rows) {
        return whole ? null : receipts.control(facts, rows).negate();
    }
}
