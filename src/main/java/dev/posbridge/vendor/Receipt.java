package dev.posbridge.vendor;

import dev.posbridge.pos.Position;
import dev.posbridge.pos.Reason;
import dev.posbridge.vendor.format.Row;
import java.util.List;

/**
 * The rows of one retail transaction, as the till wrote them; one or more.
 *
 * @param flaw why it is no whole receipt, or null
 */
public record Receipt(List<Row> rows, Flaw flaw) {
    /**
     * What is wrong with how a receipt's rows stand in the file.
     *
     * @param text worded to follow a position
     * @param lostRows how many rows it had, where only the first of them was kept; else 0
     */
    public record Flaw(Reason reason, String text, long lostRows) {
        boolean rowsKept() {
            return lostRows == 0;
        }
    }

    public Receipt {
        rows = List.copyOf(rows);
    }

    /** Where the first row starts. */
    public Position position() {
        return rows.get(0).position();
    }

    /** Characters in its rows. */
    public long size() {
        long size = 0;
        for (Row row : rows) {
            size += row.size();
        }
        return size;
    }

    /**
     * The rows as text that {@link Profile#reopen} reads again; the columns on the profile's drop list are blank. Null where
     * its rows were not kept: a part of it must not be taken for the whole.
     */
    public String raw() {
        if (flaw != null && !flaw.rowsKept()) {
            return null;
        }
        StringBuilder text = new StringBuilder(rows.size() * 80);
        for (Row row : rows) {
            row.appendTo(text);
            text.append('\n');
        }
        return text.toString();
    }
}
