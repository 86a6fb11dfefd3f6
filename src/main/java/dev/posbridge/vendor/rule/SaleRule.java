package dev.posbridge.vendor.rule;

import dev.posbridge.pos.CustomerDetails;
import dev.posbridge.pos.LineItem;
import dev.posbridge.pos.Money;
import dev.posbridge.pos.Redemption;
import dev.posbridge.pos.Sale;
import dev.posbridge.vendor.format.Row;
import dev.posbridge.vendor.value.Amount;
import dev.posbridge.vendor.value.Facts;
import dev.posbridge.vendor.value.Moments.Moment;
import dev.posbridge.vendor.value.Template;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * Receipts that sold something. The four further totals, the channel and the parts of the redemption may be null.
 *
 * @param totals of price, discount, tax, shipping
 * @param redemption templates of points hold, coupons lock, coupon codes
 */
public record SaleRule(
        Heading heading,
        Receipts receipts,
        Amount[] totals,
        Template channel,
        Template[] redemption,
        Map<String, Template> extra)
        implements Rule {

    @Override
    public boolean appliesTo(Row first) {
        return heading.appliesTo(first);
    }

    @Override
    public Sale record(Facts facts, List<Row> rows) {
        String key = heading.key().required("key", facts);
        facts.key(key);
        receipts.checkCurrency(facts);
        CustomerDetails customer =
                heading.customer() == null ? null : heading.customer().of(facts);
        Moment sold = heading.at().of(facts);
        List<LineItem> lines = receipts.lineItems(facts, rows);
        return new Sale(
                facts.position(),
                key,
                receipts.orderId(key, facts),
                customer,
                sold.at(),
                receipts.businessDate(facts, sold.date()),
                receipts.total(facts, lines),
                money(0, facts),
                money(1, facts),
                money(2, facts),
                money(3, facts),
                lines,
                receipts.store(facts),
                channel == null ? null : channel.of(facts),
                redemption(facts),
                CustomerPlan.texts(extra, facts));
    }

    @Override
    public List<Fact> facts() {
        return receipts.facts(heading.facts("sold-at"), "total-paid")
                .add("total-price", totals[0])
                .add("total-discount", totals[1])
                .add("total-tax", totals[2])
                .add("total-shipping", totals[3])
                .add("channel", channel)
                .add("points-hold", redemption[0])
                .add("coupons-lock", redemption[1])
                .add("coupon-codes", redemption[2])
                .list();
    }

    @Override
    public int[] rowColumns() {
        return receipts.rowColumns();
    }

    @Override
    public BigDecimal control(Facts facts, List<Row> rows) {
        return receipts.control(facts, rows);
    }

    private Money money(int index, Facts facts) {
        BigDecimal found = totals[index] == null ? null : totals[index].optional(facts);
        return found == null ? null : new Money(found, receipts.currency());
    }

    private Redemption redemption(Facts facts) {
        String hold = text(redemption[0], facts);
        String lock = text(redemption[1], facts);
        String codes = text(redemption[2], facts);
        if (hold == null && lock == null && codes == null) {
            return null;
        }
        return new Redemption(
                hold, lock, codes == null ? List.of() : List.of(codes.strip().split("[,;|\\s]+")));
    }

    private static String text(Template template, Facts facts) {
        return template == null ? null : template.of(facts);
    }
}
