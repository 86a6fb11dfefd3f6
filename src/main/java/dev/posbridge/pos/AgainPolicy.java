package dev.posbridge.pos;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * What a vendor's profile says of receipts that come once more, and of those that take something back.
 *
 * @param timeTolerance by how much the time of a receipt may differ when it comes again and is still the same
 * @param cap by how much of its sale's total a refund may exceed what is left, and is cut to it: 1 is all of the total
 * @param parksVoids whether the void of a sale that is not known waits for it, instead of being counted at once
 * @param beforeSale how long before its sale a refund may be dated; null for any time
 * @param dayIn where refunds may say their day alone, the zone in which they are then of its midnight, and their sale later
 *     that day; else null
 */
public record AgainPolicy(
        Duration timeTolerance, BigDecimal cap, boolean parksVoids, Duration beforeSale, ZoneId dayIn) {
    /** The clocks of two tills differ by minutes, and by an hour where one of them missed the change of summer time. */
    public static final Duration CLOCKS_DIFFER = Duration.ofHours(1);

    public static final AgainPolicy DEFAULT = new AgainPolicy(Duration.ofMinutes(1), BigDecimal.ONE, false);

    public AgainPolicy {
        if (timeTolerance.isNegative() || cap.signum() < 0 || beforeSale != null && beforeSale.isNegative()) {
            throw new IllegalArgumentException("neither a time nor a share is negative");
        }
    }

    public AgainPolicy(Duration timeTolerance, BigDecimal cap, boolean parksVoids) {
        this(timeTolerance, cap, parksVoids, CLOCKS_DIFFER, null);
    }

    /**
     * What is wrong with when something was given back; null for nothing.
     *
     * @param where position of the refund
     * @param order its sale's id
     */
    public String tooEarly(String where, Instant refunded, String order, Instant sold) {
        if (beforeSale == null || !refunded.isBefore(sold.minus(beforeSale)) || isThatDay(refunded, sold)) {
            return null;
        }
        return where + ": the refund is of " + refunded + ", before its sale \"" + order + "\" of " + sold
                + ", expected at most " + words(beforeSale) + " before it. " + Reason.DATE_IMPLAUSIBLE.remedy()
                + " Where its sales are dated later, set plausible.refund-before-sale in the profile.";
    }

    private boolean isThatDay(Instant refunded, Instant sold) {
        return dayIn != null
                && refunded.atZone(dayIn).toLocalTime().equals(LocalTime.MIDNIGHT)
                && refunded.atZone(dayIn)
                        .toLocalDate()
                        .equals(sold.atZone(dayIn).toLocalDate());
    }

    private static String words(Duration time) {
        return time.toMinutes() % 60 == 0 ? time.toHours() + " h" : time.toMinutes() + " min";
    }
}
