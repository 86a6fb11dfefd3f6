package dev.posbridge.pos;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * What a vendor's profile says of receipts that come once more, and of those that take something back.
 *
 * @param timeTolerance by how much the time of a receipt may differ when it comes again and is still the same
 * @param cap by how much of its sale's total a refund may exceed what is left, and is cut to it: 1 is all of the total
 * @param parksVoids whether the void of a sale that is not known waits for it, instead of being counted at once
 */
public record AgainPolicy(Duration timeTolerance, BigDecimal cap, boolean parksVoids) {
    public static final AgainPolicy DEFAULT = new AgainPolicy(Duration.ofMinutes(1), BigDecimal.ONE, false);

    public AgainPolicy {
        if (timeTolerance.isNegative() || cap.signum() < 0) {
            throw new IllegalArgumentException("neither a time nor a share is negative");
        }
    }
}
