package dev.posbridge.vendor.format;

import java.util.List;
import java.util.function.Function;

/** Rows that all have the same columns. */
public record PlainTable(List<String> names, Function<List<String>, String> writer) implements Table {
    public PlainTable {
        names = List.copyOf(names);
    }

    /** Of a format that keeps a header with its rows. */
    static Table under(Format format, String fileName, String header) {
        List<String> names;
        try (RowSource source = format.reopen(fileName, header, header, 1)) {
            names = source.next().fields();
        }
        try (RowSource source = format.reopen(fileName, header, "probe\n", 1)) {
            return new PlainTable(names, source.next()::text);
        }
    }

    @Override
    public List<String> cells(Row row) {
        return row.fields();
    }

    @Override
    public String text(List<String> cells) {
        return writer.apply(cells);
    }
}
