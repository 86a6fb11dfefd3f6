package dev.posbridge.gameball;

import java.math.BigDecimal;

/** Body of {@code POST transactions/otp}: has the customer sent a password for this hold. One measure is there. */
public record OneTimePasswordRequest(
        String customerId, String email, String mobile, BigDecimal amount, Long points, Long ruleId) {}
