package dev.posbridge.vendor.format.delimited;

import java.util.Arrays;
import java.util.Collection;
import java.util.regex.Pattern;

/**
 * Rows that end with delimiters the header does not have. They are taken for what they are only where every row begins
 * with that: a single row with a field too many has a delimiter in its text, and all behind it has moved.
 */
final class TrailingDelimiters {
    private static final Pattern BEFORE = Pattern.compile(".*\\d");
    private static final Pattern AFTER = Pattern.compile("\\d{2}|\\d{3}(\\.\\d+)?");

    private TrailingDelimiters() {}

    /** How many blank fields the rows have too many; 0 where they do not agree. */
    static int surplus(Collection<String[]> rows, int width) {
        int surplus = 0;
        for (String[] fields : rows) {
            if (fields.length > width && surplus == 0) {
                surplus = fields.length - width;
            }
        }
        for (String[] fields : rows) {
            boolean narrow = fields.length < width;
            if (!narrow && trimmed(fields, width, surplus) == fields) {
                return 0;
            }
        }
        return surplus;
    }

    /** The fields without the surplus; the same array where they do not end with it. */
    static String[] trimmed(String[] fields, int width, int surplus) {
        if (surplus == 0 || fields.length != width + surplus) {
            return fields;
        }
        for (int index = width; index < fields.length; index++) {
            if (!fields[index].isBlank()) {
                return fields;
            }
        }
        return torn(fields, width) ? fields : Arrays.copyOf(fields, width);
    }

    /** Whether two fields look like one number with a delimiter in it: {@code 1,234.00} or {@code 10,00}. */
    private static boolean torn(String[] fields, int width) {
        for (int index = 1; index < width; index++) {
            if (AFTER.matcher(fields[index]).matches()
                    && BEFORE.matcher(fields[index - 1]).matches()) {
                return true;
            }
        }
        return false;
    }
}
