package dev.posbridge.gameball;

import java.math.BigDecimal;

/**
 * Answer to {@code GET customers/{customerId}/balance}; that there is one means that the customer is known. Every part
 * may be null.
 *
 * @param nextExpiringPointsDate as Gameball writes it
 */
public record BalanceAnswer(
        BigDecimal totalPointsBalance,
        BigDecimal totalPointsValue,
        BigDecimal availablePointsBalance,
        BigDecimal availablePointsValue,
        BigDecimal pendingPoints,
        BigDecimal pendingPointsValue,
        String currency,
        String pointsName,
        BigDecimal nextExpiringPointsAmount,
        BigDecimal nextExpiringPointsValue,
        String nextExpiringPointsDate)
        implements Answer {
    @Override
    public boolean complete() {
        return totalPointsBalance != null || availablePointsBalance != null;
    }
}
