package dev.posbridge.vendor.value;

import dev.posbridge.vendor.format.Blank;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A date's text in the spelling that patterns expect: ASCII digits, plain single blanks, AM and PM. */
final class DateText {
    private static final Pattern NOON =
            Pattern.compile("(?<=[\\d ]) ?(?:([aApP])\\.? ?[mM]?\\.?|(\u0635|\u0645))(?=$| )");

    private DateText() {}

    /**
     * The text respelled, which may be the same.
     *
     * @param noon what stands before AM and PM in the pattern; null where the pattern has none
     */
    static String plain(String text, String noon) {
        StringBuilder made = new StringBuilder(text.length());
        for (char found : text.toCharArray()) {
            char plain = Blank.is(found) ? ' ' : Digits.plain(found);
            boolean again = plain == ' ' && !made.isEmpty() && made.charAt(made.length() - 1) == ' ';
            if (!again && !Blank.isShapeless(found)) {
                made.append(plain);
            }
        }
        return noon == null ? made.toString() : withNoon(made.toString(), noon);
    }

    private static String withNoon(String text, String before) {
        Matcher matcher = NOON.matcher(text);
        if (!matcher.find()) {
            return text;
        }
        boolean morning = matcher.group(1) == null
                ? matcher.group(2).equals("\u0635")
                : matcher.group(1).equalsIgnoreCase("a");
        String head = text.substring(0, matcher.start()).stripTrailing();
        return head + before + (morning ? "AM" : "PM") + text.substring(matcher.end());
    }
}
