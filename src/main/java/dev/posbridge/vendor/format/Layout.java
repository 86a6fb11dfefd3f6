package dev.posbridge.vendor.format;

import java.util.List;
import java.util.stream.IntStream;

/** Where the columns are in one file. Immutable, shared by the file's rows. */
public final class Layout {
    /** Writes a row's fields as the file had them. */
    public interface Writer {
        void write(String[] fields, StringBuilder to);
    }

    /**
     * Where fields stand in a file that has not all of them, or whose fields have places instead of numbers.
     *
     * @param inFile by field, its number or first character in the file from 1; 0 for those that stand elsewhere
     * @param made how many fields at the beginning are not the vendor's
     */
    public record Places(int[] inFile, int made) {}

    private final String file;
    private final List<String> names;
    private final Columns columns;
    private final int[] indexes;
    private final boolean[] dropped;
    private final boolean trim;
    private final Writer writer;
    private final Places places;

    public Layout(String file, List<String> names, Columns columns, List<String> drop, boolean trim, Writer writer) {
        this(file, names, columns, drop, trim, writer, null);
    }

    /** @param places null where a field's number is that in the file */
    public Layout(
            String file,
            List<String> names,
            Columns columns,
            List<String> drop,
            boolean trim,
            Writer writer,
            Places places) {
        this.places = places;
        this.file = file;
        this.names = List.copyOf(names);
        this.columns = columns;
        this.indexes = columns.indexesIn(names);
        this.dropped = new boolean[names.size()];
        for (int index = 0; index < dropped.length; index++) {
            dropped[index] = Columns.contains(drop, names.get(index));
        }
        this.trim = trim;
        this.writer = writer;
    }

    /** The same file seen with other columns by position: a trailer row has its own. */
    public Layout withColumns(List<String> otherNames, Columns columns) {
        return new Layout(file, otherNames, columns, List.of(), trim, writer, places);
    }

    public List<String> names() {
        return names;
    }

    /** Columns of the file that the profile neither uses nor drops. */
    public List<String> unused() {
        boolean[] used = dropped.clone();
        for (int index : indexes) {
            if (index >= 0) {
                used[index] = true;
            }
        }
        return IntStream.range(places == null ? 0 : places.made(), used.length)
                .filter(index -> !used[index])
                .mapToObj(names::get)
                .toList();
    }

    String file() {
        return file;
    }

    /** Number in the file of the field of that number; 0 where it has none. */
    int place(int column) {
        boolean asCounted = places == null || column == 0 || column > places.inFile().length;
        return asCounted ? column : places.inFile()[column - 1];
    }

    int width() {
        return names.size();
    }

    /** How many columns the profile uses. */
    int slots() {
        return indexes.length;
    }

    int index(int slot) {
        return indexes[slot];
    }

    boolean meansNothing(String value) {
        return columns.meansNothing(value);
    }

    String value(String field) {
        return trim ? Blank.strip(field) : field;
    }

    /**
     * Writes the fields without the values of dropped columns. Where the row does not fit the columns nobody knows which
     * value is which, so everything from the first dropped column on is blanked.
     */
    public void write(String[] fields, StringBuilder to) {
        String[] kept = fields.clone();
        boolean uncertain = fields.length != names.size();
        boolean blank = false;
        for (int index = 0; index < kept.length; index++) {
            boolean drop = index < dropped.length && dropped[index];
            blank = drop || uncertain && blank;
            if (blank) {
                kept[index] = "";
            }
        }
        writer.write(kept, to);
    }
}
