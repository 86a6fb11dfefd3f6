package dev.posbridge.vendor.rule;

import dev.posbridge.pos.LineItem;
import dev.posbridge.pos.Money;
import dev.posbridge.pos.Reason;
import dev.posbridge.pos.RecordKind;
import dev.posbridge.pos.Refund;
import dev.posbridge.vendor.format.Row;
import dev.posbridge.vendor.value.Condition;
import dev.posbridge.vendor.value.Facts;
import dev.posbridge.vendor.value.Template;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;

/**
 * Receipts that took something back.
 *
 * @param originals templates of the sale's key, tried in order; none where the sale is found by product
 * @param whole whether all of the sale is taken back, whatever amount the file says
 * @param soFar whether the amount is all that was given back of the sale up to now, as a column of its row that grows
 */
public record RefundRule(Heading heading, Receipts receipts, List<Template> originals, boolean whole, boolean soFar)
        implements Rule {
    public RefundRule {
        originals = List.copyOf(originals);
    }

    @Override
    public boolean appliesTo(Row first, Facts facts) {
        return heading.appliesTo(first, facts);
    }

    @Override
    public Refund record(Facts facts, List<Row> rows) {
        Heading.Head head = heading.head(facts, receipts);
        List<String> sales = candidates(facts);
        Basket basket = receipts.basket(facts, rows);
        Money amount = whole ? null : receipts.total(facts, rows, basket);
        if (soFar) {
            // Each sum is a record of its own: the same one again is a duplicate, a larger one goes for the difference.
            String key =
                    Heading.bounded("key", head.key() + "@" + amount.amount().toPlainString(), facts);
            head = new Heading.Head(key, head.customer(), head.at());
            facts.key(key);
        }
        Refund refund = refund(facts, head, sales, receipts.legal(facts, basket), amount);
        if (!whole) {
            receipts.total().tally(facts, rows, basket);
        }
        return refund;
    }

    /** Keys that the sale may have, in order; none where it is found by product. */
    private List<String> candidates(Facts facts) {
        List<String> made = found(facts);
        if (made.isEmpty() && !originals.isEmpty()) {
            originals.get(0).required("original", facts);
        }
        return made;
    }

    private List<String> found(Facts facts) {
        return originals.stream()
                .map(template -> template.id("original", facts))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    /**
     * @param sales keys that the sale may have which is taken back, in order, or none
     * @param amount null for a whole sale
     */
    Refund refund(Facts facts, Heading.Head head, List<String> sales, List<LineItem> lines, Money amount) {
        return new Refund(
                facts.position(),
                head.key(),
                receipts.orderId(head.key(), facts),
                sales.isEmpty() ? null : sales.get(0),
                sales.isEmpty() ? null : receipts.orderId(sales.get(0), facts),
                head.customer(),
                head.at().at(),
                receipts.businessDate(facts, head.at()),
                amount,
                amount == null,
                lines,
                receipts.store(facts),
                soFar,
                sales.stream()
                        .skip(1)
                        .map(other -> receipts.orderId(other, facts))
                        .toList());
    }

    /** The keys that the sale may have which these rows take back; more than one sale is a fault. */
    List<String> originals(Facts facts, List<Row> rows) {
        if (originals.isEmpty()) {
            return List.of();
        }
        List<String> found = List.of();
        Row head = facts.row();
        for (Row row : rows) {
            facts.at(row);
            List<String> here = found(facts);
            if (!found.isEmpty() && !here.isEmpty() && !here.equals(found)) {
                throw facts.fault(
                        0,
                        Reason.ROW_MALFORMED,
                        "this line takes back a part of sale \"" + here.get(0) + "\", one before it of \""
                                + found.get(0)
                                + "\", expected one sale. Refund one of them at Gameball by hand, or make two receipts of it and replay.");
            }
            found = here.isEmpty() ? found : here;
        }
        facts.at(head);
        return found.isEmpty() ? candidates(facts) : found;
    }

    @Override
    public List<RecordKind> keyed() {
        return soFar ? List.of() : List.of(RecordKind.REFUND);
    }

    @Override
    public List<Fact> facts() {
        Fact.Collector facts = heading.facts("sold-at");
        originals.forEach(original -> facts.add("original", original));
        return receipts.facts(facts, soFar ? "amount-so-far" : "amount").list();
    }

    @Override
    public List<Condition> rowConditions() {
        return receipts.rowConditions();
    }

    @Override
    public BigDecimal control(Facts facts, List<Row> rows) {
        return whole ? null : receipts.control(facts, rows).negate();
    }
}
