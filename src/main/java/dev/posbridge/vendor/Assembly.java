package dev.posbridge.vendor;

import dev.posbridge.vendor.value.Source;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * How rows become receipts.
 *
 * @param key what rows of one receipt have in common; empty where each row is a receipt
 * @param varies slots of columns in which rows of one receipt may differ
 * @param timeSpread by how much the times of a receipt's rows may differ
 * @param sequence null where receipts have no numbers without gaps
 */
record Assembly(List<Source> key, Set<Integer> varies, Duration timeSpread, Sequence sequence) {
    static final Assembly ROW_BY_ROW = new Assembly(List.of(), Set.of(), Duration.ZERO, null);

    Assembly {
        key = List.copyOf(key);
        varies = Set.copyOf(varies);
    }
}
