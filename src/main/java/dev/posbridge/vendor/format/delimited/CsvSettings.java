package dev.posbridge.vendor.format.delimited;

import dev.posbridge.vendor.format.Carry;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;

/**
 * What a profile says of its delimited files.
 *
 * @param delimiter one character or more
 * @param delimiterGiven false where the file itself may name another, in a first line {@code sep=;}
 * @param quote the quote character, or {@link #NO_QUOTE}
 * @param encodings tried in order
 * @param header whether a row names the columns
 * @param columns the columns by position; of a file with header, those that the vendor documents; may be empty then
 * @param optional columns that a file with header may lack; they read as blank
 * @param aliases other names of columns, by the name that the profile uses
 * @param frame what stands before and after the table
 * @param recordType number of the field, from 1, that tells the columns of a row; 0 where all rows have the same
 * @param types columns by record type; null for rows that are passed over
 * @param carry what header records say of the rows behind them
 * @param maxRow most characters in a row
 * @param maxColumns most fields in a row
 * @param finalNewline whether a last line without line end means that the file was cut off
 */
record CsvSettings(
        String delimiter,
        boolean delimiterGiven,
        char quote,
        List<Charset> encodings,
        boolean header,
        List<String> columns,
        List<String> optional,
        Map<String, List<String>> aliases,
        Frame frame,
        int recordType,
        Map<String, List<String>> types,
        Carry carry,
        boolean trim,
        int maxRow,
        int maxColumns,
        boolean finalNewline) {

    /** A character that no file may hold, so nothing is ever quoted. */
    static final char NO_QUOTE = '\0';

    /**
     * @param skip lines before the header, or {@link #UNTIL_HEADER}, or {@link #NARROW}
     * @param footer rows at the end that are no data
     * @param whole false for rows that were put aside: they have no frame
     */
    record Frame(int skip, int footer, boolean whole) {
        /** Whatever stands before the row with all of the profile's columns. */
        static final int UNTIL_HEADER = -1;
        /** The same, where each row before it has fewer fields. */
        static final int NARROW = -2;

        static final Frame NONE = new Frame(0, 0, false);
    }

    CsvSettings {
        encodings = List.copyOf(encodings);
        columns = List.copyOf(columns);
        optional = List.copyOf(optional);
    }

    /** For rows that were put aside: nobody asks how they begin and end. */
    CsvSettings lenient() {
        return new CsvSettings(
                delimiter,
                true,
                quote,
                encodings,
                header,
                columns,
                optional,
                aliases,
                Frame.NONE,
                recordType,
                types,
                carry,
                trim,
                maxRow,
                maxColumns,
                false);
    }

    CsvSettings withDelimiter(String other) {
        return new CsvSettings(
                other,
                true,
                quote,
                encodings,
                header,
                columns,
                optional,
                aliases,
                frame,
                recordType,
                types,
                carry,
                trim,
                maxRow,
                maxColumns,
                finalNewline);
    }
}
