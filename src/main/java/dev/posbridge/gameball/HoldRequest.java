package dev.posbridge.gameball;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * Body of {@code POST transactions/hold}. Exactly one of the three measures is there.
 *
 * @param otp the one-time password that the customer was sent, or null
 * @param hash the digits that the customer's app shows, or null
 */
public record HoldRequest(
        String customerId,
        String email,
        String mobile,
        Instant transactionTime,
        Long pointsToHold,
        BigDecimal amountToHold,
        String ruleId,
        String otp,
        String hash) {}
