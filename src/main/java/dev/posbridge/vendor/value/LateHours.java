package dev.posbridge.vendor.value;

/** Patterns for tills that count the hours after midnight on: 25:30 is half past one of the day after. */
public final class LateHours {
    static final int LATEST = 36;

    private LateHours() {}

    /** @throws IllegalArgumentException where the pattern is not made of fields of fixed width with HH */
    public static DatePattern pattern(String written) {
        String steps = FixedWidthPattern.steps(written);
        if (steps == null || steps.indexOf('H') < 0) {
            throw new IllegalArgumentException(
                    "hours after 24 need a pattern of fixed width with HH, as in" + " yyyyMMddHHmmss");
        }
        return new FixedWidthPattern(steps, LATEST);
    }
}
