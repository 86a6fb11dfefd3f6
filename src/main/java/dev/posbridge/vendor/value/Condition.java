package dev.posbridge.vendor.value;

import dev.posbridge.vendor.format.Row;
import java.util.stream.IntStream;

/** Whether something holds for a row. */
public interface Condition {
    /**
     * @param facts of the file, for values that are made of the row; the row under translation stays what it is
     * @throws Incomputable where this row's values make no sense in the condition
     * @throws dev.posbridge.RecordRejectedException where one of its values cannot be made
     */
    boolean holds(Row row, Facts facts);

    /** As {@link #holds(Row, Facts)}, for a condition over columns alone. */
    default boolean holds(Row row) {
        return holds(row, null);
    }

    /** Slots of the columns that it asks for. */
    default int[] columns() {
        return new int[0];
    }

    /**
     * Whether what stands in one of its columns is a kind of row that it asks for, whatever it asks besides: a line that is
     * void by its flag is a line. Where nobody can tell, only rows for which it holds are.
     */
    default boolean asksFor(Row row, int slot) {
        return IntStream.of(columns()).anyMatch(asked -> asked == slot) && holds(row);
    }

    /** The condition could not be computed for a row: {@code double('abc')}. */
    final class Incomputable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Incomputable(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
