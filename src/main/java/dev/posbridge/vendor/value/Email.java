package dev.posbridge.vendor.value;

import dev.posbridge.RecordRejectedException;
import dev.posbridge.pos.Reason;
import dev.posbridge.vendor.format.Blank;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An e-mail address in a column: trimmed and in lower case, so that one customer has one address.
 *
 * @param mixed whether phone numbers stand in the same column
 */
public record Email(Source from, boolean mixed) {
    private static final Pattern PLAUSIBLE =
            Pattern.compile("[^\\s@,;:<>()\\[\\]\"]+@[^\\s@,;:<>()\\[\\]\".]+(?:\\.[^\\s@,;:<>()\\[\\]\".]+)+");

    /** The address; null where there is none, or something that is none: then {@link #fault} says what. */
    public String of(Facts facts) {
        String text = text(facts);
        return isPlausible(text) ? text.toLowerCase(Locale.ROOT) : null;
    }

    /** What is wrong with what stands there; null where it is an address or blank. */
    public RecordRejectedException fault(Facts facts) {
        String text = text(facts);
        if (text.isEmpty() || isPlausible(text)) {
            return null;
        }
        return facts.fault(
                from.column(facts),
                Reason.ROW_MALFORMED,
                "e-mail address \"" + Masked.email(Shown.text(text))
                        + "\" is not valid, expected something like name@shop.example. "
                        + Reason.ROW_MALFORMED.remedy());
    }

    /** Whether people write this where a customer has no address. */
    public boolean meansNothing(Facts facts) {
        return IdText.meansNothing(text(facts));
    }

    private String text(Facts facts) {
        String cell = from.of(facts);
        return cell.isEmpty() ? cell : mixed ? ContactCell.address(cell) : Blank.strip(cell);
    }

    private static boolean isPlausible(String text) {
        return !text.isEmpty() && PLAUSIBLE.matcher(text).matches();
    }
}
