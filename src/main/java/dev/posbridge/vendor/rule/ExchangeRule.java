package dev.posbridge.vendor.rule;

import dev.posbridge.pos.Money;
import dev.posbridge.pos.PosRecord;
import dev.posbridge.pos.RecordKind;
import dev.posbridge.pos.Sale;
import dev.posbridge.vendor.format.Row;
import dev.posbridge.vendor.value.Condition;
import dev.posbridge.vendor.value.Facts;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Receipts that may sell and take back at once.
 *
 * @param split whether the two become an order and a refund; else only their difference becomes one of them
 */
public record ExchangeRule(SaleRule sale, RefundRule refund, boolean split) implements Rule {
    @Override
    public Receipts receipts() {
        return sale.receipts();
    }

    @Override
    public boolean appliesTo(Row first, Facts facts) {
        return sale.appliesTo(first, facts);
    }

    @Override
    public Heading heading() {
        return sale.heading();
    }

    @Override
    public List<RecordKind> keyed() {
        return List.of(RecordKind.SALE, RecordKind.REFUND);
    }

    @Override
    public List<Fact> facts() {
        return sale.facts();
    }

    @Override
    public boolean isTooEarly(Facts facts, Sale sold) {
        return sale.isTooEarly(facts, sold);
    }

    @Override
    public List<Condition> rowConditions() {
        return sale.rowConditions();
    }

    @Override
    public PosRecord record(Facts facts, List<Row> rows) {
        return records(facts, rows).get(0);
    }

    @Override
    public List<PosRecord> records(Facts facts, List<Row> rows) {
        return split ? both(facts, rows) : difference(facts, rows);
    }

    private List<PosRecord> both(Facts facts, List<Row> rows) {
        Receipts receipts = sale.receipts();
        Heading.Head head = sale.heading().head(facts, receipts);
        Basket basket = receipts.exchange(facts, rows);
        check(facts, rows, basket.together());
        List<PosRecord> made = new ArrayList<>(2);
        if (!basket.takesBack() || !basket.items().isEmpty()) {
            Money paid = money(receipts.total().required(facts, rows, basket));
            Sale sold = sale.sale(facts, rows, head, basket, paid);
            receipts.total().tally(facts, rows, basket);
            sale.noteUnderEarning(facts, sold);
            made.add(sold);
        }
        if (basket.takesBack()) {
            made.add(takenBack(facts, rows, head, basket, basket.returnedSum()));
        }
        return made;
    }

    private List<PosRecord> difference(Facts facts, List<Row> rows) {
        Receipts receipts = sale.receipts();
        Heading.Head head = sale.heading().head(facts, receipts);
        Basket apart = receipts.exchange(facts, rows);
        Basket basket = apart.together();
        BigDecimal paid = receipts.total().asWritten(facts, rows, basket);
        check(facts, rows, basket);
        return List.of(
                paid.signum() < 0
                        ? takenBack(facts, rows, head, apart, paid.negate())
                        : sale.sale(facts, rows, head, basket, money(paid)));
    }

    private void check(Facts facts, List<Row> rows, Basket all) {
        if (sale.receipts().balance() != null) {
            sale.receipts().balance().check(facts, rows, all);
        }
    }

    /** Which sale it comes from only the rows say that are taken back; the rest the first row says. */
    private PosRecord takenBack(Facts facts, List<Row> rows, Heading.Head head, Basket basket, BigDecimal amount) {
        List<Row> back = sale.receipts().lines().returnedRows(facts, rows);
        List<String> originals = refund.originals(facts, back.isEmpty() ? rows : back);
        return refund.refund(facts, head, originals, basket.legalReturned(), money(amount));
    }

    private Money money(BigDecimal amount) {
        return new Money(amount, sale.receipts().currency());
    }

    @Override
    public BigDecimal control(Facts facts, List<Row> rows) {
        Receipts receipts = sale.receipts();
        receipts.checkCurrency(facts);
        Basket basket = receipts.exchange(facts, rows).together();
        return receipts.total().asWritten(facts, rows, basket);
    }
}
