package dev.posbridge.gameball;

import java.math.BigDecimal;

/** Answer to {@code POST transactions/refund}. */
public record RefundAnswer(
        String gameballTransactionId,
        String refundTransactionId,
        BigDecimal refundAmount,
        BigDecimal refundEquivalentPoints)
        implements Answer {
    @Override
    public boolean complete() {
        return gameballTransactionId != null || refundTransactionId != null;
    }
}
