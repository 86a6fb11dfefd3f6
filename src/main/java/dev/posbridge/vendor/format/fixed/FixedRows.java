package dev.posbridge.vendor.format.fixed;

import dev.posbridge.FileRejectedException;
import dev.posbridge.pos.Position;
import dev.posbridge.pos.Reason;
import dev.posbridge.vendor.format.Carried;
import dev.posbridge.vendor.format.CheckedReader;
import dev.posbridge.vendor.format.Layout;
import dev.posbridge.vendor.format.Row;
import dev.posbridge.vendor.format.RowSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;

/** Lines of fixed-width text, each under the columns of its record type. */
final class FixedRows implements RowSource {
    private final String fileName;
    private final CheckedReader reader;
    private final FixedSettings settings;
    private final Map<String, Layout> layouts;
    private final boolean whole;
    private final Carried carried;
    private final char[] buffer = new char[16 * 1024];
    private int at;
    private int end;
    private long line;
    private boolean carriageReturn;
    private boolean unended;
    private Row ahead;

    /** @param whole false for lines that were put aside: nobody asks how they end */
    FixedRows(
            String fileName,
            CheckedReader reader,
            FixedSettings settings,
            Map<String, Layout> layouts,
            long firstLine,
            boolean whole) {
        this.fileName = fileName;
        this.reader = reader;
        this.settings = settings;
        this.layouts = layouts;
        this.carried = new Carried(settings.carry(), fileName);
        this.line = firstLine - 1;
        this.whole = whole;
    }

    @Override
    public Row next() {
        Row row = ahead == null ? read() : ahead;
        ahead = null;
        return row;
    }

    private Row read() {
        while (true) {
            String text = readLine();
            if (text == null) {
                return null;
            }
            if (text.isBlank()) {
                continue;
            }
            FixedRecord record = settings.recordOf(text);
            if (record == null) {
                throw unknown(text);
            }
            if (!record.fields().isEmpty()) {
                Row row = row(record, text);
                if (!settings.carry().isHead(record.type())) {
                    return row.fault() == null ? carried(record, row) : row;
                }
                String[] fields = row.fault() == null ? row.fields().toArray(String[]::new) : new String[0];
                carried.take(record.type(), record.names(), fields, line);
            }
        }
    }

    private Row carried(FixedRecord record, Row row) {
        return settings.carry().isEmpty()
                ? row
                : carried.row(
                        record.type(),
                        row.layout(),
                        record.fields().size(),
                        line,
                        row.fields().toArray(String[]::new));
    }

    /** A line that does not end where it should is a row with too many fields or too few, and says so in characters. */
    private Row row(FixedRecord record, String text) {
        Layout layout = layouts.get(record.type());
        String[] fields = record.read(text);
        int all = record.fields().size();
        int expected = record.end();
        if (text.length() > expected) {
            String rest = text.substring(expected).stripTrailing();
            if (rest.isEmpty() || settings.longLines()) {
                return new Row(layout, line, fields);
            }
            String[] wide = Arrays.copyOf(fields, all + 1);
            wide[all] = rest;
            return new Row(layout, line, wide, fault(expected + rest.length(), expected));
        }
        if (text.length() == expected) {
            return new Row(layout, line, fields);
        }
        if (settings.shortLines() && !unended) {
            return new Row(layout, line, filled(fields, all));
        }
        // Editors cut blanks at a line's end; a value that stands at the left is whole without them.
        boolean whole = fields.length == all && record.mayEndEarly() && !unended;
        if (whole) {
            return new Row(layout, line, fields);
        }
        if (settings.shortLines() && fields.length < all) {
            return new Row(layout, line, filled(fields, all)); // It ends between two values.
        }
        String[] there = fields.length == all ? Arrays.copyOf(fields, all - 1) : fields; // The last may be cut in two.
        return new Row(layout, line, there, fault(text.length(), expected));
    }

    private static String[] filled(String[] fields, int all) {
        String[] filled = Arrays.copyOf(fields, all);
        Arrays.fill(filled, fields.length, all, "");
        return filled;
    }

    private static Row.Mark fault(int found, int expected) {
        return new Row.Mark(
                0,
                0,
                "the line has " + found + " characters, expected " + expected + ". "
                        + (found > expected
                                ? "Correct the row and replay it, or name what stands behind in format (long-lines: cut"
                                        + " passes it over)."
                                : Reason.ROW_MALFORMED.remedy()));
    }

    private FileRejectedException unknown(String text) {
        String type = settings.typeOf(text);
        return new FileRejectedException(
                Position.ofRow(fileName, line),
                Reason.ROW_MALFORMED,
                "record type \"" + type + "\" in columns " + settings.type().from() + "-"
                        + settings.type().to() + " is unknown, expected one of: "
                        + String.join(", ", settings.records().keySet())
                        + ". Add it to format.types in the profile, or write " + type + ": skip there.");
    }

    /** The next line without its end; null after the last. */
    private String readLine() {
        StringBuilder text = null;
        line++;
        while (true) {
            if (at == end && !fill()) {
                return text == null ? atTheEnd() : cutOffOr(text.toString());
            }
            if (carriageReturn && buffer[at] == '\n') {
                at++;
                carriageReturn = false;
                continue;
            }
            carriageReturn = false;
            int from = at;
            while (at < end && buffer[at] != '\n' && buffer[at] != '\r') {
                at++;
            }
            text = text == null ? new StringBuilder(at - from) : text;
            text.append(buffer, from, at - from);
            if (text.length() > settings.maxLine()) {
                throw rejected(Reason.ROW_TOO_LONG, "the line is longer than " + settings.maxLine() + " characters.");
            }
            if (at < end) {
                carriageReturn = buffer[at++] == '\r';
                return text.toString();
            }
        }
    }

    private String atTheEnd() {
        line--;
        return null;
    }

    private String cutOffOr(String last) {
        unended = whole;
        if (whole && settings.finalNewline()) {
            throw rejected(
                    Reason.FILE_TRUNCATED, "the last line has no line end, as every whole file of this vendor has.");
        }
        return last;
    }

    @SuppressWarnings("PMD.PreserveStackTrace") // The message tells all there is.
    private boolean fill() {
        try {
            end = Math.max(0, reader.read(buffer, 0, buffer.length));
            at = 0;
            return end > 0;
        } catch (CheckedReader.UndecodableException problem) {
            throw rejected(Reason.ENCODING_WRONG, "the line " + problem.getMessage() + ".");
        } catch (CheckedReader.NoTextException problem) {
            throw new FileRejectedException(
                    Position.ofFile(fileName), Reason.FORMAT_WRONG, "the file " + problem.getMessage());
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private FileRejectedException rejected(Reason reason, String text) {
        return new FileRejectedException(
                Position.ofRow(fileName, Math.max(1, line)), reason, text + " " + reason.remedy());
    }

    @Override
    public String header() {
        return null;
    }

    @Override
    public boolean atEnd() {
        if (ahead == null) {
            ahead = read();
        }
        return ahead == null;
    }

    @Override
    public boolean endedCleanly() {
        return reader.endedWithLineEnd();
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
