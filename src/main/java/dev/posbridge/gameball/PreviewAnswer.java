package dev.posbridge.gameball;

import java.math.BigDecimal;

/**
 * Answer to {@code POST orders/reward-preview}.
 *
 * @param customerFound whether campaigns were counted; without the customer only the cashback is
 */
public record PreviewAnswer(Boolean customerFound, BigDecimal totalPoints, BigDecimal totalCoupons) implements Answer {
    @Override
    public boolean complete() {
        return totalPoints != null;
    }
}
