package dev.posbridge.gameball;

import java.math.BigDecimal;
import java.util.List;

/** Answer to {@code GET customers/{customerId}/activities}. */
public record ActivitiesAnswer(List<Activity> activities, Boolean hasMore) implements Answer {
    @Override
    public boolean complete() {
        return activities != null;
    }

    /**
     * Something that changed the customer's points. Every part may be null.
     *
     * @param activityDate as Gameball writes it ({@code October 20, 2024}), activityTime with it ({@code 19:27:33})
     */
    public record Activity(
            Long activityId,
            String activityType,
            String activityDate,
            String activityTime,
            String transactionId,
            BigDecimal points,
            BigDecimal score,
            String campaignName,
            String couponCode,
            String reason) {}
}
