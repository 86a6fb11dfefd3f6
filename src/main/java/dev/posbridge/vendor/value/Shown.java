package dev.posbridge.vendor.value;

import dev.posbridge.vendor.format.Blank;

/**
 * A value in a message. What a reader could not tell from something else is named: a blank that is none, a character
 * without shape, a minus or digits of another kind. Two texts that look equal never are called different.
 */
public final class Shown {
    private static final String LOOK_ALIKES =
            "\u2010\u2011\u2012\u2013\u2014\u2212\u2018\u2019\u02BC\u00B4\uFF0C\uFF0E\u066B\u066C\u060C";

    private Shown() {}

    /** The value with such characters as {@code [U+00A0 no-break space]}. */
    public static String text(String value) {
        int index = 0;
        while (index < value.length() && !isDoubtful(value.charAt(index))) {
            index++;
        }
        return index == value.length() ? value : named(value);
    }

    private static String named(String value) {
        StringBuilder made = new StringBuilder(value.length() + 32);
        for (char found : value.toCharArray()) {
            if (isDoubtful(found)) {
                made.append('[').append(name(found)).append(']');
            } else {
                made.append(found);
            }
        }
        return made.toString();
    }

    private static boolean isDoubtful(char found) {
        if (found >= ' ' && found < 0x7F) {
            return false;
        }
        return Blank.is(found) || found == '\uFFFD' || LOOK_ALIKES.indexOf(found) >= 0 || Digits.plain(found) != found;
    }

    private static String name(char found) {
        String name = Character.getName(found);
        String code = String.format("U+%04X", (int) found);
        return name == null ? code : code + " " + name.toLowerCase(java.util.Locale.ROOT);
    }
}
