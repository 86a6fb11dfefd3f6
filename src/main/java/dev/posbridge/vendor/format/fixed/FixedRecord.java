package dev.posbridge.vendor.format.fixed;

import dev.posbridge.vendor.format.Layout;
import dev.posbridge.vendor.format.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * One kind of line. Its fields are held in the order of the line, whatever the profile's is, so that what a short line lacks
 * are the last of them.
 *
 * @param type what stands at the record type's place; "" where all lines are alike
 * @param place where the record type stands, or null
 * @param fields empty for lines that are passed over
 * @param made 1 where the profile has no field with the record type, so that the first one is of our own making; else 0
 */
record FixedRecord(String type, FixedField place, List<FixedField> fields, int made) {
    FixedRecord {
        fields = List.copyOf(fields);
    }

    /** A kind of line; the fields are the profile's. */
    static FixedRecord of(String type, FixedField place, List<FixedField> written) {
        List<FixedField> fields = new ArrayList<>(written);
        fields.sort(Comparator.comparingInt(FixedField::from));
        boolean told = place == null || fields.isEmpty() || fields.stream().anyMatch(field -> field.covers(place));
        if (!told) {
            fields.add(0, place); // A line that was put aside must say again what it is.
        }
        return new FixedRecord(type, place, fields, told ? 0 : 1);
    }

    /** With fields that stand in another line, put behind its own. */
    FixedRecord with(List<FixedField> others) {
        List<FixedField> all = new ArrayList<>(fields);
        int end = end();
        for (FixedField other : others) {
            all.add(new FixedField(other.name(), end + 1, end + other.room(), ' ', false));
            end += other.room();
        }
        return new FixedRecord(type, place, all, made);
    }

    List<String> names() {
        return fields.stream().map(FixedField::name).toList();
    }

    Layout.Places places() {
        return new Layout.Places(fields.stream().mapToInt(FixedField::from).toArray(), made);
    }

    /** The fields that the line reaches; fewer than all where it is too short. */
    String[] read(String line) {
        String[] read = new String[fields.size()];
        int there = 0;
        while (there < read.length && (line.length() >= fields.get(there).from() || there < made)) {
            read[there] = fields.get(there).read(line);
            there++;
        }
        return there == read.length ? read : Arrays.copyOf(read, there);
    }

    /** The last character that a field takes. */
    int end() {
        return fields.stream().mapToInt(FixedField::to).max().orElse(0);
    }

    /** Whether a line that ends in its last field, or before it, has all of that: blanks at a line's end go easily. */
    boolean mayEndEarly() {
        int end = end();
        return fields.stream().filter(field -> field.to() == end).noneMatch(FixedField::right);
    }

    /** The fields in their places; those that are too many behind the last. */
    void write(String[] values, StringBuilder line) {
        int start = line.length();
        StringBuilder written = new StringBuilder();
        for (int index = 0; index < Math.min(values.length, fields.size()); index++) {
            fields.get(index).write(values[index], written);
        }
        while (values.length > fields.size() && written.length() < end()) {
            written.append(' ');
        }
        for (int index = fields.size(); index < values.length; index++) {
            written.append(values[index]);
        }
        line.insert(start, written);
    }

    /** The fields as a line; null where that would be read as one of another type. */
    String text(List<String> values) {
        StringBuilder line = new StringBuilder();
        write(values.toArray(new String[0]), line);
        if (place != null && !place.read(line.toString()).equals(type)) {
            return null;
        }
        for (int index = 0; index < values.size(); index++) {
            String value = values.get(index);
            boolean broken = value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0;
            if (broken || index < fields.size() && !fields.get(index).takes(value)) {
                throw new Table.UnfitException("\"" + value + "\" "
                        + (broken
                                ? "holds a line end, which a line of fixed width cannot."
                                : "has " + value.length() + " characters, but \""
                                        + fields.get(index).name() + "\" takes "
                                        + fields.get(index).room() + ".")
                        + " Shorten it.");
            }
        }
        return line.toString();
    }
}
