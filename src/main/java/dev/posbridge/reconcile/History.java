package dev.posbridge.reconcile;

import dev.posbridge.gameball.OrderTransaction;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What Gameball holds of an order.
 *
 * @param paid null where it does not say
 * @param earned points; null where it does not say
 * @param refunds by their ids
 */
record History(BigDecimal paid, BigDecimal earned, Map<String, Refund> refunds) {

    /** @param points taken back; null where it does not say */
    record Refund(BigDecimal amount, BigDecimal points) {}

    /** An order that earned nothing shows its payment and no reward. */
    static History of(List<OrderTransaction> transactions) {
        BigDecimal paid = null;
        BigDecimal earned = transactions.isEmpty() ? null : BigDecimal.ZERO;
        Map<String, Refund> refunds = new HashMap<>();
        for (OrderTransaction one : transactions) {
            String type = String.valueOf(one.transactionType()).toLowerCase(Locale.ROOT);
            if (type.contains("refund") || type.contains("cancel")) {
                refunds.merge(
                        String.valueOf(one.transactionId()),
                        new Refund(positive(one.amount()), positive(one.equivalentPoints())),
                        History::sum);
            } else if (type.equals("payment")) {
                paid = one.amount();
            } else if (type.contains("reward")) {
                earned = sum(earned, one.equivalentPoints());
            }
        }
        return new History(paid, earned, refunds);
    }

    /** A refund may be told as what it gave back and what it took, apart. */
    private static Refund sum(Refund one, Refund other) {
        BigDecimal amount = one.amount() == null ? other.amount() : one.amount();
        return new Refund(amount, one.points() == null ? other.points() : sum(one.points(), other.points()));
    }

    private static BigDecimal sum(BigDecimal one, BigDecimal other) {
        return one == null || other == null ? null : one.add(other);
    }

    private static BigDecimal positive(BigDecimal value) {
        return value == null ? null : value.abs();
    }
}
