package dev.posbridge.vendor.value;

import dev.posbridge.pos.Reason;
import java.math.BigDecimal;
import java.util.List;

/**
 * Where an amount's sign stands, and what it means.
 *
 * @param flag the column with the sign, or null where the number has its own
 * @param negative what the flag says of a negative amount
 * @param positive what it says of a positive one; anything else is a fault
 */
public record Sign(Policy policy, Source flag, List<String> negative, List<String> positive) {
    /** What is done with the sign as it is written. */
    public enum Policy {
        KEPT,
        DROPPED,
        REVERSED,
        FLAGGED
    }

    /** As it is written. */
    public static final Sign KEPT = new Sign(Policy.KEPT, null, List.of(), List.of());
    /** Dropped: direction comes from the record's kind alone. */
    public static final Sign DROPPED = new Sign(Policy.DROPPED, null, List.of(), List.of());
    /** A minus means what others write without. */
    public static final Sign REVERSED = new Sign(Policy.REVERSED, null, List.of(), List.of());

    public Sign {
        negative = List.copyOf(negative);
        positive = List.copyOf(positive);
    }

    /** In a column of its own. */
    public static Sign in(Source flag, List<String> negative, List<String> positive) {
        return new Sign(Policy.FLAGGED, flag, negative, positive);
    }

    boolean isDropped() {
        return policy == Policy.DROPPED;
    }

    /** The number with the sign that it means; one whose sign will be dropped keeps it until then. */
    BigDecimal meant(BigDecimal written, String what, Facts facts) {
        return switch (policy) {
            case KEPT, DROPPED -> written;
            case REVERSED -> written.negate();
            case FLAGGED -> flagged(written, what, facts);
        };
    }

    private BigDecimal flagged(BigDecimal written, String what, Facts facts) {
        String found = flag.of(facts).strip();
        if (negative.contains(found)) {
            return written.signum() < 0 ? written : written.negate();
        }
        if (!positive.contains(found)) {
            throw facts.fault(
                    flag.column(facts),
                    Reason.AMOUNT_INVALID,
                    "the sign of " + what + " in \"" + flag.name() + "\" is \"" + found + "\", expected one of: "
                            + quoted(negative) + " (negative), " + quoted(positive)
                            + " (positive). Correct the row and replay, or add it to sign in " + facts.profile() + ".");
        }
        if (written.signum() < 0) {
            throw facts.fault(
                    flag.column(facts),
                    Reason.AMOUNT_INVALID,
                    what + " is " + written.toPlainString() + ", but its sign in \"" + flag.name() + "\" is \"" + found
                            + "\", which means positive. Correct the row and replay.");
        }
        return written;
    }

    private static String quoted(List<String> words) {
        return "\"" + String.join("\", \"", words) + "\"";
    }
}
