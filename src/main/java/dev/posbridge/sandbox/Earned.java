package dev.posbridge.sandbox;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Objects;

/**
 * How an order earns. Without lines, by what was paid. With lines, by the lines: where they exceed what was paid less
 * shipping, the difference is spread over them in proportion; where they fall short, the customer earns less.
 *
 * @param base the amount that earned
 * @param points whole points, rounded down once, over the whole order
 * @param lines fractional points by line, in the order of the lines
 */
record Earned(BigDecimal base, long points, List<BigDecimal> lines) {
    static Earned by(OrderRequest order, BigDecimal pointsPerUnit) {
        return by(order.lines(), order.totalPaid(), order.totalShipping(), pointsPerUnit);
    }

    /** @param totalShipping or null */
    static Earned by(List<Line> products, BigDecimal totalPaid, BigDecimal totalShipping, BigDecimal pointsPerUnit) {
        if (products.isEmpty()) {
            return new Earned(totalPaid, points(totalPaid, pointsPerUnit), List.of());
        }
        BigDecimal shipping = Objects.requireNonNullElse(totalShipping, BigDecimal.ZERO);
        BigDecimal limit = totalPaid.subtract(shipping).max(BigDecimal.ZERO);
        BigDecimal worth = products.stream().map(Line::worth).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal base = worth.min(limit).max(BigDecimal.ZERO);
        List<BigDecimal> lines = products.stream()
                .map(line -> share(line.worth(), worth, base).multiply(pointsPerUnit))
                .toList();
        return new Earned(base, points(base, pointsPerUnit), lines);
    }

    private static BigDecimal share(BigDecimal line, BigDecimal worth, BigDecimal base) {
        return worth.compareTo(base) == 0
                ? line
                : line.multiply(base).divide(worth, MathContext.DECIMAL64).setScale(4, RoundingMode.HALF_EVEN);
    }

    private static long points(BigDecimal amount, BigDecimal pointsPerUnit) {
        return amount.multiply(pointsPerUnit).setScale(0, RoundingMode.FLOOR).longValueExact();
    }
}
