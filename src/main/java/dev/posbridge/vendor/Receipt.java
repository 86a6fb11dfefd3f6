package dev.posbridge.vendor;

import dev.posbridge.pos.Position;
import dev.posbridge.vendor.format.Row;
import java.util.List;

/** The rows of one retail transaction, as the till wrote them; one or more. */
public record Receipt(List<Row> rows) {
    public Receipt {
        rows = List.copyOf(rows);
    }

    /** Where the first row starts. */
    public Position position() {
        return rows.get(0).position();
    }

    /** The rows as text that {@link Profile#reopen} reads again; the columns on the profile's drop list are blank. */
    public String raw() {
        StringBuilder text = new StringBuilder(rows.size() * 80);
        for (Row row : rows) {
            row.appendTo(text);
            text.append('\n');
        }
        return text.toString();
    }
}
