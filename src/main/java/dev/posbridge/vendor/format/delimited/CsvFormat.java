package dev.posbridge.vendor.format.delimited;

import dev.posbridge.FileRejectedException;
import dev.posbridge.Nearest;
import dev.posbridge.pos.Position;
import dev.posbridge.pos.Reason;
import dev.posbridge.vendor.format.Carry;
import dev.posbridge.vendor.format.CheckedReader;
import dev.posbridge.vendor.format.Columns;
import dev.posbridge.vendor.format.FileKind;
import dev.posbridge.vendor.format.Format;
import dev.posbridge.vendor.format.Layout;
import dev.posbridge.vendor.format.PlainTable;
import dev.posbridge.vendor.format.RowSource;
import dev.posbridge.vendor.format.Table;
import dev.posbridge.vendor.format.TypedTable;
import dev.posbridge.vendor.value.FoundHeader;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

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
        CsvRows rows = new CsvRows(fileName, new CheckedReader(bytes, settings.encodings()), settings, 1);
        if (settings.recordType() > 0) {
            return rows.under(layouts(fileName));
        }
        if (!settings.header()) {
            rows.agreeOnWidth(settings.columns().size(), settings.columns().size());
            return rows.under(layout(fileName, settings.columns()), null);
        }
        List<String> all = header(fileName, rows);
        List<String> named = withoutBlankEnd(all);
        List<String> names = all.subList(0, rows.agreeOnWidth(named.size(), all.size()));
        return rows.under(layout(fileName, canonical(names)), text(names.toArray(new String[0])));
    }

    /** The row that names the columns, found and checked. */
    private List<String> header(String fileName, CsvRows rows) {
        String[] first = rows.headerFields();
        if (first.length == 0) {
            throw new FileRejectedException(
                    Position.ofFile(fileName),
                    Reason.FILE_EMPTY,
                    "the file is empty, expected a header. " + Reason.FILE_EMPTY.remedy());
        }
        long firstLine = rows.line();
        int skip = settings.frame().skip();
        int most = skip == CsvSettings.Frame.UNTIL_HEADER ? 100 : skip == CsvSettings.Frame.NARROW ? 20 : 0;
        int widest = 0;
        String[] found = first;
        for (int passed = 0; found.length > 0; passed++) {
            List<String> names = stripped(found);
            boolean complete = columns.missingIn(canonical(names), optional).isEmpty();
            if (complete && (skip != CsvSettings.Frame.NARROW || found.length > widest || passed == 0)) {
                check(fileName, rows.line(), names);
                return names;
            }
            if (passed >= most) {
                break;
            }
            widest = Math.max(widest, found.length);
            found = rows.headerFields();
        }
        check(fileName, firstLine, stripped(first));
        throw new IllegalStateException("a header that is complete was not taken");
    }

    @Override
    public Charset encoding() {
        return settings.encodings().get(0);
    }

    @Override
    public RowSource reopen(String fileName, String header, String rawRows, long firstLine) {
        CheckedReader reader = CheckedReader.of(new StringReader(rawRows));
        CsvRows rows = new CsvRows(fileName, reader, settings.lenient(), firstLine);
        if (settings.recordType() > 0) {
            return rows.under(layouts(fileName));
        }
        List<String> names = settings.columns();
        if (settings.header()) {
            CsvRows headerRows = new CsvRows(
                    fileName, CheckedReader.of(new StringReader(header == null ? "" : header)), settings.lenient(), 1);
            names = stripped(headerRows.headerFields());
            check(fileName, 1, names);
        }
        return rows.under(layout(fileName, canonical(names)), header);
    }

    @Override
    public Table table(String fileName, String header) {
        if (settings.recordType() > 0) {
            List<TypedTable.Kind> kinds = new ArrayList<>();
            settings.types().forEach((type, names) -> {
                if (names != null && !settings.carry().isHead(type)) {
                    List<String> all = settings.carry().with(names);
                    kinds.add(new Typed(type, all, layout(fileName, all)));
                }
            });
            return new TypedTable(kinds);
        }
        if (settings.header()) {
            Table under = Format.super.table(fileName, header);
            return new PlainTable(under.names(), cells -> under.text(fitting(cells)));
        }
        Layout layout = layout(fileName, settings.columns());
        return new PlainTable(settings.columns(), cells -> line(layout, cells));
    }

    /** A record type's rows. */
    private final class Typed implements TypedTable.Kind {
        private final String type;
        private final List<String> names;
        private final Layout layout;

        Typed(String type, List<String> names, Layout layout) {
            this.type = type;
            this.names = names;
            this.layout = layout;
        }

        @Override
        public String type() {
            return type;
        }

        @Override
        public List<String> names() {
            return names;
        }

        @Override
        public String text(List<String> fields) {
            int at = settings.recordType() - 1;
            boolean mine = at < fields.size() && fields.get(at).strip().equals(type);
            return mine ? line(layout, fields) : null;
        }
    }

    private String line(Layout layout, List<String> fields) {
        StringBuilder text = new StringBuilder();
        layout.write(fitting(fields).toArray(new String[0]), text);
        return text.toString();
    }

    /** What cannot be written without quotes would come back as other fields. */
    private List<String> fitting(List<String> fields) {
        for (String field : fields) {
            boolean torn = field.contains(settings.delimiter()) || field.indexOf('\n') >= 0 || field.indexOf('\r') >= 0;
            if (torn && settings.quote() == CsvSettings.NO_QUOTE) {
                throw new Table.UnfitException(
                        "\"" + field + "\" holds the delimiter or a line end, and files of this vendor have no quotes."
                                + " Take it out.");
            }
        }
        return fields;
    }

    private Map<String, Layout> layouts(String fileName) {
        Map<String, Layout> layouts = new HashMap<>();
        settings.types()
                .forEach((type, names) -> layouts.put(type, names == null ? null : typed(fileName, type, names)));
        return layouts;
    }

    private Layout typed(String fileName, String type, List<String> names) {
        if (settings.carry().isEmpty() || settings.carry().isHead(type)) {
            return layout(fileName, names);
        }
        List<String> all = settings.carry().with(names);
        int[] places = Carry.places(IntStream.rangeClosed(1, names.size()).toArray(), all.size());
        return new Layout(fileName, all, columns, drop, settings.trim(), this::write, new Layout.Places(places, 0));
    }

    /** Names as the profile uses them. */
    private List<String> canonical(List<String> found) {
        if (settings.aliases().isEmpty()) {
            return found;
        }
        List<String> names = new ArrayList<>(found);
        settings.aliases()
                .forEach((name, others) -> names.replaceAll(one -> Columns.contains(others, one) ? name : one));
        return names;
    }

    private static List<String> withoutBlankEnd(List<String> names) {
        int end = names.size();
        while (end > 1 && names.get(end - 1).isEmpty()) {
            end--;
        }
        return names.subList(0, end);
    }

    private Layout layout(String fileName, List<String> names) {
        return new Layout(fileName, names, columns, drop, settings.trim(), this::write);
    }

    private void check(String fileName, long line, List<String> written) {
        List<String> found = canonical(written);
        columns.repeatedIn(found).ifPresent(name -> {
            throw wrong(fileName, line, written, "names column \"" + name + "\" twice.");
        });
        List<String> missing = columns.missingIn(found, optional);
        if (missing.isEmpty()) {
            return;
        }
        refuseOtherKind(fileName, line, written);
        String first = missing.get(0);
        String meant =
                Nearest.to(first, found).map(name -> " Is it \"" + name + "\"?").orElse("");
        throw wrong(fileName, line, written, "has no column " + quoted(missing) + "." + meant);
    }

    /** Where the row is no header at all, what the file is says more than what it lacks. */
    private void refuseOtherKind(String fileName, long line, List<String> found) {
        String row = String.join(settings.delimiter(), found);
        String other = FileKind.notRows(row);
        if (other != null) {
            throw new FileRejectedException(Position.ofFile(fileName), Reason.FORMAT_WRONG, "the file " + other);
        }
        for (String delimiter : List.of(",", ";", "\t", "|")) {
            List<String> parts = stripped(row.split(Pattern.quote(delimiter), -1));
            if (!delimiter.equals(settings.delimiter())
                    && columns.missingIn(canonical(parts), optional).isEmpty()) {
                String word = delimiter.equals("\t") ? "tab" : "\"" + delimiter + "\"";
                throw new FileRejectedException(
                        Position.ofRow(fileName, line),
                        Reason.HEADER_WRONG,
                        "the header's delimiter is " + word + ", expected \"" + settings.delimiter()
                                + "\". Set format.delimiter: " + word + " in the profile.");
            }
        }
    }

    private FileRejectedException wrong(String fileName, long line, List<String> found, String text) {
        return new FileRejectedException(
                Position.ofRow(fileName, line),
                Reason.HEADER_WRONG,
                "the header " + text + " Found: " + FoundHeader.shown(found, columns.names()) + "; expected: "
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
                && (field.indexOf(settings.delimiter().charAt(0)) >= 0
                        || field.indexOf(settings.quote()) >= 0
                        || field.indexOf('\n') >= 0
                        || field.indexOf('\r') >= 0);
    }
}
