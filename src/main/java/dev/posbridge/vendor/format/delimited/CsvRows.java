package dev.posbridge.vendor.format.delimited;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.posbridge.FileRejectedException;
import dev.posbridge.pos.Position;
import dev.posbridge.pos.Reason;
import dev.posbridge.vendor.format.Carried;
import dev.posbridge.vendor.format.CheckedReader;
import dev.posbridge.vendor.format.Layout;
import dev.posbridge.vendor.format.Row;
import dev.posbridge.vendor.format.RowSource;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Rows of delimited text, and the words for everything that can be wrong with it. */
final class CsvRows implements RowSource {
    private static final String[] NO_FIELDS = {};
    /** So many rows must agree before a field too many is taken for a trailing delimiter. */
    private static final int LOOKED_AT = 20;

    /** Fields with the line on which they start; without fields, what is wrong there. */
    private record Raw(String[] fields, long line, RuntimeException fault) {}

    private final String fileName;
    private final CheckedReader reader;
    private final CsvSettings settings;
    private final long lineShift;
    private final String lastOfPreamble;
    private final Carried carried;
    private final FieldCollector collector;
    private final CloseableIterator<String[]> records;
    private final Deque<Raw> raws = new ArrayDeque<>();
    private final Deque<Row> ahead = new ArrayDeque<>();
    private Layout layout;
    private Map<String, Layout> layouts = Map.of();
    private String header;
    private int surplus;

