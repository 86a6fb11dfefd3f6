package dev.posbridge.gameball;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Body of {@code POST transactions/refund}.
 *
 * @param reverseTransactionId the order id of the sale
 * @param refundAmount never null: Gameball takes back the whole order where the field is missing
 * @param lineItems without them campaign points are not taken back
 */
public record RefundRequest(
        String customerId,
        String email,
        String mobile,
        String refundTransactionId,
        String reverseTransactionId,
        Instant transactionTime,
        BigDecimal refundAmount,
        List<Product> lineItems,
        Merchant merchant) {

    public RefundRequest {
        Objects.requireNonNull(customerId, "customerId");
        Objects.requireNonNull(refundTransactionId, "refundTransactionId");
        Objects.requireNonNull(reverseTransactionId, "reverseTransactionId");
        Objects.requireNonNull(transactionTime, "transactionTime");
        Objects.requireNonNull(refundAmount, "refundAmount");
    }
}
