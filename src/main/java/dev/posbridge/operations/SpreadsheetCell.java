package dev.posbridge.operations;

import java.util.regex.Pattern;

/**
 * Values in a file that people open in a spreadsheet. One that a spreadsheet would take for a formula gets an apostrophe
 * before it, which is taken off again when the file comes back; so does one that begins with an apostrophe itself. Plain
 * negative numbers stay as they are: they are no formulas.
 */
public final class SpreadsheetCell {
    private static final String FORMULA = "=+-@\t\r'";
    private static final Pattern NEGATIVE_NUMBER = Pattern.compile("-\\d[\\d.,]*");

    private SpreadsheetCell() {}

    public static String shown(String value) {
        boolean risky = !value.isEmpty()
                && FORMULA.indexOf(value.charAt(0)) >= 0
                && !NEGATIVE_NUMBER.matcher(value).matches();
        return risky ? "'" + value : value;
    }

    public static String read(String cell) {
        return cell.startsWith("'") ? cell.substring(1) : cell;
    }
}
