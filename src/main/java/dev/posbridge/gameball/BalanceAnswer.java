package dev.posbridge.gameball;

import java.math.BigDecimal;

/** Answer to {@code GET customers/{customerId}/balance}; that there is one means that the customer is known. */
public record BalanceAnswer(BigDecimal totalPointsBalance, BigDecimal availablePointsBalance) implements Answer {
    @Override
    public boolean complete() {
        return totalPointsBalance != null || availablePointsBalance != null;
    }
}
