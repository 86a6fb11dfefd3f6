package dev.posbridge.vendor.format.delimited;

import dev.posbridge.FileRejectedException;
import dev.posbridge.Nearest;
import dev.posbridge.pos.Position;
import dev.posbridge.pos.Reason;
import dev.posbridge.vendor.format.CheckedReader;
import dev.posbridge.vendor.format.Columns;
import dev.posbridge.vendor.format.Format;
import dev.posbridge.vendor.format.Layout;
import dev.posbridge.vendor.format.RowSource;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Delimited text. What a profile says under {@code format} is in {@link CsvSettings}. */
final class CsvFormat implements Format {
    private final CsvSettings settings;
    private final Columns columns;
    private final List<String> drop;
    private final Set<String> optional;

    /** @param columns must be complete before a file is opened */
    CsvFormat(CsvSettings settings, Columns columns, List<String> drop) {
        this.settings = settings;
        this.columns = columns;
        this.drop = drop;
        this.optional = Columns.folded(settings.optional());
    }

    @Override
    public RowSource open(String fileName, InputStream bytes) {
        var reader = new CheckedReader(bytes, settings.encoding());
        CsvRows rows = new CsvRows(fileName, reader, settings, 1);
        List<String> names = settings.columns();
        String header = null;
        if (settings.header()) {
            String[] found = rows.headerFields();
            if (found.length == 0) {
                throw new FileRejectedException(
                        Position.ofFile(fileName),
                        Reason.FILE_EMPTY,
                        "the file is empty, expected a header. " + Reason.FILE_EMPTY.remedy());
            }
            names = stripped(found);
            header = text(found);
            check(fileName, names);
        }
        return rows.under(layout(fileName, names), header);
    }

    @Override
    public Charset encoding() {
        return settings.encoding();
    }

    @Override
    public RowSource reopen(String fileName, String header, String rawRows, long firstLine) {
        List<String> names = settings.columns();
        if (settings.header()) {
            CsvRows headerRows = new CsvRows(
                    fileName, CheckedReader.of(new StringReader(header == null ? "" : header)), settings.lenient(), 1);
            String[] found = headerRows.headerFields();
            names = stripped(found);
            check(fileName, names);
        }
        CheckedReader reader = CheckedReader.of(new StringReader(rawRows));
        return new CsvRows(fileName, reader, settings.lenient(), firstLine).under(layout(fileName, names), header);
    }

    private Layout layout(String fileName, List<String> names) {
        return new Layout(fileName, names, columns, drop, settings.trim(), this::write);
    }

    private void check(String fileName, List<String> found) {
        columns.repeatedIn(found).ifPresent(name -> {
            throw wrong(fileName, found, "names column \"" + name + "\" twice.");
        });
        List<String> missing = columns.missingIn(found, optional);
        if (missing.isEmpty()) {
            return;
        }
        String first = missing.get(0);
        String meant =
                Nearest.to(first, found).map(name -> " Is it \"" + name + "\"?").orElse("");
        throw wrong(fileName, found, "has no column " + quoted(missing) + "." + meant);
    }

    private FileRejectedException wrong(String fileName, List<String> found, String text) {
        return new FileRejectedException(
                Position.ofRow(fileName, 1),
                Reason.HEADER_WRONG,
                "the header " + text + " Found: " + String.join(", ", found) + "; expected: "
                        + String.join(", ", columns.names()) + ". " + Reason.HEADER_WRONG.remedy());
    }

    private static String quoted(List<String> names) {
        return "\"" + String.join("\", \"", names) + "\"";
    }

    private static List<String> stripped(String[] fields) {
        List<String> names = new ArrayList<>();
        for (String field : fields) {
            names.add(field.strip());
        }
        return names;
    }

    private String text(String[] fields) {
        StringBuilder text = new StringBuilder();
        write(fields, text);
        return text.toString();
    }

    private void write(String[] fields, StringBuilder to) {
        for (int index = 0; index < fields.length; index++) {
            if (index > 0) {
                to.append(settings.delimiter());
            }
            String field = fields[index];
            if (needsQuotes(field) || fields.length == 1 && field.isEmpty()) {
                String quote = String.valueOf(settings.quote());
                to.append(quote).append(field.replace(quote, quote + quote)).append(quote);
            } else {
                to.append(field);
            }
        }
    }

    private boolean needsQuotes(String field) {
        return settings.quote() != CsvSettings.NO_QUOTE
                && (field.indexOf(settings.delimiter()) >= 0
                        || field.indexOf(settings.quote()) >= 0
                        || field.indexOf('\n') >= 0
                        || field.indexOf('\r') >= 0);
    }
}
