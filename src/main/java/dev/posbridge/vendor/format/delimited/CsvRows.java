package dev.posbridge.vendor.format.delimited;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.posbridge.FileRejectedException;
import dev.posbridge.pos.Position;
import dev.posbridge.pos.Reason;
import dev.posbridge.vendor.format.CheckedReader;
import dev.posbridge.vendor.format.Layout;
import dev.posbridge.vendor.format.Row;
import dev.posbridge.vendor.format.RowSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

/** Rows of delimited text, and the words for everything that can be wrong with it. */
final class CsvRows implements RowSource {
    private static final String[] NO_FIELDS = {};

    private final String fileName;
    private final CheckedReader reader;
    private final CsvSettings settings;
    private final long lineShift;
    private final FieldCollector collector;
    private final CloseableIterator<String[]> records;
    private Layout layout;
    private String header;
    private Row ahead;

    CsvRows(String fileName, CheckedReader reader, CsvSettings settings, long firstLine) {
        this.fileName = fileName;
        this.reader = reader;
        this.settings = settings;
        this.lineShift = firstLine - 1;
        this.collector = new FieldCollector(settings);
        // The parser's limit is on one field; the collector's, on the sum, is hit first by rows of many fields.
        this.records = CsvReader.builder()
                .fieldSeparator(settings.delimiter())
                .quoteCharacter(settings.quote())
                .allowUnclosedQuote(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .maxBufferSize(Math.max(settings.maxRow(), 16 * 1024))
                .build(collector, reader)
                .iterator();
    }

    CsvRows under(Layout found, String headerText) {
        this.layout = found;
        this.header = headerText;
        return this;
    }

    /** The first row; no fields in an empty file. */
    String[] headerFields() {
        return read();
    }

    @Override
    public Row next() {
        Row row = ahead == null ? readRow() : ahead;
        ahead = null;
        return row;
    }

    private Row readRow() {
        String[] fields = read();
        return fields.length == 0 ? null : new Row(layout, line(), fields);
    }

    @Override
    public String header() {
        return header;
    }

    @Override
    public boolean atEnd() {
        if (ahead == null) {
            ahead = readRow();
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

    /** The next row's fields, none at the end: blank lines are no rows. */
    private String[] read() {
        RuntimeException fault;
        try {
            if (records.hasNext()) {
                return records.next();
            }
            fault = settings.finalNewline() && !reader.endedWithLineEnd()
                    ? rejected(
                            Reason.FILE_TRUNCATED,
                            "the last line has no line end, as every whole file of this vendor has.")
                    : null;
        } catch (FieldCollector.TooLongException | UncheckedIOException | CsvParseException problem) {
            fault = rejection(problem);
        }
        if (fault != null) {
            throw fault;
        }
        return NO_FIELDS;
    }

    private long line() {
        return Math.max(1, collector.line()) + lineShift;
    }

    /** What is wrong with the file, in our words; an I/O error stays one. */
    private RuntimeException rejection(RuntimeException problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof FieldCollector.TooLongException) {
                return rejected(Reason.ROW_TOO_LONG, "the row " + cause.getMessage() + ".");
            }
            if (cause instanceof CheckedReader.UndecodableException) {
                return rejected(Reason.ENCODING_WRONG, "the row " + cause.getMessage() + ".");
            }
        }
        return problem instanceof CsvParseException ? unparsable(problem.getMessage()) : problem;
    }

    /** The parser has one exception for all; its words tell them apart. */
    private FileRejectedException unparsable(String message) {
        String words = message.toLowerCase(Locale.ROOT);
        if (words.contains("buffer size")) {
            return rejected(Reason.ROW_TOO_LONG, "the row is longer than " + settings.maxRow() + " characters.");
        }
        if (words.contains("closing quote")) {
            return rejected(
                    Reason.ROW_MALFORMED,
                    "text follows a closing quote, expected the delimiter \"" + settings.delimiter()
                            + "\" or the line's end.");
        }
        if (words.contains("unclosed")) {
            return rejected(Reason.FILE_TRUNCATED, "a quote is opened in this row and never closed.");
        }
        return rejected(Reason.ROW_MALFORMED, "the row cannot be read: " + message + ".");
    }

    private FileRejectedException rejected(Reason reason, String text) {
        return new FileRejectedException(Position.ofRow(fileName, line()), reason, text + " " + reason.remedy());
    }
}
