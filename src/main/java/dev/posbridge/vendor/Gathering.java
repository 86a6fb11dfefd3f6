package dev.posbridge.vendor;

import dev.posbridge.pos.Reason;
import dev.posbridge.vendor.format.Row;
import java.util.ArrayList;
import java.util.List;

/** A receipt whose rows are being gathered; beyond its bounds its rows are let go, and it is known to be too large. */
final class Gathering {
    private final Assembly bounds;
    private final String profile;
    private final String[] key;
    private final Row first;
    private List<Row> rows = new ArrayList<>(4);
    private long count;
    private long size;
    private String limit;

    /** @param key null for a row that has none: it is a receipt alone */
    Gathering(Assembly bounds, String profile, String[] key, Row first) {
        this.bounds = bounds;
        this.profile = profile;
        this.key = key;
        this.first = first;
        add(first);
    }

    void add(Row row) {
        count++;
        if (limit == null) {
            size += row.size();
            rows.add(row);
            if (rows.size() > 1 && (count > bounds.maxRows() || size > bounds.maxSize())) {
                limit = count > bounds.maxRows() ? "max-rows" : "max-size";
                rows = List.of(first);
            }
        }
    }

    String[] key() {
        return key;
    }

    Row first() {
        return first;
    }

    /** Those that are kept. */
    List<Row> rows() {
        return List.copyOf(rows);
    }

    /** Hash of its rows. */
    long content() {
        return limit == null ? ReceiptKey.hash(rows) : count;
    }

    /** @param other what else is wrong with it, or null */
    Receipt receipt(Receipt.Flaw other) {
        return new Receipt(rows, limit == null ? other : tooLarge());
    }

    private Receipt.Flaw tooLarge() {
        String text = "the receipt that starts here has more than "
                + (limit.equals("max-rows") ? bounds.maxRows() + " rows" : bounds.maxSize() + " characters")
                + "; its rows were not kept. Correct receipt.key in " + profile + ", or raise receipt." + limit
                + " there, and deliver the file again.";
        return new Receipt.Flaw(Reason.RECEIPT_TOO_LARGE, text, count);
    }
}
