package dev.posbridge.gameball;

import java.math.BigDecimal;

/** Answer to {@code POST transactions/hold}. */
public record HoldAnswer(
        String customerId, BigDecimal holdAmount, BigDecimal holdEquivalentPoints, String holdReference)
        implements Answer {
    @Override
    public boolean complete() {
        return holdReference != null;
    }
}
