package dev.posbridge.vendor.format;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.posbridge.FileRejectedException;
import dev.posbridge.pos.Position;
import dev.posbridge.pos.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

/** Rows of delimited text, and the words for everything that can be wrong with it. */
final class CsvRows implements RowSource {
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

    /** The first row, or null in an empty file. */
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
        return fields == null ? null : new Row(layout, line(), fields);
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

    private String[] read() {
        try {
            if (records.hasNext()) {
                return records.next();
            }
        } catch (FieldCollector.TooLongException problem) {
            throw rejected(Reason.ROW_TOO_LONG, "the row " + problem.getMessage() + ".");
        } catch (UncheckedIOException problem) {
            throw unreadable(problem.getCause());
        } catch (CsvParseException problem) {
            throw unparsable(problem);
        }
        if (settings.finalNewline() && !reader.endedWithLineEnd()) {
            throw rejected(
                    Reason.FILE_TRUNCATED, "the last line has no line end, as every whole file of this vendor has.");
        }
        return null;
    }

    private long line() {
        return Math.max(1, collector.line()) + lineShift;
    }

    private FileRejectedException unparsable(CsvParseException problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof FieldCollector.TooLongException) {
                return rejected(Reason.ROW_TOO_LONG, "the row " + cause.getMessage() + ".");
            }
            if (cause instanceof IOException failed) {
                return unreadable(failed);
            }
            String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
            if (text.contains("buffer size")) {
                return rejected(Reason.ROW_TOO_LONG, "the row is longer than " + settings.maxRow() + " characters.");
            }
            if (text.contains("closing quote")) {
                return rejected(
                        Reason.ROW_MALFORMED,
                        "text follows a closing quote, expected the delimiter \"" + settings.delimiter()
                                + "\" or the line's end.");
            }
            if (text.contains("quote")) {
                return rejected(Reason.FILE_TRUNCATED, "a quote is opened in this row and never closed.");
            }
        }
        return rejected(Reason.ROW_MALFORMED, "the row cannot be read: " + problem.getMessage() + ".");
    }

    private FileRejectedException unreadable(IOException problem) {
        if (problem instanceof CheckedReader.UndecodableException) {
            return rejected(Reason.ENCODING_WRONG, "the row " + problem.getMessage() + ".");
        }
        throw new UncheckedIOException(problem);
    }

    private FileRejectedException rejected(Reason reason, String text) {
        return new FileRejectedException(Position.ofRow(fileName, line()), reason, text + " " + reason.remedy());
    }
}
