package dev.posbridge.vendor.format;

import dev.posbridge.pos.Position;
import java.util.List;

/** One row of a file, as its till wrote it. Immutable. */
public final class Row {
    private final Layout layout;
    private final long line;
    private final String[] fields;

    Row(Layout layout, long line, String[] fields) {
        this.layout = layout;
        this.line = line;
        this.fields = fields;
    }

    /** The value in a column; "" where the file lacks the column or the row ends before it. */
    public String value(int slot) {
        int index = layout.index(slot);
        return index < 0 || index >= fields.length ? "" : layout.value(fields[index]);
    }

    /** Number of the column within the row, from 1; 0 where the file lacks it. */
    public int column(int slot) {
        return layout.index(slot) + 1;
    }

    /** Line of the file, from 1, on which the row starts. */
    public long line() {
        return line;
    }

    public Position position() {
        return Position.ofRow(layout.file(), line);
    }

    /** The fields as they were written, without quotes. */
    public List<String> fields() {
        return List.of(fields);
    }

    /** Number of fields in this row. */
    public int width() {
        return fields.length;
    }

    /** Number of fields that a row of this file should have. */
    public int expectedWidth() {
        return layout.width();
    }

    public Layout layout() {
        return layout;
    }

    /** Other fields as a row of the same format. */
    public String text(List<String> others) {
        StringBuilder text = new StringBuilder();
        layout.write(others.toArray(new String[0]), text);
        return text.toString();
    }

    /** The same fields under other columns. */
    public Row under(Layout other) {
        return new Row(other, line, fields);
    }

    /** Writes the row as text that the same format reads again, without the values of dropped columns. */
    public void appendTo(StringBuilder text) {
        layout.write(fields, text);
    }
}
