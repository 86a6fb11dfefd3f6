package dev.posbridge.vendor.format;

import dev.posbridge.FileRejectedException;
import java.util.List;

/** The rows of one file, one after another. One thread; memory does not grow with the file. */
public interface RowSource extends AutoCloseable {
    /**
     * The next row, or null after the last.
     *
     * @throws FileRejectedException where the file cannot be read on
     */
    Row next();

    /** The header as text, or null where the file has none. */
    String header();

    /** True where no row follows; may read ahead. */
    boolean atEnd();

    /** True where the last row, once read, was complete: it ended with a line end, or as the format ends. */
    boolean endedCleanly();

    /** Rows that the profile passes over by counting them, as far as they could be data; at the file's end. */
    default List<Row> passedOver() {
        return List.of();
    }

    /** Columns that were looked for in every receipt and had a value in none, with their paths; at the file's end. */
    default List<String> neverFound() {
        return List.of();
    }

    @Override
    void close();
}
