package dev.posbridge.vendor.rule;

import dev.posbridge.pos.LineItem;
import dev.posbridge.pos.Money;
import dev.posbridge.pos.Reason;
import dev.posbridge.pos.Refund;
import dev.posbridge.vendor.format.Row;
import dev.posbridge.vendor.value.Facts;
import dev.posbridge.vendor.value.Template;
import java.math.BigDecimal;
import java.util.List;

/**
 * Receipts that took something back.
 *
 * @param original template of the sale's key; null where the sale is found by product
 * @param whole whether all of the sale is taken back, whatever amount the file says
 * @param soFar whether the amount is all that was given back of the sale up to now, as a column of its row that grows
 */
public record RefundRule(Heading heading, Receipts receipts, Template original, boolean whole, boolean soFar)
        implements Rule {
    @Override
    public boolean appliesTo(Row first) {
        return heading.appliesTo(first);
    }

    @Override
    public Refund record(Facts facts, List<Row> rows) {
        Heading.Head head = heading.head(facts, receipts);
        String sale = original == null ? null : original.required("original", facts);
        Basket basket = receipts.basket(facts, rows);
        Money amount = whole ? null : receipts.total(facts, rows, basket);
        if (soFar) {
            // Each sum is a record of its own: the same one again is a duplicate, a larger one goes for the difference.
            String key =
                    Heading.bounded("key", head.key() + "@" + amount.amount().toPlainString(), facts);
            head = new Heading.Head(key, head.customer(), head.at());
            facts.key(key);
        }
        Refund refund = refund(facts, head, sale, receipts.legal(facts, basket), amount);
        if (!whole) {
            receipts.total().tally(facts, rows, basket);
        }
        return refund;
    }

    /**
     * @param sale key of the sale that is taken back, or null
     * @param amount null for a whole sale
     */
    Refund refund(Facts facts, Heading.Head head, String sale, List<LineItem> lines, Money amount) {
        return new Refund(
                facts.position(),
                head.key(),
                receipts.orderId(head.key(), facts),
                sale,
                sale == null ? null : receipts.orderId(sale, facts),
                head.customer(),
                head.at().at(),
                receipts.businessDate(facts, heading.at(), head.at()),
                amount,
                amount == null,
                lines,
                receipts.store(facts),
                soFar);
    }

    /** The key of the sale that these rows take back; more than one is a fault. */
    String original(Facts facts, List<Row> rows) {
        if (original == null) {
            return null;
        }
        String found = null;
        Row head = facts.row();
        for (Row row : rows) {
            facts.at(row);
            String here = original.of(facts);
            if (found != null && here != null && !here.equals(found)) {
                throw facts.fault(
                        0,
                        Reason.ROW_MALFORMED,
                        "this line takes back a part of sale \"" + here + "\", one before it of \"" + found
                                + "\", expected one sale. Refund one of them at Gameball by hand, or make two receipts of it and replay.");
            }
            found = here == null ? found : here;
        }
        if (found == null) {
            original.required("original", facts);
        }
        facts.at(head);
        return found;
    }

    @Override
    public List<Fact> facts() {
        return receipts.facts(heading.facts("sold-at").add("original", original), soFar ? "amount-so-far" : "amount")
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