    CsvRows(String fileName, CheckedReader reader, CsvSettings asked, long firstLine) {
        this.fileName = fileName;
        this.reader = reader;
        CsvStart start = start(asked, firstLine);
        this.settings = effective(start, asked);
        this.lineShift = firstLine - 1 + start.lines();
        this.lastOfPreamble = start.last();
        this.carried = new Carried(settings.carry(), fileName);
        this.collector = new FieldCollector(settings);
        // The parser's limit is on one field; the collector's, on the sum, is hit first by rows of many fields.
        CsvReader.CsvReaderBuilder builder = CsvReader.builder()
                .quoteCharacter(settings.quote())
                .allowUnclosedQuote(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .maxBufferSize(Math.max(settings.maxRow(), 16 * 1024));
        builder = settings.delimiter().length() == 1
                ? builder.fieldSeparator(settings.delimiter().charAt(0))
                : builder.fieldSeparator(settings.delimiter());
        this.records = builder.build(collector, start.reader()).iterator();
    }

    private CsvStart start(CsvSettings asked, long firstLine) {
        try {
            return CsvStart.of(reader, asked);
        } catch (IOException problem) {
            throw rejection(new UncheckedIOException(problem), asked, firstLine);
        }
    }

    private CsvSettings effective(CsvStart start, CsvSettings asked) {
        if (start.hint() == null || start.hint().equals(asked.delimiter())) {
            return asked;
        }
        if (asked.delimiterGiven()) {
            throw new FileRejectedException(
                    Position.ofRow(fileName, 1),
                    Reason.HEADER_WRONG,
                    "the first line says that the delimiter is \"" + start.hint() + "\", expected \""
                            + asked.delimiter() + "\". Correct format.delimiter in the profile.");
        }
        return asked.withDelimiter(start.hint());
    }

    CsvRows under(Layout found, String headerText) {
        this.layout = found;
        this.header = headerText;
        return this;
    }

    CsvRows under(Map<String, Layout> byType) {
        this.layouts = byType;
        return this;
    }

    /** The first row that is not blank; no fields in an empty file. */
    String[] headerFields() {
        String[] fields = read();
        while (fields.length > 0 && isBlank(fields)) {
            fields = read();
        }
        return fields;
    }

    /** Line of the latest row. */
    long line() {
        return Math.max(1, collector.line()) + lineShift;
    }

    /**
     * Looks whether the rows have more fields than that, all blank; costs other files one row read ahead.
     *
     * @param full fields in the header with what is nameless at its end
     * @return how many columns there are
     */
    int agreeOnWidth(int width, int full) {
        peek();
        Raw first = raws.peek();
        if (!settings.frame().whole() || first == null || first.fields() == null || first.fields().length <= width) {
            return width;
        }
        if (first.fields().length == full) {
            return full;
        }
        while (raws.size() < LOOKED_AT && peek()) {
            continue;
        }
        surplus = TrailingDelimiters.surplus(
                raws.stream()
                        .map(Raw::fields)
                        .filter(fields -> fields != null && !isBlank(fields))
                        .toList(),
                width);
        return width;
    }

    /** Reads a row ahead; false where there is none. */
    private boolean peek() {
        try {
            String[] fields = read();
            if (fields.length > 0) {
                raws.add(new Raw(fields, line(), null));
            }
            return fields.length > 0;
        } catch (FileRejectedException later) {
            raws.add(new Raw(null, 0, later));
            return false;
        }
    }

    private static boolean isBlank(String[] fields) {
        for (String field : fields) {
            if (!field.isBlank()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Row next() {
        int footer = settings.frame().footer();
        if (footer == 0 && ahead.isEmpty()) {
            return readRow();
        }
        fill(footer + 1);
        return ahead.size() > footer ? ahead.poll() : null;
    }

    private void fill(int count) {
        while (ahead.size() < count) {
            Row row = readRow();
            if (row == null) {
                return;
            }
            ahead.add(row);
        }
    }

    private Row readRow() {
        while (true) {
            Raw raw = raws.poll();
            if (raw != null && raw.fault() != null) {
                throw raw.fault();
            }
            String[] fields = raw == null ? read() : raw.fields();
            if (fields.length == 0) {
                return null;
            }
            if (fields[0].isBlank() && isBlank(fields)) {
                continue;
            }
            long line = raw == null ? line() : raw.line();
            if (layout == null) {
                Row own = typed(fields, line);
                if (own == null) {
                    continue;
                }
                return own;
            }
            String[] kept = surplus == 0
                    ? fields
                    : TrailingDelimiters.trimmed(fields, layout.names().size(), surplus);
            return new Row(layout, line, kept);
        }
    }

    /** Null for rows that are passed over. */
    private Row typed(String[] fields, long line) {
        int index = settings.recordType() - 1;
        String type = index < fields.length ? fields[index].strip() : "";
        if (!layouts.containsKey(type)) {
            throw new FileRejectedException(
                    Position.ofRow(fileName, line),
                    Reason.ROW_MALFORMED,
                    "record type \"" + type + "\" is unknown, expected one of: "
                            + String.join(", ", settings.types().keySet())
                            + ". Add it to format.types in the profile, or write " + type + ": skip there.");
        }
        Layout own = layouts.get(type);
        if (own == null || settings.carry().isEmpty() || !settings.frame().whole()) {
            return own == null ? null : new Row(own, line, fields); // Rows that were put aside have it already.
        }
        if (settings.carry().isHead(type)) {
            carried.take(type, own.names(), fields, line);
            return null;
        }
        return carried.row(type, own, settings.types().get(type).size(), line, fields);
    }

    @Override
    public List<Row> passedOver() {
        List<Row> rows = new ArrayList<>(ahead);
        if (lastOfPreamble != null && layout != null && !settings.header()) {
            CsvRows counted = new CsvRows(
                    fileName, CheckedReader.of(new StringReader(lastOfPreamble)), settings.lenient(), lineShift);
            Row row = counted.under(layout, null).next();
            if (row != null) {
                rows.add(row);
            }
        }
        return rows;
    }

    @Override
    public String header() {
        return header;
    }

    @Override
    public boolean atEnd() {
        fill(settings.frame().footer() + 1);
        return ahead.size() <= settings.frame().footer();
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
                String[] fields = records.next();
                if (collector.spansLines()) {
                    refuseSwallowed(fields);
                }
                return fields;
            }
            fault = settings.finalNewline() && !reader.endedWithLineEnd()
                    ? rejected(
                            Reason.FILE_TRUNCATED,
                            line(),
                            "the last line has no line end, as every whole file of this vendor has.")
                    : null;
        } catch (FileRejectedException | FieldCollector.TooLongException | UncheckedIOException problem) {
            fault = rejection(problem, settings, line());
        } catch (CsvParseException problem) {
            fault = rejection(problem, settings, line());
        }
        if (fault != null) {
            throw fault;
        }
        return NO_FIELDS;
    }

    private void refuseSwallowed(String[] fields) {
        SwallowedRows.in(fields, settings.delimiter()).ifPresent(field -> {
            throw new FileRejectedException(
                    Position.ofRow(fileName, line()),
                    Reason.ROW_MALFORMED,
                    "field " + field
                            + " begins with a quote that ends in a later row, with the rows between them inside,"
                            + " expected it to end in its own. Set format.quote: none in the profile where the till's"
                            + " quotes are ordinary characters. " + Reason.ROW_MALFORMED.remedyOfDocument());
        });
    }

    /** What is wrong with the file, in our words; an I/O error stays one. */
    private RuntimeException rejection(RuntimeException problem, CsvSettings asked, long line) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof FileRejectedException rejected) {
                return rejected; // What the file comes packed in has its own words.
            }
            if (cause instanceof FieldCollector.TooLongException) {
                return rejected(Reason.ROW_TOO_LONG, line, "the row " + cause.getMessage() + ".");
            }
            if (cause instanceof CheckedReader.UndecodableException) {
                return rejected(Reason.ENCODING_WRONG, line, "the row " + cause.getMessage() + ".");
            }
            if (cause instanceof CheckedReader.NoTextException) {
                return new FileRejectedException(
                        Position.ofFile(fileName), Reason.FORMAT_WRONG, "the file " + cause.getMessage());
            }
        }
        return problem instanceof CsvParseException ? unparsable(problem.getMessage(), asked, line) : problem;
    }

    /** The parser has one exception for all; its words tell them apart. */
    private FileRejectedException unparsable(String message, CsvSettings asked, long line) {
        String words = message.toLowerCase(Locale.ROOT);
        if (words.contains("buffer size")) {
            return rejected(Reason.ROW_TOO_LONG, line, "the row is longer than " + asked.maxRow() + " characters.");
        }
        if (words.contains("closing quote")) {
            return rejected(
                    Reason.ROW_MALFORMED,
                    line,
                    "text follows a closing quote, expected the delimiter \"" + asked.delimiter()
                            + "\" or the line's end.");
        }
        if (words.contains("unclosed")) {
            return rejected(Reason.FILE_TRUNCATED, line, "a quote is opened in this row and never closed.");
        }
        return rejected(Reason.ROW_MALFORMED, line, "the row cannot be read: " + message + ".");
    }

    private FileRejectedException rejected(Reason reason, long line, String text) {
        return new FileRejectedException(Position.ofRow(fileName, line), reason, text + " " + reason.remedy());
    }
}
