package dev.posbridge.vendor.format.delimited;

import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands before the table: a line {@code sep=;}, by which a spreadsheet is told the delimiter, and lines to skip.
 *
 * @param reader what is left
 * @param hint the delimiter that the file names, or null
 * @param lines passed over
 * @param last the last of the lines that the profile counts off; null where there are none
 */
record CsvStart(Reader reader, String hint, long lines, String last) {
    private static final Pattern HINT = Pattern.compile("\"?sep=(.)\"?[\\r\\n]*", Pattern.CASE_INSENSITIVE);
    private static final int LONGEST_HINT = 10;

    static CsvStart of(Reader text, CsvSettings settings) throws IOException {
        if (!settings.frame().whole()) {
            return new CsvStart(text, null, 0, null);
        }
        PushbackReader reader = new PushbackReader(text, LONGEST_HINT + 2);
        String line = line(reader, LONGEST_HINT);
        Matcher hint = HINT.matcher(line);
        boolean hinted = hint.matches();
        if (!hinted) {
            reader.unread(line.toCharArray());
        }
        String last = null;
        for (int skipped = 0; skipped < settings.frame().skip(); skipped++) {
            last = line(reader, settings.maxRow());
        }
        return new CsvStart(
                reader,
                hinted ? hint.group(1) : null,
                (hinted ? 1 : 0) + Math.max(0, settings.frame().skip()),
                last);
    }

    /** A line with its end, or its beginning where it is longer. */
    private static String line(PushbackReader reader, int most) throws IOException {
        StringBuilder line = new StringBuilder();
        int one = reader.read();
        while (one >= 0) {
            line.append((char) one);
            if (one == '\n' || line.length() >= most) {
                break;
            }
            if (one == '\r') {
                int next = reader.read();
                if (next == '\n') {
                    line.append('\n');
                } else if (next >= 0) {
                    reader.unread(next);
                }
                break;
            }
            one = reader.read();
        }
        return line.toString();
    }
}
