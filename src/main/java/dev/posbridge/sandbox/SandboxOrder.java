package dev.posbridge.sandbox;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * An order that the sandbox holds.
 *
 * @param sequence place among everything that arrived, over orders, refunds, customers and events
 * @param refunded sum of its refunds so far
 * @param branch unique id of the merchant's branch, or null
 * @param lineItems how many lines it had
 * @param jobId the batch job that brought it, or null for a single call
 * @param repeats how many more times the same id was sent, and refused with 9004
 */
public record SandboxOrder(
        long sequence,
        Instant arrivedAt,
        String orderId,
        String customerId,
        Instant orderDate,
        BigDecimal totalPaid,
        BigDecimal refunded,
        long rewardedPoints,
        long redeemedPoints,
        String branch,
        int lineItems,
        Long jobId,
        int repeats) {}
