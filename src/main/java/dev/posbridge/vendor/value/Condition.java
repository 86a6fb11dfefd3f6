package dev.posbridge.vendor.value;

import dev.posbridge.vendor.format.Row;

/** Whether something holds for a row. */
public interface Condition {
    /** @throws Incomputable where this row's values make no sense in the condition */
    boolean holds(Row row);

    /** Slots of the columns that it asks for. */
    default int[] columns() {
        return new int[0];
    }

    /** The condition could not be computed for a row: {@code double('abc')}. */
    final class Incomputable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Incomputable(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
