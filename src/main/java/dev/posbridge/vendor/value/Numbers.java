package dev.posbridge.vendor.value;

import java.math.BigDecimal;

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

    /** The number, or null where the text is none. */
    public BigDecimal parse(String text) {
        BigDecimal plain = digits(text, 0, text.length(), false);
        return plain != null ? plain : dressed(text.strip());
    }

    private BigDecimal dressed(String text) {
        boolean negative = false;
        int start = 0;
        int end = text.length();
        if (end > 1 && text.charAt(0) == '(' && text.charAt(end - 1) == ')') {
            negative = true;
            start++;
            end--;
        }
        int signs = 0;
        for (boolean moved = true; moved && start < end; ) {
            moved = false;
            char first = text.charAt(start);
            char last = text.charAt(end - 1);
            if (first == '-' || first == '+') {
                negative |= first == '-';
                signs++;
                start++;
                moved = true;
            } else if (last == '-' || last == '+') {
                negative |= last == '-';
                signs++;
                end--;
                moved = true;
            } else if (ornament(first)) {
                start++;
                moved = true;
            } else if (ornament(last)) {
                end--;
                moved = true;
            } else if (text.startsWith(currency, start)) {
                start += currency.length();
                moved = true;
            } else if (end - start > currency.length() && text.startsWith(currency, end - currency.length())) {
                end -= currency.length();
                moved = true;
            }
        }
        return signs > 1 || start >= end ? null : digits(text, start, end, negative);
    }

    private static boolean ornament(char found) {
        return found == ' ' || found == 0xA0 || Character.getType(found) == Character.CURRENCY_SYMBOL;
    }

    private BigDecimal digits(String text, int from, int to, boolean negative) {
        int start = from;
        boolean minus = negative;
        if (start < to && text.charAt(start) == '-' && !negative) {
            minus = true;
            start++;
        }
        long value = 0;
        int count = 0;
        int scale = -1;
        int group = -1;
        for (int index = start; index < to; index++) {
            char found = text.charAt(index);
            if (found >= '0' && found <= '9') {
                value = value * 10 + (found - '0');
                count++;
                scale += scale >= 0 ? 1 : 0;
                group += group >= 0 ? 1 : 0;
            } else if (found == decimal && scale < 0 && groupEnds(group, 3)) {
                scale = 0;
                group = -1;
            } else if (isThousands(found) && scale < 0 && count > 0 && groupEnds(group, 2)) {
                group = 0;
            } else {
                return null;
            }
        }
        if (count == 0 || count > MOST_DIGITS || scale == 0 || !groupEnds(group, 3)) {
            return null;
        }
        return BigDecimal.valueOf(minus ? -value : value, Math.max(scale, 0));
    }

    /** A last group has three digits; those before it two or three, as lakhs do. */
    private static boolean groupEnds(int group, int least) {
        return group < 0 || group >= least && group <= 3;
    }

    private boolean isThousands(char found) {
        return thousands != NONE
                && (found == thousands || thousands == ' ' && (found == 0xA0 || found == 0x202F || found == 0x2009));
    }
}
