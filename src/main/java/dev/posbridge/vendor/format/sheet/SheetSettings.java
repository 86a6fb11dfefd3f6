package dev.posbridge.vendor.format.sheet;

import java.util.List;

/**
 * What a profile says of its workbooks.
 *
 * @param sheet name of the sheet, or null where a workbook must have only one
 * @param headerRow number of the row that names the columns, from 1
 * @param columns those that the vendor documents; may be empty
 * @param optional columns that a file may lack
 * @param maxRow most characters in a row
 * @param maxBytes how large a workbook may become when it is unpacked
 */
record SheetSettings(
        String sheet,
        int headerRow,
        List<String> columns,
        List<String> optional,
        int maxRow,
        int maxColumns,
        long maxBytes) {
    SheetSettings {
        columns = List.copyOf(columns);
        optional = List.copyOf(optional);
    }
}
