package dev.posbridge.vendor.value;

import dev.posbridge.vendor.format.Blank;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A column's text where it is to be an id, or a part of one. Ids decide who gets the points and which receipt is which, so
 * what a spreadsheet made of an id is none: many ids become the same rounded number. What is plainly the same id in other
 * clothes is that id: in Arabic digits, behind a spreadsheet's text marks ({@code ="0001"}, {@code '0001}), among blanks
 * that cannot be seen.
 */
public final class IdText {
    /** What people and databases write for nothing, in small letters. */
    private static final Set<String> NOTHING = Set.of(
            "n/a",
            "n.a.",
            "-",
            "--",
            "---",
            "\u2013",
            "\u2014",
            "\u2212",
            "?",
            "null",
            "(null)",
            "<null>",
            "\\n",
            "nil",
            "nan",
            "none",
            "(none)",
            "(blank)",
            "(empty)",
            "undefined",
            "unknown",
            "no customer",
            "cash customer",
            "walk-in",
            "walk in",
            "walkin",
            "walk-in customer",
            "guest",
            "anonymous");

    private static final int LONGEST_NOTHING = 16;
    /** With what they begin: most ids do not, and need not be looked up. */
    private static final String BEGINNINGS = beginnings();

    private static final Pattern ROUNDED = Pattern.compile("[+-]?\\d+(?:[.,]\\d+[eE][+-]?|[eE]\\+)\\d{1,3}");
    private static final Pattern WITH_DECIMALS = Pattern.compile("\\d+[.,]0+");
    private static final Pattern GROUPED = Pattern.compile("\\d{1,3}(?:,\\d{3})+");
    private static final Pattern CUT = Pattern.compile("[1-9]\\d{14}0{4,}");
    private static final Pattern POWER = Pattern.compile("\\d+[eE]\\d{2,3}");
    private static final Pattern FRACTION = Pattern.compile("\\d+[.,]\\d+");
    private static final Pattern ERROR =
            Pattern.compile("#(?:N/A|REF!|VALUE!|NAME\\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!|#+)");
    private static final List<String> MASKS = List.of("***", "XXXX", "xxxx", "\u2022\u2022\u2022", "###");
    private static final Pattern MASKED = Pattern.compile("(?=.*\\d)[0-9*#Xx\u2022 /-]*[0-9*#\u2022Xx]");
    private static final String MONTHS = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";
    private static final Pattern DAY =
            Pattern.compile("\\d{1,2}-" + MONTHS + "|" + MONTHS + "-\\d{2}", Pattern.CASE_INSENSITIVE);

    private IdText() {}

    private static String beginnings() {
        StringBuilder first = new StringBuilder();
        for (String nothing : NOTHING) {
            first.append(nothing.charAt(0)).append(Character.toUpperCase(nothing.charAt(0)));
        }
        return first.toString();
    }

    /** The id that is written there, "" where it means nothing; {@link #fault} says whether it is one. */
    public static String of(String raw) {
        String text = isPlain(raw) ? raw : bare(raw);
        return meansNothing(text) ? "" : text;
    }

    /** Whether people write this where there is nothing. */
    public static boolean meansNothing(String text) {
        return text.length() <= LONGEST_NOTHING
                && !text.isEmpty()
                && BEGINNINGS.indexOf(text.charAt(0)) >= 0
                && NOTHING.contains(text.toLowerCase(Locale.ROOT));
    }

    /** What is wrong with an id that {@link #of} gave: null, or words behind "which is". */
    public static String fault(String id) {
        String mangled = mangled(id);
        return mangled != null ? mangled : doubt(id);
    }

    /** What a few tills have as ids, and all others never: they have to say so. */
    private static String doubt(String id) {
        if (id.isEmpty()) {
            return null;
        }
        char first = id.charAt(0);
        if (isMasked(id)) {
            return "a masked number, of which many customers have the digits that are left";
        }
        if (isDigit(first)) {
            return FRACTION.matcher(id).matches()
                    ? "a number with decimals or marks between its groups, which ids have not"
                    : POWER.matcher(id).matches() ? "a number written as a power of ten, which ids are not" : null;
        }
        boolean truth = (first | 32) == 't' ? id.equalsIgnoreCase("true") : id.equalsIgnoreCase("false");
        return truth ? "a truth value, not an id" : null;
    }

