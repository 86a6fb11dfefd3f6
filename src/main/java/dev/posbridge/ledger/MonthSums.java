package dev.posbridge.ledger;

import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What finance asks of a group of records, added up. In = delivered + duplicate + skipped + superseded + dead + parked + held +
 * pending, in records, sales and refunds. Used by one thread.
 */
public final class MonthSums {
    private final Map<What, Sum> sums = new EnumMap<>(What.class);
    private final Map<String, Sum> outcomes = new TreeMap<>();
    private final Map<String, Long> skipped = new TreeMap<>();
    private BigDecimal earned = BigDecimal.ZERO;
    private BigDecimal takenBack = BigDecimal.ZERO;
    private long salesUnknown;
    private long refundsUnknown;
    private long withoutTotal;

    /** Sums beside those by outcome. */
    public enum What {
        /** All that tills sold and gave back. */
        IN,
        /** Of it, what has a customer. */
        MEMBERS,
        /** Came more than a day after its business date. */
        LATE,
        /** Delivered refunds whose sale was found by a rule, not named by the till. */
        MATCHED
    }

    private static final class Sum {
        private long records;
        private long sales;
        private long refunds;
    }

    /** @param amount in ten-thousandths */
    void add(What what, boolean refund, long records, long amount) {
        add(sums.computeIfAbsent(what, first -> new Sum()), records, refund ? 0 : amount, refund ? amount : 0);
    }

    /** Adds to an outcome, and so to all that came in; amounts in ten-thousandths. */
    void add(String outcome, long records, long sales, long refunds) {
        add(outcomes.computeIfAbsent(outcome, first -> new Sum()), records, sales, refunds);
        add(sums.computeIfAbsent(What.IN, first -> new Sum()), records, sales, refunds);
    }

    private static void add(Sum sum, long records, long sales, long refunds) {
        sum.records += records;
        sum.sales = Math.addExact(sum.sales, sales);
        sum.refunds = Math.addExact(sum.refunds, refunds);
    }

    void withoutTotal() {
        withoutTotal++;
    }

    void skipped(String reason) {
        skipped.merge(reason, 1L, Long::sum);
    }

    /** @param points null where they are unknown */
    void points(boolean refund, BigDecimal points) {
        if (points == null) {
            salesUnknown += refund ? 0 : 1;
            refundsUnknown += refund ? 1 : 0;
        } else if (refund) {
            takenBack = takenBack.add(points);
        } else {
            earned = earned.add(points);
        }
    }

    /** Of sales. @param known how many have points that are known, in ten-thousandths together; unknown how many have not */
    void points(long known, long together, long unknown) {
        earned = known == 0 ? earned : earned.add(Amounts.amount(together));
        salesUnknown += unknown;
    }

    void add(MonthSums other) {
        other.outcomes.forEach((word, sum) ->
                add(outcomes.computeIfAbsent(word, first -> new Sum()), sum.records, sum.sales, sum.refunds));
        other.sums.forEach((what, sum) ->
                add(sums.computeIfAbsent(what, first -> new Sum()), sum.records, sum.sales, sum.refunds));
        other.skipped.forEach((reason, count) -> skipped.merge(reason, count, Long::sum));
        earned = earned.add(other.earned);
        takenBack = takenBack.add(other.takenBack);
        salesUnknown += other.salesUnknown;
        refundsUnknown += other.refundsUnknown;
        withoutTotal += other.withoutTotal;
    }

    /** Of the dead, those that count no money: they have no total, or none that can be read. */
    public long deadWithoutTotal() {
        return withoutTotal;
    }

    public Tally of(What what) {
        return tally(sums.get(what));
    }

    /** @param word one of {@link Outcomes#WORDS} */
    public Tally of(String word) {
        return tally(outcomes.get(word));
    }

    private static Tally tally(Sum sum) {
        return sum == null
                ? Tally.NONE
                : new Tally(sum.records, Amounts.amount(sum.sales), Amounts.amount(sum.refunds));
    }

    /** How many were skipped for each reason, by reason. */
    public Map<String, Long> skipped() {
        return new TreeMap<>(skipped);
    }

    public Points points() {
        return new Points(earned, takenBack, salesUnknown, refundsUnknown);
    }
}
