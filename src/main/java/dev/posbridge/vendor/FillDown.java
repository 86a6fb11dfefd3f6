package dev.posbridge.vendor;

import dev.posbridge.vendor.format.Row;

/**
 * Repeats what a report writes only once for many rows. Its columns stand in the report's order, from the outer to the
 * inner: where a row states one anew, those behind it are not repeated from before, because they may be another's. For one
 * file and one thread.
 */
final class FillDown {
    private final int[] slots;
    private final String[] above;

    /** @param slots of the columns, the outermost first */
    FillDown(int[] slots) {
        this.slots = slots;
        this.above = new String[slots.length];
        forget(0);
    }

    /**
     * The row with what stands above its blank cells; itself where nothing is missing. One with a wrong number of fields
     * belongs to the receipt above it, too, so that this is not sent without it.
     */
    Row fill(Row row) {
        if (slots.length == 0 || row.isBlank()) {
            return row;
        }
        Row filled = row;
        for (int index = 0; index < slots.length; index++) {
            String here = row.stated(slots[index]);
            if (here.isEmpty()) {
                filled = filled.with(slots[index], above[index]);
            } else if (!here.equals(above[index])) {
                above[index] = here;
                forget(index + 1);
            }
        }
        return filled;
    }

    private void forget(int from) {
        for (int index = from; index < above.length; index++) {
            above[index] = "";
        }
    }
}