    /** {@code ****1234}, {@code 411111XXXXXX1111}: the end of a card, which is the end of many cards. */
    static boolean isMasked(String id) {
        for (String mask : MASKS) {
            if (id.contains(mask) && MASKED.matcher(id).matches()) {
                return true;
            }
        }
        return false;
    }

    /** What no till means, wherever it is looked for: null, or words behind "which is". */
    public static String mangled(String id) {
        if (id.isEmpty() || isInnocent(id)) {
            return null;
        }
        if (ROUNDED.matcher(id).matches()) {
            return "a number that a spreadsheet rounded, so that many ids became one";
        } else if (WITH_DECIMALS.matcher(id).matches()) {
            return "a number with decimals, not an id as the till wrote it";
        } else if (GROUPED.matcher(id).matches()) {
            return "a number with marks between its groups, not an id as the till wrote it";
        } else if (CUT.matcher(id).matches()) {
            return "a number of which a spreadsheet kept the first fifteen digits";
        } else if (ERROR.matcher(id).matches()) {
            return "an error of a spreadsheet";
        } else if (DAY.matcher(id).matches()) {
            return "a date that a spreadsheet made of an id";
        } else if (id.startsWith("=")) {
            return "a formula of a spreadsheet";
        }
        if (id.length() > 1 && allOf(id, '?')) {
            return "damaged: question marks stand where characters were lost";
        }
        return id.indexOf('\uFFFD') < 0 ? null : "damaged: U+FFFD stands where a character was lost";
    }

    /** Zeros only, which is how tills number "no customer". */
    public static boolean isZero(String id) {
        return allOf(id, '0');
    }

    /** One digit six times or more, which is what cashiers type to be asked no further. */
    public static boolean isDummy(String id) {
        return id.length() >= 6 && isDigit(id.charAt(0)) && allOf(id, id.charAt(0));
    }

    /** One digit, or one below zero: what is typed, or stored, where there is nobody. */
    public static boolean isSingleDigit(String id) {
        return id.length() == 1 && isDigit(id.charAt(0))
                || id.length() == 2 && id.charAt(0) == '-' && isDigit(id.charAt(1));
    }

    /** Digits and letters without the marks of any fault: nearly every id there is. */
    private static boolean isInnocent(String id) {
        if (id.length() >= 19) {
            return false;
        }
        for (int index = 0; index < id.length(); index++) {
            char found = id.charAt(index);
            if (found == '.'
                    || found == ','
                    || found == '+'
                    || found == '#'
                    || found == '='
                    || found == '?'
                    || found > '~') {
                return false;
            }
            if (found == '-' && mayBeDay(id, index)) {
                return false;
            }
        }
        return true;
    }

    /** {@code 7-Jan} or {@code Jan-07}, as far as a look at its ends tells. */
    private static boolean mayBeDay(String id, int dash) {
        return id.length() <= 6 && (dash == 3 || isDigit(id.charAt(0)));
    }

    private static boolean isPlain(String text) {
        if (text.isEmpty()) {
            return true;
        }
        char first = text.charAt(0);
        if (first == '=' || first == '\'') {
            return false;
        }
        for (int index = 0; index < text.length(); index++) {
            char found = text.charAt(index);
            if (found < ' ' || found > '~') {
                return false;
            }
        }
        return first != ' ' && text.charAt(text.length() - 1) != ' ';
    }

    private static String bare(String raw) {
        StringBuilder made = new StringBuilder(raw.length());
        for (int index = 0; index < raw.length(); index++) {
            char found = raw.charAt(index);
            if (!Blank.isShapeless(found)) {
                made.append(Blank.is(found) ? ' ' : isDash(found) ? '-' : Digits.plain(found));
            }
        }
        String text = made.toString().strip();
        if (text.length() > 3 && text.startsWith("=\"") && text.endsWith("\"")) {
            return text.substring(2, text.length() - 1).replace("\"\"", "\"").strip();
        }
        return text.length() > 1 && text.startsWith("'") && !text.endsWith("'")
                ? text.substring(1).strip()
                : text;
    }

    /** A hyphen in other clothes: word processors write them, and nobody sees that they are others. */
    private static boolean isDash(char found) {
        return found == '\u2010' || found == '\u2011' || found == '\u2212' || found == '\uFE63' || found == '\uFF0D';
    }

    private static boolean allOf(String text, char wanted) {
        for (int index = 0; index < text.length(); index++) {
            if (text.charAt(index) != wanted) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static boolean isDigit(char found) {
        return found >= '0' && found <= '9';
    }
}
