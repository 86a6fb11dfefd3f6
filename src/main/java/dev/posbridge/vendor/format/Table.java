package dev.posbridge.vendor.format;

import java.util.List;

/** Rows that were put aside, as a table for the people who correct them: rows of all record types under one header. */
public interface Table {
    /** Names of the columns, as the vendor or the profile calls them. */
    List<String> names();

    /** What stands in the row, by the columns; a row with too many fields has the rest behind them. */
    List<String> cells(Row row);

    /**
     * A row as text that {@link Format#reopen} reads again.
     *
     * @param cells may end early, where a spreadsheet or a short row does
     * @throws UnfitException where the vendor's files cannot say that
     */
    String text(List<String> cells);

    /** Cells that make no row of the format; the message is worded to follow a position. */
    final class UnfitException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public UnfitException(String message) {
            super(message);
        }
    }
}
