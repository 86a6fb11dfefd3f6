package dev.posbridge.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** One entry of an order's history. */
record Transaction(String type, Instant at, long number, BigDecimal amount, String transactionId, long points) {
    private static final long FIRST_NUMBER = 11_000_000;

    /** Every order shows a Payment, also one that earned nothing. */
    static List<Transaction> of(OrderEntry order) {
        List<Transaction> history = new ArrayList<>();
        long number = number(order.sequence);
        Instant at = Instant.ofEpochMilli(order.orderMillis);
        history.add(new Transaction("Payment", at, number, order.totalPaid, order.orderId, 0));
        if (order.points > 0) {
            history.add(new Transaction("PaymentReward", at, number + 1, order.totalPaid, order.orderId, order.points));
        }
        List<Transaction> refunds = new ArrayList<>();
        for (RefundEntry refund = order.lastRefund; refund != null; refund = refund.earlier) {
            boolean whole = refund.amount.compareTo(order.totalPaid) == 0;
            refunds.add(new Transaction(
                    whole ? "Cancel" : "PartialRefund",
                    refund.request.transactionTime(),
                    number(refund.stamp.sequence()),
                    refund.amount,
                    refund.request.refundId(),
                    refund.points));
        }
        Collections.reverse(refunds);
        history.addAll(refunds);
        return history;
    }

    static long number(long sequence) {
        return FIRST_NUMBER + 2 * sequence;
    }

    static ArrayNode toJson(List<Transaction> history) {
        ArrayNode list = Json.array();
        history.forEach(transaction -> list.add(transaction.toJson()));
        return list;
    }

    private ObjectNode toJson() {
        return Json.object()
                .put("transactionDate", at.toString())
                .put("gameballTransactionId", number)
                .put("transactionType", type)
                .put("amount", amount)
                .put("transactionId", transactionId)
                .put("equivalentPoints", points);
    }
}
