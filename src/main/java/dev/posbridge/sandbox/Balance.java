package dev.posbridge.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** A customer's points at one instant. */
record Balance(long total, long available, long earned) {
    private static final BigDecimal POINT_VALUE = new BigDecimal("0.01");
    /** Nothing expires here, yet the documented field is a date. */
    private static final String NEVER = "2099-12-31T00:00:00";

    static Balance of(CustomerEntry customer) {
        return new Balance(customer.points, customer.points - customer.held, customer.earned);
    }

    static BigDecimal value(long points) {
        return POINT_VALUE.multiply(BigDecimal.valueOf(points));
    }

    /** Fewest points worth at least the amount. */
    static long pointsFor(BigDecimal amount) {
        return amount.divide(POINT_VALUE, 0, RoundingMode.CEILING).longValueExact();
    }

    ObjectNode toJson() {
        return Json.object()
                .put("totalPointsBalance", total)
                .put("totalPointsValue", value(total))
                .put("availablePointsBalance", available)
                .put("availablePointsValue", value(available))
                .put("pendingPoints", 0)
                .put("pendingPointsValue", 0)
                .put("currency", "USD")
                .put("pointsName", "Points")
                .put("nextExpiringPointsAmount", 0)
                .put("nextExpiringPointsValue", 0)
                .put("nextExpiringPointsDate", NEVER)
                .put("totalEarnedPoints", earned);
    }
}
