package dev.posbridge.vendor.format;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.posbridge.FileRejectedException;
import dev.posbridge.pos.Position;
import dev.posbridge.pos.Reason;
import java.util.Iterator;
import java.util.List;

/**
 * Rows of formats whose own text cannot stand alone (a record of a binary file, an element of a tree), as plain comma
 * separated text under a header: what is put aside for a dead letter, corrected by a person, and read again.
 */
public final class KeptRows implements RowSource {
    private final String header;
    private final long lineShift;
    private final Layout layout;
    private final Iterator<CsvRecord> records;

    private KeptRows(String header, Layout layout, String text, long firstLine) {
        this.header = header;
        this.layout = layout;
        this.lineShift = firstLine - 1;
        this.records = records(text);
    }

    /** The layout of a file whose rows are kept in that way. */
    public static Layout layout(String file, List<String> names, Columns columns, List<String> drop, boolean trim) {
        return new Layout(file, names, columns, drop, trim, KeptRows::write);
    }

    /**
     * As the other, for rows of several files under the columns of all.
     *
     * @param places by column, its number in the file, or 0
     * @param made how many columns at the beginning are not the vendor's
     */
    public static Layout layout(
            String file, List<String> names, Columns columns, List<String> drop, int[] places, int made) {
        return new Layout(file, names, columns, drop, true, KeptRows::write, new Layout.Places(places, made));
    }

    /** The header under which {@link #read} finds the columns again. */
    public static String header(List<String> names) {
        StringBuilder text = new StringBuilder();
        write(names.toArray(new String[0]), text);
        return text.toString();
    }

    /** Reads again what rows of {@link #layout} wrote; for {@link Format#reopen}. */
    public static RowSource read(
            String file, String header, String rows, long firstLine, Columns columns, List<String> drop) {
        Iterator<CsvRecord> first = records(header == null ? "" : header);
        List<String> names = first.hasNext() ? first.next().getFields() : List.of();
        if (names.isEmpty()) {
            throw new FileRejectedException(
                    Position.ofFile(file), Reason.HEADER_WRONG, "no header was kept with these rows.");
        }
        return new KeptRows(header, layout(file, names, columns, drop, true), rows, firstLine);
    }

    private static Iterator<CsvRecord> records(String text) {
        return CsvReader.builder()
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(text)
                .iterator();
    }

    private static void write(String[] fields, StringBuilder to) {
        for (int index = 0; index < fields.length; index++) {
            String field = fields[index];
            to.append(index == 0 ? "" : ",");
            boolean quoted = field.isEmpty() && fields.length == 1
                    || field.chars().anyMatch(one -> one == ',' || one == '"' || one == '\n' || one == '\r');
            to.append(quoted ? '"' + field.replace("\"", "\"\"") + '"' : field);
        }
    }

    @Override
    public Row next() {
        if (!records.hasNext()) {
            return null;
        }
        CsvRecord found = records.next();
        return new Row(
                layout,
                found.getStartingLineNumber() + lineShift,
                found.getFields().toArray(new String[0]));
    }

    @Override
    public String header() {
        return header;
    }

    @Override
    public boolean atEnd() {
        return !records.hasNext();
    }

    @Override
    public boolean endedCleanly() {
        return true;
    }

    @Override
    public void close() {
        // Text in memory.
    }
}
