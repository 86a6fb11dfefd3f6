package dev.posbridge.vendor.value;

import dev.posbridge.vendor.format.Blank;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * Reads decimal numbers as tills write them, exactly. Currency signs and words around the number go; the sign may lead,
 * trail, or be parentheses. Digits of other scripts, minus signs and blanks of any kind are read. A mark in the wrong place
 * is no number: "12,50" is not 1250.
 *
 * @param decimal mark before the decimals
 * @param thousands mark between groups, or {@link #NONE}; apostrophes and blanks that do not break lines always are such
 * @param currency ISO code that may stand beside the number
 * @param credit whether CR behind a number, and not DR, makes it negative; null where neither is understood
 */
public record Numbers(char decimal, char thousands, String currency, Boolean credit) {
    public static final char NONE = '\0';
    private static final int MOST_DIGITS = 18;
    private static final char SPACE = '\u00A0';
    private static final char APOSTROPHE = '\'';
    private static final String APOSTROPHES = "'\u2018\u2019\u02BC\uFF07\u066C";
    private static final String MINUSES = "-\u2010\u2011\u2012\u2013\u2212\uFE63\uFF0D";
    /** The last group has three digits, those before it two or three, as lakhs do. */
    private static final Pattern GROUPS = Pattern.compile("\\d{1,3}(?:\\D\\d{2,3})*\\D\\d{3}");

    public Numbers {
        thousands = APOSTROPHES.indexOf(thousands) >= 0 ? APOSTROPHE : thousands;
    }

    public Numbers(char decimal, char thousands, String currency) {
        this(decimal, thousands, currency, null);
    }

    /** The number, or null where the text is none. */
    public BigDecimal parse(String text) {
        boolean minus = text.startsWith("-");
        BigDecimal plain = bare(text, minus ? 1 : 0, text.length(), minus);
        return plain != null ? plain : dressed(plain(text));
    }

    /** A number with something around it: what remains without currency and blanks must be one sign, or nothing. */
    private BigDecimal dressed(String text) {
        String core = text;
        String signs = "";
        for (int before = -1; before != core.length(); ) {
            before = core.length();
            core = Blank.strip(CurrencyWords.without(core, currency));
            if (!core.isEmpty() && "-+(".indexOf(core.charAt(0)) >= 0) {
                signs += core.charAt(0);
                core = core.substring(1);
            }
            char last = core.isEmpty() ? ' ' : core.charAt(core.length() - 1);
            if ("-+)".indexOf(last) >= 0) {
                signs += last;
                core = core.substring(0, core.length() - 1);
            } else if (credit != null && (core.endsWith("CR") || core.endsWith("DR"))) {
                signs += core.endsWith("CR") == credit ? '-' : '+';
                core = core.substring(0, core.length() - 2);
            }
        }
        return switch (signs) {
            case "", "+" -> bare(core, 0, core.length(), false);
            case "-", "()" -> bare(core, 0, core.length(), true);
            default -> null;
        };
    }

    /** The text in ASCII as far as it means the same, without a spreadsheet's text marks. */
    private String plain(String text) {
        StringBuilder made = new StringBuilder(text.length());
        for (char found : text.toCharArray()) {
            if (Blank.isShapeless(found)) {
                continue;
            }
            made.append(plain(found));
        }
        String plain = Blank.strip(made.toString());
        if (plain.startsWith("=\"") && plain.endsWith("\"") && plain.length() > 3) {
            return Blank.strip(plain.substring(2, plain.length() - 1));
        }
        return plain.length() > 1 && plain.charAt(0) == APOSTROPHE ? plain.substring(1) : plain;
    }

    private char plain(char found) {
        if (found < 0x7F) {
            return found;
        } else if (Blank.is(found)) {
            return SPACE;
        } else if (MINUSES.indexOf(found) >= 0) {
            return '-';
        } else if (APOSTROPHES.indexOf(found) >= 0) {
            return APOSTROPHE;
        }
        return switch (found) {
            case '\u066B' -> decimal; // Arabic decimal separator
            case '\u060C', '\uFF0C' -> ',';
            case '\uFF0E' -> '.';
            default -> Digits.plain(found);
        };
    }

    private BigDecimal bare(String text, int start, int end, boolean negative) {
        int mark = text.indexOf(decimal, start);
        int point = mark < 0 || mark >= end ? end : mark;
        if (hasThousands(text, start, point)) {
            String whole = text.substring(start, point);
            return isGrouped(whole) ? bare(whole.replaceAll("\\D", "") + text.substring(point, end), negative) : null;
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

    /** Whether the digits stand in groups between marks of one kind. */
    private boolean isGrouped(String whole) {
        char kind = NONE;
        for (int index = 0; index < whole.length(); index++) {
            char found = whole.charAt(index);
            char mark = isSpace(found) ? SPACE : found;
            if (!isDigit(found) && (!isThousands(found) || kind != NONE && kind != mark)) {
                return false;
            }
            kind = isDigit(found) ? kind : mark;
        }
        return GROUPS.matcher(whole).matches();
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

    private static boolean isSpace(char found) {
        return found == ' ' || found == SPACE || found == '\u202F' || found == '\u2009';
    }

    /** A plain blank may stand between two numbers, so it parts groups only where the profile says so. */
    private boolean isThousands(char found) {
        return found == thousands && found != NONE
                || found == APOSTROPHE
                || found == SPACE
                || found == '\u202F'
                || found == '\u2009';
    }
}
