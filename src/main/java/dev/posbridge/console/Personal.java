package dev.posbridge.console;

import dev.posbridge.gameball.Masking;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hides who rows are about. Rows are a vendor's, so nobody can know what each column holds: what its name says is a person's is
 * hidden whole, what looks like an address or a number that is called is hidden wherever it stands.
 */
final class Personal {
    private static final Pattern COLUMN = Pattern.compile(
            "(?i).*(phone|mobile|handy|tel(?!ler)|mail|customer|guest|member|loyal|cust(?!om$)|birth|address|street|postcode"
                    + "|zip|surname|(first|last|given|family|full|holder|client)[ _-]?name|kunde|cliente?|correo|card).*");
    private static final Pattern NUMBER =
            Pattern.compile("(?<![\\p{L}\\p{N}])(?:\\+|00|0)\\d(?:[ ()]{0,2}\\d){7,13}(?![\\p{L}\\p{N}])");
    private static final Pattern IN_JSON = Pattern.compile(
            "(?i)(\"(?:name|firstName|lastName|displayName|email|mobile|phone|dateOfBirth|birthday|id|customerId|address)\"\\s*:\\s*\")((?:[^\"\\\\]|\\\\.)*)\"");
    private static final int SHOWN = 2;

    private Personal() {}

    /** A cell under that column. */
    static String cell(String column, String value) {
        return COLUMN.matcher(column).matches() ? hidden(value) : text(value);
    }

    /** A customer's id: what can be called is masked, what is a plain id is none of a person's data by itself. */
    static String person(String id) {
        return text(id);
    }

    /** A text that may name somebody. */
    static String text(String text) {
        return text == null
                ? null
                : NUMBER.matcher(Masking.mask(text))
                        .replaceAll(found -> Matcher.quoteReplacement(hidden(found.group())));
    }

    /** A record as Posbridge understood it. */
    static String json(String json) {
        return text(IN_JSON.matcher(json)
                .replaceAll(found -> Matcher.quoteReplacement(found.group(1) + hidden(found.group(2)) + '"')));
    }

    /** {@code Ja****}: that there is something, and not what. */
    static String hidden(String value) {
        return value.isBlank() ? value : value.substring(0, Math.min(SHOWN, value.length() / 3)) + "****";
    }
}
