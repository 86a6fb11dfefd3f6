package dev.posbridge.vendor.value;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What people write in a condition that is no CEL, from SQL and spreadsheets. It is looked for where a condition is wrong
 * already, since a parser names only what it met.
 *
 * @param at its place in the text
 */
record OtherLanguage(int at, String found, String meant) {
    private static final Map<String, String> MEANT = Map.of(
            "=", "==", "=>", ">=", "=<", "<=", "<>", "!=", "&", "&&", "|", "||", "and", "&&", "or", "||", "not", "!");

    private static final Pattern TOKEN =
            Pattern.compile("'[^']*'|\"[^\"]*\"|[=<>!&|]+|(?<![\\w.])(?i:and|or|not)(?!\\w)");

    /** The first of them outside of quotes. */
    static Optional<OtherLanguage> in(String condition) {
        Matcher token = TOKEN.matcher(condition);
        while (token.find()) {
            String found = token.group();
            String meant = MEANT.get(found.toLowerCase(Locale.ROOT));
            if (meant != null) {
                return Optional.of(new OtherLanguage(token.start(), found, meant));
            }
        }
        return Optional.empty();
    }

    String sentence() {
        return "found \"" + found + "\", which is none of its signs. Did you mean \"" + meant + "\"?";
    }
}
