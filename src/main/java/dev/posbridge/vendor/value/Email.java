package dev.posbridge.vendor.value;

import dev.posbridge.pos.Reason;
import java.util.Locale;

/** An e-mail address in a column: trimmed and in lower case, so that one customer has one address. */
public record Email(Source from) {
    /** The address; null where the text is blank; {@code ROW_MALFORMED} where it is no address. */
    public String of(Facts facts) {
        String text = from.of(facts).strip();
        if (text.isEmpty()) {
            return null;
        }
        int at = text.indexOf('@');
        boolean plausible = at > 0
                && at == text.lastIndexOf('@')
                && text.indexOf('.', at) > at + 1
                && !text.endsWith(".")
                && text.chars().noneMatch(Character::isWhitespace);
        if (!plausible) {
            throw facts.fault(
                    from.column(facts),
                    Reason.ROW_MALFORMED,
                    "e-mail address \"" + Masked.email(text)
                            + "\" is not valid, expected something like name@shop.example. "
                            + Reason.ROW_MALFORMED.remedy());
        }
        return text.toLowerCase(Locale.ROOT);
    }
}
