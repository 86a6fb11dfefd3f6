package dev.posbridge.vendor.format.fixed;

import dev.posbridge.vendor.format.Carry;
import dev.posbridge.vendor.format.CheckedReader;
import dev.posbridge.vendor.format.Columns;
import dev.posbridge.vendor.format.Format;
import dev.posbridge.vendor.format.Layout;
import dev.posbridge.vendor.format.RowSource;
import dev.posbridge.vendor.format.Table;
import dev.posbridge.vendor.format.TypedTable;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Fixed-width text; rows that are put aside are lines with their fields in place, and nothing between. */
final class FixedFormat implements Format {
    private final FixedSettings settings;
    private final Columns columns;
    private final List<String> drop;

    FixedFormat(FixedSettings settings, Columns columns, List<String> drop) {
        this.settings = settings;
        this.columns = columns;
        this.drop = drop;
    }

    @Override
    public RowSource open(String fileName, InputStream bytes) {
        return new FixedRows(
                fileName, new CheckedReader(bytes, settings.encodings()), settings, layouts(fileName), 1, true);
    }

    @Override
    public Charset encoding() {
        return settings.encodings().get(0);
    }

    @Override
    public RowSource reopen(String fileName, String header, String rawRows, long firstLine) {
        CheckedReader reader = CheckedReader.of(new StringReader(rawRows));
        return new FixedRows(fileName, reader, settings.aside(), layouts(fileName), firstLine, false);
    }

    @Override
    public Table table(String fileName, String header) {
        Map<String, Layout> layouts = layouts(fileName);
        return new TypedTable(settings.aside().records().values().stream()
                .filter(record ->
                        !record.fields().isEmpty() && !settings.carry().isHead(record.type()))
                .map(record -> new Kept(record, layouts.get(record.type())))
                .toList());
    }

    /** Lines that were put aside: without what the profile drops. */
    private record Kept(FixedRecord record, Layout layout) implements TypedTable.Kind {
        @Override
        public String type() {
            return record.type();
        }

        @Override
        public List<String> names() {
            return record.names();
        }

        @Override
        public String text(List<String> fields) {
            if (record.text(fields) == null) {
                return null;
            }
            StringBuilder line = new StringBuilder();
            layout.write(fields.toArray(new String[0]), line);
            return line.toString();
        }
    }

    /** What is carried to a line stands in another. */
    private static Layout.Places places(FixedRecord kept, FixedRecord own) {
        int[] places = Carry.places(own.places().inFile(), kept.names().size());
        return new Layout.Places(places, own.made());
    }

    private Map<String, Layout> layouts(String fileName) {
        Map<String, Layout> layouts = new HashMap<>();
        settings.aside()
                .records()
                .forEach((type, record) -> layouts.put(
                        type,
                        new Layout(
                                fileName,
                                record.names(),
                                columns,
                                drop,
                                true,
                                record::write,
                                places(record, settings.records().get(type)))));
        return layouts;
    }
}
