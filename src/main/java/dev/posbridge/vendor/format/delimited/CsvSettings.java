package dev.posbridge.vendor.format.delimited;

import java.nio.charset.Charset;
import java.util.List;

/**
 * What a profile says of its delimited files.
 *
 * @param quote the quote character, or {@link #NO_QUOTE}
 * @param header whether the first row names the columns
 * @param columns the columns by position; of a file with header, those that the vendor documents; may be empty then
 * @param optional columns that a file with header may lack; they read as blank
 * @param maxRow most characters in a row
 * @param maxColumns most fields in a row
 * @param finalNewline whether a last line without line end means that the file was cut off
 */
record CsvSettings(
        char delimiter,
        char quote,
        Charset encoding,
        boolean header,
        List<String> columns,
        List<String> optional,
        boolean trim,
        int maxRow,
        int maxColumns,
        boolean finalNewline) {

    /** A character that no file may hold, so nothing is ever quoted. */
    static final char NO_QUOTE = '\0';

    CsvSettings {
        columns = List.copyOf(columns);
        optional = List.copyOf(optional);
    }

    /** For rows that were put aside: nobody asks how they end. */
    CsvSettings lenient() {
        return new CsvSettings(delimiter, quote, encoding, header, columns, optional, trim, maxRow, maxColumns, false);
    }
}
