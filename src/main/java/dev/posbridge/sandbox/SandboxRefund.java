package dev.posbridge.sandbox;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * A refund that the sandbox holds.
 *
 * @param sequence place among everything that arrived, over orders, refunds, customers and events
 * @param amount what was refunded, also where the call left it out
 * @param points taken back
 * @param lineItems how many lines it had
 * @param repeats how many more times the same id was sent, and refused with 9004
 */
public record SandboxRefund(
        long sequence,
        Instant arrivedAt,
        String refundId,
        String orderId,
        String customerId,
        Instant transactionTime,
        BigDecimal amount,
        long points,
        int lineItems,
        int repeats) {}
