package dev.posbridge.vendor.value;

import dev.posbridge.pos.Reason;
import java.math.BigDecimal;

/**
 * A number in a column, with its rules.
 *
 * @param what as the profile calls it ({@code total-paid}), for messages
 * @param absolute whether the till's sign is dropped
 */
public record Amount(String what, Source from, Numbers numbers, boolean absolute) {
    private static final int MOST_DIGITS = 12;

    /** The number, not negative; a blank one is {@code VALUE_MISSING}. */
    public BigDecimal required(Facts facts) {
        BigDecimal found = optional(facts);
        if (found == null) {
            throw facts.fault(
                    from.column(facts),
                    Reason.VALUE_MISSING,
                    what + " in \"" + name() + "\" is blank, expected a number. " + Reason.VALUE_MISSING.remedy());
        }
        return found;
    }

    /** The number, not negative; null where the text is blank. */
    public BigDecimal optional(Facts facts) {
        BigDecimal found = signed(facts);
        if (found == null || found.signum() >= 0) {
            return found;
        }
        if (absolute) {
            return found.negate();
        }
        throw facts.fault(
                from.column(facts),
                Reason.AMOUNT_INVALID,
                what + " \"" + from.of(facts)
                        + "\" is negative, expected zero or more. Correct the row and replay, or set" + " absolute in "
                        + facts.profile() + ".");
    }

    /** The number with its sign; null where the text is blank. */
    public BigDecimal signed(Facts facts) {
        String text = from.of(facts);
        if (text.isBlank()) {
            return null;
        }
        BigDecimal found = numbers.parse(text);
        if (found != null && found.precision() - found.scale() > MOST_DIGITS) {
            throw facts.fault(
                    from.column(facts),
                    Reason.AMOUNT_INVALID,
                    what + " has more than " + MOST_DIGITS
                            + " digits before the point: that is another column's number. "
                            + Reason.AMOUNT_INVALID.remedy());
        }
        if (found == null) {
            throw facts.fault(
                    from.column(facts),
                    Reason.AMOUNT_INVALID,
                    what + " \"" + text + "\" is not a number. Correct the row and replay, or set decimal in "
                            + facts.profile() + ".");
        }
        return found;
    }

    private String name() {
        return from.name();
    }
}
