package dev.posbridge.gameball;

import java.math.BigDecimal;

/** Answer to {@code POST orders}: the points that the sale earned and spent. */
public record OrderAnswer(String customerId, BigDecimal rewardedPoints, BigDecimal redeemedPoints) implements Answer {
    @Override
    public boolean complete() {
        return customerId != null || rewardedPoints != null;
    }
}
