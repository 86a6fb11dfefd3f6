package dev.posbridge.sandbox;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;

/** The refunds of the book. Guarded by the book's lock. */
final class Refunds {
    final Arrivals<RefundEntry> arrivals = new Arrivals<>();
    private final Map<String, RefundEntry> byId = new HashMap<>();
    final Repeats repeats = new Repeats();
    BigDecimal total = BigDecimal.ZERO;

    /** Refuses (422, code 9004) an id that was used before, and counts the attempt. */
    void checkNew(String refundId) {
        RefundEntry known = byId.get(refundId);
        if (known != null) {
            known.repeats++;
            repeats.add(refundId);
            throw new Refusal(422, 9004, "a transaction with id \"" + refundId + "\" exists already");
        }
    }

    /** What a refund comes to: all that is left where it names no amount. */
    static BigDecimal amount(RefundRequest request, OrderEntry order) {
        BigDecimal left = order.left();
        if (request.amount() == null && left.signum() == 0 && order.lastRefund != null) {
            throw new Refusal(422, 9001, "order \"" + order.orderId + "\" is refunded already");
        }
        BigDecimal amount = request.amount() == null ? left : request.amount();
        if (amount.compareTo(left) > 0) {
            throw new Refusal(
                    422,
                    9000,
                    "refundAmount " + amount.toPlainString() + " is more than what is left of order \"" + order.orderId
                            + "\": " + left.toPlainString());
        }
        return amount;
    }

    /** Points go back in proportion; after the last refund all are back, whatever was rounded before. */
    RefundEntry add(Stamp stamp, RefundRequest request, OrderEntry order, BigDecimal amount) {
        order.refunded = order.refunded.add(amount);
        // Of an order that points paid for, those come back that it spent.
        boolean spent = order.paidByPoints.signum() > 0;
        long points = spent ? -order.redeemedPoints : order.points;
        long back = order.left().signum() == 0
                ? points
                : BigDecimal.valueOf(points)
                        .multiply(order.refunded)
                        .divide(order.totalPaid.add(order.paidByPoints), 0, RoundingMode.DOWN)
                        .longValueExact();
        RefundEntry refund = new RefundEntry(stamp, request, order, amount, back - order.refundedPoints);
        order.lastRefund = refund;
        order.refundedPoints = back;
        order.customer.points -= refund.points;
        order.customer.addTransactionAt(request.transactionTime().toEpochMilli());
        byId.put(request.refundId(), refund);
        arrivals.add(refund);
        total = total.add(amount);
        return refund;
    }

    void clear() {
        byId.clear();
        arrivals.clear();
        repeats.clear();
        total = BigDecimal.ZERO;
    }
}
