package dev.posbridge.vendor.value;

import java.time.YearMonth;

/** A date pattern all of whose fields have a fixed width, read digit by digit. */
final class FixedWidthPattern extends DatePattern {
    private static final String FIELDS = "uMdHms";

    private final String steps;
    private final int latestHour;

    FixedWidthPattern(String steps) {
        this(steps, 23);
    }

    /** @param latestHour 24 and more are hours of the day after */
    FixedWidthPattern(String steps, int latestHour) {
        this.steps = steps;
        this.latestHour = latestHour;
    }

    /**
     * The pattern as a field letter for each whole field (u of four digits, the others of two, X for an offset at the
     * end), and a backslash before each literal; null where it is none of this kind.
     */
    static String steps(String pattern) {
        String bare = pattern.replace("'T'", "\\T").replace("uuuu", "yyyy");
        StringBuilder made = new StringBuilder();
        for (int index = 0; index < bare.length(); ) {
            char letter = bare.charAt(index);
            if (letter == '\\') {
                made.append(bare, index, index + 2);
                index += 2;
            } else if (bare.startsWith("yyyy", index)) {
                made.append('u');
                index += 4;
            } else if (bare.startsWith("XXX", index) && index + 3 == bare.length()) {
                made.append('X');
                index += 3;
            } else if ("MdHms".indexOf(letter) >= 0 && bare.startsWith(("" + letter).repeat(2), index)) {
                made.append(letter);
                index += 2;
            } else if (" .-/:,".indexOf(letter) >= 0) {
                made.append('\\').append(letter);
                index++;
            } else {
                return null;
            }
        }
        return eachOnce(made.toString()) ? made.toString() : null;
    }

    private static boolean eachOnce(String steps) {
        String fields = steps.replaceAll("\\\\.", "");
        return fields.chars().distinct().count() == fields.length()
                && fields.indexOf('u') >= 0
                && fields.indexOf('M') >= 0
                && fields.indexOf('d') >= 0;
    }

    @Override
    boolean parse(String text, ParsedDate into) {
        into.clear();
        int at = 0;
        for (int step = 0; step < steps.length(); step++) {
            char letter = steps.charAt(step);
            if (letter == '\\') {
                step++;
                if (at >= text.length() || text.charAt(at) != steps.charAt(step)) {
                    return false;
                }
                at++;
            } else if (letter == 'X') {
                at = offset(text, at, into);
            } else {
                int width = letter == 'u' ? 4 : 2;
                int value = number(text, at, width);
                if (value < 0) {
                    return false;
                }
                set(into, letter, value);
                at += width;
            }
        }
        return at == text.length() && valid(into);
    }

    private static int number(String text, int at, int width) {
        if (at + width > text.length()) {
            return -1;
        }
        int value = 0;
        for (int index = at; index < at + width; index++) {
            int digit = text.charAt(index) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    private static void set(ParsedDate into, char letter, int value) {
        switch (FIELDS.indexOf(letter)) {
            case 0 -> into.year = value;
            case 1 -> into.month = value;
            case 2 -> into.day = value;
            case 3 -> into.hour = value;
            case 4 -> into.minute = value;
            default -> into.second = value;
        }
    }

    /** Reads Z or +hh:mm; gives the place after it, or one past all text where it is neither. */
    private static int offset(String text, int at, ParsedDate into) {
        if (text.startsWith("Z", at)) {
            into.offset = 0;
            return at + 1;
        }
        char sign = at + 6 <= text.length() ? text.charAt(at) : ' ';
        int hours = number(text, at + 1, 2);
        int minutes = number(text, at + 4, 2);
        if ((sign != '+' && sign != '-')
                || hours < 0
                || hours > 18
                || minutes < 0
                || minutes > 59
                || text.charAt(at + 3) != ':') {
            return Integer.MAX_VALUE;
        }
        into.offset = (hours * 60 + minutes) * (sign == '-' ? -60 : 60);
        return at + 6;
    }

    private boolean valid(ParsedDate into) {
        return into.month >= 1
                && into.month <= 12
                && into.day >= 1
                && into.day <= YearMonth.of(into.year, into.month).lengthOfMonth()
                && into.hour <= latestHour
                && into.minute <= 59
                && into.second <= 59;
    }
}
