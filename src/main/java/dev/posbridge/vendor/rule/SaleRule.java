package dev.posbridge.vendor.rule;

import dev.posbridge.pos.LineItem;
import dev.posbridge.pos.Money;
import dev.posbridge.pos.PosRecord;
import dev.posbridge.pos.RecordKind;
import dev.posbridge.pos.Redemption;
import dev.posbridge.pos.Refund;
import dev.posbridge.pos.Sale;
import dev.posbridge.vendor.format.Row;
import dev.posbridge.vendor.value.Condition;
import dev.posbridge.vendor.value.Facts;
import dev.posbridge.vendor.value.Moments;
import dev.posbridge.vendor.value.Template;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Receipts that sold something. The four further totals, the channel and the parts of the redemption may be null.
 *
 * @param totals of price, discount, tax, shipping
 * @param refundedSoFar all that was given back of the sale up to now, as a column of its row that grows; or null
 * @param refundedAt when the last of it was given back; null where the row does not say, then the time of sale stands for it
 * @param redemption templates of points hold, coupons lock, coupon codes
 */
public record SaleRule(
        Heading heading,
        Receipts receipts,
        Sum[] totals,
        Sum refundedSoFar,
        Moments refundedAt,
        Template channel,
        Template[] redemption,
        Map<String, Template> extra)
        implements Rule {

    @Override
    public boolean appliesTo(Row first, Facts facts) {
        return heading.appliesTo(first, facts);
    }

    @Override
    public List<PosRecord> records(Facts facts, List<Row> rows) {
        Sale sale = record(facts, rows);
        BigDecimal back =
                refundedSoFar == null ? null : refundedSoFar.optional(facts, rows, Basket.empty(receipts.digits()));
        return back == null || back.signum() == 0
                ? List.of(sale)
                : List.of(sale, refund(facts, sale, new Money(back, receipts.currency())));
    }

    /** Each sum is a record of its own: the same one again is a duplicate, a larger one goes for the difference. */
    private Refund refund(Facts facts, Sale sale, Money soFar) {
        String key =
                Heading.bounded("key", sale.key() + "-refund@" + soFar.amount().toPlainString(), facts);
        Moments.Moment at = refundedAt == null ? null : refundedAt.later().of(facts);
        return new Refund(
                sale.position(),
                key,
                receipts.orderId(key, facts),
                sale.key(),
                sale.orderId(),
                sale.customer(),
                at == null ? sale.soldAt() : at.at(),
                at == null ? sale.businessDate() : receipts.dayOf(at, facts),
                soFar,
                false,
                List.of(),
                sale.store(),
                true);
    }

    @Override
    public Sale record(Facts facts, List<Row> rows) {
        Heading.Head head = heading.head(facts, receipts);
        Basket basket = receipts.basket(facts, rows);
        Sale sale = sale(facts, rows, head, basket, receipts.total(facts, rows, basket));
        receipts.total().tally(facts, rows, basket);
        noteUnderEarning(facts, sale);
        return sale;
    }

    @Override
    public boolean isTooEarly(Facts facts, Sale sale) {
        return receipts.isTooEarly(facts, sale.businessDate());
    }

    Sale sale(Facts facts, List<Row> rows, Heading.Head head, Basket basket, Money paid) {
        return new Sale(
                facts.position(),
                head.key(),
                receipts.orderId(head.key(), facts),
                head.customer(),
                head.at().at(),
                receipts.businessDate(facts, head.at()),
                paid,
                money(0, facts, rows, basket),
                money(1, facts, rows, basket),
                money(2, facts, rows, basket),
                money(3, facts, rows, basket),
                receipts.legal(facts, basket),
                receipts.store(facts),
                channel == null ? null : channel.of(facts),
                redemption(facts),
                CustomerPlan.texts(extra, facts));
    }

    /** Gameball's points follow the lines where these come to less than was paid. */
    void noteUnderEarning(Facts facts, Sale sale) {
        if (sale.lines().isEmpty() || sale.customer() == null) {
            return; // Nobody's points follow them.
        }
        BigDecimal lines = BigDecimal.ZERO;
        for (LineItem line : sale.lines()) {
            lines = lines.add(line.total());
        }
        BigDecimal earning = sale.totalPaid().amount();
        if (sale.totalShipping() != null) {
            earning = earning.subtract(sale.totalShipping().amount());
        }
        BigDecimal less = earning.subtract(lines);
        BigDecimal cents = BigDecimal.valueOf(sale.lines().size(), receipts.digits());
        if (less.compareTo(cents) > 0) {
            facts.tally().underEarning(less);
        } else if (less.negate().compareTo(cents) > 0 && sale.redemption() == null) {
            noteOverEarning(facts, sale, less.negate(), cents);
        }
    }

    /** What a receipt's own discount takes off its lines is no surprise. */
    private static void noteOverEarning(Facts facts, Sale sale, BigDecimal more, BigDecimal cents) {
        BigDecimal explained = BigDecimal.ZERO;
        if (sale.totalDiscount() != null) {
            explained = sale.totalDiscount().amount();
            for (LineItem line : sale.lines()) {
                explained = line.discount() == null ? explained : explained.subtract(line.discount());
            }
        }
        if (more.subtract(explained.max(BigDecimal.ZERO)).compareTo(cents) > 0) {
            facts.tally().overEarning(more.subtract(explained.max(BigDecimal.ZERO)));
        }
    }

    @Override
    public List<RecordKind> keyed() {
        return List.of(RecordKind.SALE);
    }

    @Override
    public List<Fact> facts() {
        return receipts.facts(heading.facts("sold-at"), "total-paid")
                .add("total-price", totals[0])
                .add("total-discount", totals[1])
                .add("total-tax", totals[2])
                .add("total-shipping", totals[3])
                .add("refunded-so-far", refundedSoFar)
                .add(
                        "refunded-at",
                        refundedAt,
                        row -> refundedAt.dateOrNull(row) == null
                                ? null
                                : refundedAt.of(row).at())
                .add("channel", channel)
                .add("points-hold", redemption[0])
                .add("coupons-lock", redemption[1])
                .add("coupon-codes", redemption[2])
                .list();
    }

    @Override
    public List<Condition> rowConditions() {
        List<Condition> conditions = new ArrayList<>(receipts.rowConditions());
        Stream.concat(Arrays.stream(totals), Stream.ofNullable(refundedSoFar))
                .filter(Objects::nonNull)
                .forEach(sum -> conditions.addAll(sum.conditions()));
        return conditions;
    }

    @Override
    public BigDecimal control(Facts facts, List<Row> rows) {
        return receipts.control(facts, rows);
    }

    private Money money(int index, Facts facts, List<Row> rows, Basket basket) {
        BigDecimal found = totals[index] == null ? null : totals[index].optional(facts, rows, basket);
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
