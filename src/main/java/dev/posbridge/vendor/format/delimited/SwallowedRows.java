package dev.posbridge.vendor.format.delimited;

import java.util.Optional;

/**
 * Finds rows that lie within quotes. Tills that do not double their quotes write {@code "Half inch} and, a row or more
 * further on, {@code Screen 15"}: what is between them then is one text for the parser, the number of fields is right, and
 * a sale is gone. Such a text says so itself: its lines have as many delimiters as the rows that they were.
 */
final class SwallowedRows {
    /** With fewer delimiters in all a text may come to the same by chance. */
    private static final int LEAST_DELIMITERS = 3;

    private SwallowedRows() {}

    /** Number of the field, from 1, in which other rows lie. */
    static Optional<Integer> in(String[] fields, String delimiter) {
        int full = fields.length - 1;
        for (int index = 0; index < fields.length && full >= LEAST_DELIMITERS; index++) {
            if (swallows(fields[index], delimiter, full - index, index, full)) {
                return Optional.of(index + 1);
            }
        }
        return Optional.empty();
    }

    private static boolean swallows(String field, String delimiter, int first, int last, int full) {
        String[] lines = field.split("\r\n|\r|\n", -1);
        for (int line = 0; line < lines.length; line++) {
            int expected = line == 0 ? first : line == lines.length - 1 ? last : full;
            if (lines.length < 2 || count(lines[line], delimiter) != expected) {
                return false;
            }
        }
        return true;
    }

    private static int count(String text, String delimiter) {
        int count = 0;
        for (int at = text.indexOf(delimiter); at >= 0; at = text.indexOf(delimiter, at + delimiter.length())) {
            count++;
        }
        return count;
    }
}
