package dev.posbridge.sandbox;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Set;

/** A refund as it was sent, checked; {@code amount} null means all that is left of the order. */
record RefundRequest(
        String customerId, String refundId, String orderId, Instant transactionTime, BigDecimal amount, int lines) {
    private static final Set<String> KNOWN =
            Set.of(("customerId email mobile refundTransactionId reverseTransactionId transactionTime "
                            + "refundAmount lineItems merchant")
                    .split(" "));

    static RefundRequest read(Fields fields) {
        fields.only(KNOWN);
        Merchant.branch(fields);
        return new RefundRequest(
                fields.requiredText("customerId"),
                fields.requiredText("refundTransactionId"),
                fields.requiredText("reverseTransactionId"),
                fields.requiredTime("transactionTime"),
                fields.amount("refundAmount"),
                Line.readAll(fields).size());
    }
}
