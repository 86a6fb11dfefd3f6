package dev.posbridge.gameball;

import java.math.BigDecimal;

/**
 * A line of an order's history.
 *
 * @param transactionDate when, as Gameball writes it
 * @param transactionType {@code Payment}, {@code PaymentReward}, {@code Refund} and others
 * @param amount not said to be the order's {@code totalPaid}
 */
public record OrderTransaction(
        String transactionDate,
        String transactionType,
        BigDecimal amount,
        String transactionId,
        BigDecimal equivalentPoints) {}
