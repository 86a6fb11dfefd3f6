package dev.posbridge.gameball;

import java.math.BigDecimal;

/**
 * A line of an order's history.
 *
 * @param transactionType {@code Payment}, {@code PaymentReward}, {@code Refund} and others
 * @param amount not said to be the order's {@code totalPaid}
 */
public record OrderTransaction(
        String transactionType, BigDecimal amount, String transactionId, BigDecimal equivalentPoints) {}
