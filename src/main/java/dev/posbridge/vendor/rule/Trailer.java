package dev.posbridge.vendor.rule;

import dev.posbridge.vendor.format.Columns;
import dev.posbridge.vendor.format.Layout;
import dev.posbridge.vendor.format.Row;
import dev.posbridge.vendor.value.Amount;
import dev.posbridge.vendor.value.Condition;
import dev.posbridge.vendor.value.Facts;
import dev.posbridge.vendor.value.Source;
import java.math.BigDecimal;
import java.util.List;

/**
 * The row at a file's end that says what the file should come to.
 *
 * @param names columns of the trailer row by position; empty where it has those of the file
 * @param columns what {@code when}, {@code count} and {@code total} refer to, where {@code names} is not empty
 * @param count how many rows or receipts there should be, or null
 * @param ofReceipts whether {@code count} counts receipts
 * @param total what sales less refunds should come to, or null
 * @param of what is summed for it, as a till that counts what we subtract; null for the records' own amounts
 * @param tolerance by how much the sums may differ
 * @param onlyTold whether a file that comes to something else is taken all the same, and it is said
 */
public record Trailer(
        Condition when,
        List<String> names,
        Columns columns,
        Source count,
        boolean ofReceipts,
        Amount total,
        Sum of,
        BigDecimal tolerance,
        boolean onlyTold) {

    /**
     * What a receipt adds to the total.
     *
     * @param takesBack whether the receipt gives money back, whatever the sign of its amount
     */
    public BigDecimal of(Facts facts, List<Row> rows, boolean takesBack) {
        BigDecimal found = of.signed(facts, rows, Basket.empty(0));
        return takesBack ? found.abs().negate() : found;
    }

    /** How trailer rows of a file are seen whose data rows have that layout. */
    public Layout layout(Layout ofData) {
        return names.isEmpty() ? ofData : ofData.withColumns(names, columns);
    }

    /** The row seen as a trailer; null where it is none, or makes no sense as one. */
    public Row of(Row row, Layout layout) {
        Row seen = names.isEmpty() ? row : row.under(layout);
        try {
            return when.holds(seen) ? seen : null;
        } catch (Condition.Incomputable noTrailer) {
            return null;
        }
    }
}
