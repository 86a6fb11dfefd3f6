package dev.posbridge.vendor.format;

import dev.posbridge.pos.Position;
import java.util.Arrays;
import java.util.List;

/** One row of a file, as its till wrote it. Immutable. */
public final class Row {
    private final Layout layout;
    private final long line;
    private final String[] fields;
    /** By slot: the row that says what this one leaves blank; null where this one says it all itself. */
    private final Row[] others;

    private final Mark mark;

    /**
     * What is known of a row besides its fields where it was cut out of something larger.
     *
     * @param column character within the line, from 1, at which it starts; 0 where the line says enough
     * @param receipt number, from 1, that the rows of one receipt share, and that is their first field; 0 where only
     *     their values tell
     * @param fault why it cannot be used, or null
     */
    public record Mark(int column, long receipt, String fault) {
        private static final Mark NONE = new Mark(0, 0, null);
    }

    /** @param fields as they were written; taken over, not copied */
    public Row(Layout layout, long line, String[] fields) {
        this(layout, line, fields, Mark.NONE);
    }

    /** @param fields as they were written; taken over, not copied */
    public Row(Layout layout, long line, String[] fields, Mark mark) {
        this(layout, line, fields, null, mark);
    }

    private Row(Layout layout, long line, String[] fields, Row[] others, Mark mark) {
        this.layout = layout;
        this.line = line;
        this.fields = fields;
        this.others = others;
        this.mark = mark;
    }

    /** What is known of it besides its fields. */
    public Mark mark() {
        return mark;
    }

    /** Number that rows of one receipt share, 0 where only their values tell. */
    public long receipt() {
        return mark.receipt();
    }

    /** Why the row cannot be used, worded to follow a position; null where nothing is wrong. */
    public String fault() {
        return mark.fault();
    }

    /** The value in a column; "" where the file lacks the column or the row ends before it. */
    public String value(int slot) {
        if (others != null && others[slot] != null) {
            return others[slot].value(slot);
        }
        int index = layout.index(slot);
        return index < 0 || index >= fields.length ? "" : layout.value(fields[index]);
    }

    /** The value in a column; "" also where what is written there means nothing by the profile's {@code blank}. */
    public String stated(int slot) {
        String value = value(slot);
        return value.isEmpty() || !layout.meansNothing(value) ? value : "";
    }

    /** Number of the column within the row, from 1; 0 where the file lacks it, or rows have no columns of their own. */
    public int column(int slot) {
        if (mark.receipt() != 0) {
            return 0;
        }
        return others == null || others[slot] == null ? layout.index(slot) + 1 : others[slot].column(slot);
    }

    /** What the file, or the profile, calls the column; "" where this row has none such. */
    public String name(int slot) {
        if (others != null && others[slot] != null) {
            return others[slot].name(slot);
        }
        int index = layout.index(slot);
        return index < 0 ? "" : layout.names().get(index);
    }

    /** Line of the file, from 1, on which the row starts. */
    public long line() {
        return line;
    }

    public Position position() {
        return new Position(layout.file(), line, mark.column());
    }

    /**
     * Where a field of that number stands: in another row, where this one has it from there.
     *
     * @param column as {@link #column} says, 0 for the whole row
     */
    public Position position(int column) {
        for (int slot = 0; others != null && column > 0 && slot < others.length; slot++) {
            if (others[slot] != null && others[slot].column(slot) == column) {
                return others[slot].placed(column);
            }
        }
        return placed(column);
    }

    private Position placed(int column) {
        int place = layout.place(column);
        return place == 0 ? position() : position().atColumn(place);
    }

    /** Whether nothing stands in it. */
    public boolean isBlank() {
        for (String field : fields) {
            if (!field.isBlank()) {
                return false;
            }
        }
        return true;
    }

    /** Characters in its fields. */
    public int size() {
        int size = 0;
        for (String field : fields) {
            size += field.length();
        }
        return size;
    }

    /** Whether both rows say the same in every field. */
    public boolean sameAs(Row other) {
        int from = mark.receipt() == 0 ? 0 : 1;
        return Arrays.equals(
                fields, from, fields.length, other.fields, Math.min(from, other.fields.length), other.fields.length);
    }

    /** This row with another text in a column, as if its till had written it; itself where there is no such column. */
    public Row with(int slot, String text) {
        int index = layout.index(slot);
        if (index < 0 || index >= fields.length || text.isEmpty()) {
            return this;
        }
        String[] changed = fields.clone();
        changed[index] = text;
        return new Row(layout, line, changed, others, mark);
    }

    /** This row, with what it leaves blank in those columns and the other does not; itself where there is nothing such. */
    public Row filledFrom(Row other, int[] slots) {
        Row[] filled = null;
        for (int slot : slots) {
            if (stated(slot).isEmpty() && !other.stated(slot).isEmpty()) {
                filled = filled == null ? ownOthers() : filled;
                filled[slot] = other.stating(slot);
            }
        }
        return filled == null ? this : new Row(layout, line, fields, filled, mark);
    }

    /** This row, with what the other says in a column. */
    public Row takingFrom(Row other, int slot) {
        Row[] filled = ownOthers();
        filled[slot] = other.stating(slot);
        return new Row(layout, line, fields, filled, mark);
    }

    private Row[] ownOthers() {
        return others == null ? new Row[layout.slots()] : others.clone();
    }

    /** The row from which that column was filled, else this one: where a number stands, there stands its sign. */
    public Row stating(int slot) {
        return others == null || others[slot] == null ? this : others[slot];
    }

    /** The fields as they were written, without quotes. */
    public List<String> fields() {
        return List.of(fields);
    }

    /** How many columns the profile uses. */
    public int slots() {
        return layout.slots();
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
        return new Row(other, line, fields, null, mark);
    }

    /** Writes the row as text that the same format reads again, without the values of dropped columns. */
    public void appendTo(StringBuilder text) {
        layout.write(fields, text);
    }
}
