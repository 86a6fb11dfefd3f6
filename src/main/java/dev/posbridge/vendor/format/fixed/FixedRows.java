package dev.posbridge.vendor.format.fixed;

import dev.posbridge.FileRejectedException;
import dev.posbridge.pos.Position;
import dev.posbridge.pos.Reason;
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
                return new Row(layouts.get(record.type()), line, fields(record, text));
            }
        }
    }

    private String[] fields(FixedRecord record, String text) {
        String[] fields = record.read(text);
        int missing = record.fields().size() - fields.length;
        if (unended && missing == 0 && text.length() < last(record).to()) {
            return Arrays.copyOf(fields, fields.length - 1); // Its last value may be cut in two.
        }
        if (missing > 0 && settings.shortLines()) {
            int there = fields.length;
            fields = Arrays.copyOf(fields, record.fields().size());
            Arrays.fill(fields, there, fields.length, "");
        } else if (missing == 0
                && !settings.shortLines()
                && text.length() < last(record).to()
                && !last(record).right()) {
            // Editors cut blanks at a line's end; a value that stands at the left is whole without them.
            return fields;
        } else if (missing == 0
                && !settings.shortLines()
                && text.length() < last(record).to()) {
            return Arrays.copyOf(fields, fields.length - 1);
        }
        return fields;
    }

    private static FixedField last(FixedRecord record) {
        FixedField last = record.fields().get(0);
        for (FixedField field : record.fields()) {
            last = field.to() > last.to() ? field : last;
        }
        return last;
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
