package dev.posbridge.vendor.value;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * Reads decimal numbers as tills write them, exactly. Currency signs around the number go; the sign may lead, trail, or be
 * parentheses. A mark in the wrong place is no number: "12,50" is not 1250.
 *
 * @param decimal mark before the decimals
 * @param thousands mark between groups, or {@link #NONE}
 * @param currency ISO code that may stand beside the number
 */
public record Numbers(char decimal, char thousands, String currency) {
    public static final char NONE = '\0';
    private static final int MOST_DIGITS = 18;
    /** The last group has three digits, those before it two or three, as lakhs do. */
    private static final Pattern GROUPS = Pattern.compile("\\d{1,3}(?:\\D\\d{2,3})*\\D\\d{3}");

    /** The number, or null where the text is none. */
    public BigDecimal parse(String text) {
        boolean minus = text.startsWith("-");
        BigDecimal plain = bare(text, minus ? 1 : 0, text.length(), minus);
        return plain != null ? plain : dressed(text);
    }

    /** A number with something around it: what remains without currency and blanks must be a sign, or nothing. */
    private BigDecimal dressed(String text) {
        int start = 0;
        while (start < text.length() && !isDigit(text.charAt(start)) && text.charAt(start) != decimal) {
            start++;
        }
        int end = text.length();
        while (end > start && !isDigit(text.charAt(end - 1))) {
            end--;
        }
        String around = withoutOrnaments(text.substring(0, start)) + "|" + withoutOrnaments(text.substring(end));
        return switch (around) {
            case "|", "+|", "|+" -> bare(text, start, end, false);
            case "-|", "|-", "(|)" -> bare(text, start, end, true);
            default -> null;
        };
    }

    private String withoutOrnaments(String around) {
        return around.replace(currency, "").replaceAll("[\\p{Sc}\\s\u00A0\u202F]", "");
    }

    private BigDecimal bare(String text, int start, int end, boolean negative) {
        int mark = text.indexOf(decimal, start);
        int point = mark < 0 || mark >= end ? end : mark;
        if (thousands != NONE && hasThousands(text, start, point)) {
            String whole = text.substring(start, point);
            boolean ofOneKind = whole.chars().allMatch(found -> isDigit((char) found) || isThousands((char) found));
            return ofOneKind && GROUPS.matcher(whole).matches()
                    ? bare(whole.replaceAll("\\D", "") + text.substring(point, end), negative)
                    : null;
        }
        int decimals = Math.max(0, end - point - 1);
        if (point == start && decimals == 0 || point < end && decimals == 0 || point - start + decimals > MOST_DIGITS) {
            return null;
        }
        long value = digits(text, point + 1, end, digits(text, start, point, 0));
        return value < 0 ? null : BigDecimal.valueOf(negative ? -value : value, decimals);
    }

    private BigDecimal bare(String text, boolean negative) {
        return new Numbers(decimal, NONE, currency).bare(text, 0, text.length(), negative);
    }

    /** The digits behind those of {@code value}; negative where another character is among them. */
    private static long digits(String text, int from, int to, long value) {
        long made = value;
        for (int index = from; index < to && made >= 0; index++) {
            char found = text.charAt(index);
            made = isDigit(found) ? made * 10 + (found - '0') : -1;
        }
        return made;
    }

    private boolean hasThousands(String text, int from, int to) {
        for (int index = from; index < to; index++) {
            if (isThousands(text.charAt(index))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isDigit(char found) {
        return found >= '0' && found <= '9';
    }

    private boolean isThousands(char found) {
        return found == thousands || thousands == ' ' && (found == 0xA0 || found == 0x202F || found == 0x2009);
    }
}
