package dev.posbridge.vendor;

import dev.posbridge.vendor.value.Condition;
import dev.posbridge.vendor.value.Source;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * How rows become receipts.
 *
 * @param key what rows of one receipt have in common; empty where each row is a receipt
 * @param starts the rows for which it holds begin a receipt, to which all rows up to the next belong; null where the
 *     key tells
 * @param scattered whether its rows may lie anywhere in the file
 * @param varies slots of columns in which rows of one receipt may differ
 * @param timeSpread by how much the times of a receipt's rows may differ
 * @param maxRows rows of a receipt, at most
 * @param maxSize characters of a receipt, at most
 * @param maxLines line items of a receipt, at most
 * @param fillDown slots of columns whose cells are blank where they repeat the one above, the outermost first
 * @param sequence null where receipts have no numbers without gaps
 */
record Assembly(
        List<Source> key,
        Condition starts,
        boolean scattered,
        Set<Integer> varies,
        Duration timeSpread,
        int maxRows,
        int maxSize,
        int maxLines,
        int[] fillDown,
        Sequence sequence) {
    static final int MAX_ROWS = 10_000;
    static final int MAX_SIZE = 8 << 20;
    static final int MAX_LINES = 10_000;
    static final Assembly ROW_BY_ROW = new Assembly(
            List.of(), null, false, Set.of(), Duration.ZERO, MAX_ROWS, MAX_SIZE, MAX_LINES, new int[0], null);

    Assembly {
        key = List.copyOf(key);
        varies = Set.copyOf(varies);
    }

    Assembly withFillDown(int[] slots) {
        return new Assembly(key, starts, scattered, varies, timeSpread, maxRows, maxSize, maxLines, slots, sequence);
    }

    /** As this, by another key and with rows anywhere. */
    Assembly scattered(List<Source> by) {
        return new Assembly(by, null, true, varies, timeSpread, maxRows, maxSize, maxLines, fillDown, sequence);
    }

    /** Whether a receipt's number may come back later in the file, which must be known before its first part leaves. */
    boolean mayReturn() {
        return !key.isEmpty() && starts == null && !scattered;
    }
}
