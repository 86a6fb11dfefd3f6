package dev.posbridge.operations;

import dev.posbridge.pos.AgainPolicy;
import dev.posbridge.pos.Money;
import dev.posbridge.pos.Reason;
import dev.posbridge.pos.Refund;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the refunds of checked files take back of the sales that are in these files, one after the other: more than is left
 * of a sale will be a dead letter once they are taken in. Used by one thread.
 */
final class GivenBack {
    /**
     * What is kept of a refund until all files are read.
     *
     * @param orders of which one is the sale's
     * @param amount null where all that is left is given back
     * @param soFar whether the amount is all that was ever given back
     * @param sale its sale's key, where the till named one
     */
    record Asked(String position, List<String> orders, Money amount, boolean soFar, String sale, Instant at) {
        static Asked of(Refund refund) {
            List<String> orders = new ArrayList<>(refund.otherOriginals());
            orders.add(0, refund.originalOrderId());
            return new Asked(
                    refund.position().toString(),
                    orders,
                    refund.amount(),
                    refund.soFar(),
                    refund.original(),
                    refund.returnedAt());
        }

        private BigDecimal of(BigDecimal before, BigDecimal left) {
            if (amount == null) {
                return left;
            }
            return soFar ? amount.amount().subtract(before) : amount.amount();
        }
    }

    private final CheckedKeys keys;
    private final AgainPolicy policy;
    private final Map<String, BigDecimal> given = new HashMap<>();

    GivenBack(CheckedKeys keys, AgainPolicy policy) {
        this.keys = keys;
        this.policy = policy;
    }

    /** What is wrong with the next refund; null for nothing, or where the files do not tell. */
    String problem(Asked asked) {
        Optional<String> order = asked.orders().stream().filter(keys::hasSale).findFirst();
        String tooEarly = tooEarly(asked);
        if (tooEarly != null) {
            return tooEarly;
        }
        BigDecimal paid = order.map(keys::paid).orElse(BigDecimal.ZERO);
        if (paid.signum() == 0) {
            return null; // Not in these files, or paid with points: what can be given back is not said here.
        }
        BigDecimal before = given.getOrDefault(order.get(), BigDecimal.ZERO);
        BigDecimal left = paid.subtract(before);
        BigDecimal amount = asked.of(before, left);
        if (asked.soFar() && amount.signum() <= 0) {
            return amount.signum() == 0 ? null : lessThanBefore(asked, order.get(), before);
        }
        if (left.signum() <= 0 || amount.subtract(left).compareTo(policy.cap().multiply(paid)) > 0) {
            return tooMuch(asked, order.get(), left);
        }
        given.put(order.get(), before.add(amount.min(left)));
        return null;
    }

    private String tooEarly(Asked asked) {
        Instant sold = asked.orders().size() > 1 || asked.sale() == null ? null : keys.soldAt(asked.sale());
        return sold == null
                ? null
                : policy.tooEarly(asked.position(), asked.at(), asked.orders().get(0), sold);
    }

    private static String lessThanBefore(Asked asked, String order, BigDecimal before) {
        return asked.position() + ": " + asked.amount() + " was given back so far of sale \"" + order + "\", but "
                + new Money(before, asked.amount().currency())
                + " by a row before. Look at the sale in the till, and correct the row.";
    }

    private static String tooMuch(Asked asked, String order, BigDecimal left) {
        if (asked.amount() == null) {
            return asked.position() + ": a void of sale \"" + order + "\", of which nothing is left. "
                    + Reason.REFUND_EXCEEDS_SALE.remedy();
        }
        return asked.position() + ": refund of " + asked.amount() + " for sale \"" + order + "\", of which only "
                + new Money(left, asked.amount().currency()) + " is left. " + Reason.REFUND_EXCEEDS_SALE.remedy();
    }
}
