package dev.posbridge.vendor.format.fixed;

import dev.posbridge.vendor.format.CheckedReader;
import dev.posbridge.vendor.format.Columns;
import dev.posbridge.vendor.format.Format;
import dev.posbridge.vendor.format.Layout;
import dev.posbridge.vendor.format.RowSource;
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
        return new FixedRows(fileName, reader, settings, layouts(fileName), firstLine, false);
    }

    private Map<String, Layout> layouts(String fileName) {
        Map<String, Layout> layouts = new HashMap<>();
        settings.records()
                .forEach((type, record) ->
                        layouts.put(type, new Layout(fileName, record.names(), columns, drop, true, this::write)));
        return layouts;
    }

    /** The fields say themselves what record they are, where its type is one of them; else the first that fits. */
    private void write(String[] fields, StringBuilder to) {
        String plain = null;
        for (FixedRecord record : settings.records().values()) {
            if (record.fields().size() == fields.length) {
                String line = line(record, fields, false);
                if (settings.typeOf(line).equals(record.type())) {
                    to.append(line);
                    return;
                }
                plain = plain == null ? line(record, fields, true) : plain;
            }
        }
        to.append(plain == null ? String.join(" ", fields) : plain);
    }

    private String line(FixedRecord record, String[] fields, boolean withType) {
        StringBuilder line = new StringBuilder();
        for (int index = 0; index < fields.length; index++) {
            record.fields().get(index).write(fields[index], line);
        }
        if (withType && settings.type() != null) {
            settings.type().write(record.type(), line);
        }
        return line.toString();
    }
}
