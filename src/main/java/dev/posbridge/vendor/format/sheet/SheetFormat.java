package dev.posbridge.vendor.format.sheet;

import dev.posbridge.FileRejectedException;
import dev.posbridge.Nearest;
import dev.posbridge.pos.Position;
import dev.posbridge.pos.Reason;
import dev.posbridge.vendor.format.Columns;
import dev.posbridge.vendor.format.Format;
import dev.posbridge.vendor.format.KeptRows;
import dev.posbridge.vendor.format.RowSource;
import dev.posbridge.vendor.value.FoundHeader;
import java.io.InputStream;
import java.util.List;

/** Reads one sheet of workbooks as rows. */
final class SheetFormat implements Format {
    private final SheetSettings settings;
    private final Columns columns;
    private final List<String> drop;

    SheetFormat(SheetSettings settings, Columns columns, List<String> drop) {
        this.settings = settings;
        this.columns = columns;
        this.drop = drop;
    }

    @Override
    public RowSource open(String fileName, InputStream bytes) {
        SheetRows rows = SheetRows.open(fileName, bytes, settings);
        boolean ready = false;
        try {
            List<String> names = rows.names();
            check(fileName, names);
            rows.under(KeptRows.layout(fileName, names, columns, drop, true));
            ready = true;
            return rows;
        } finally {
            if (!ready) {
                rows.close();
            }
        }
    }

    private void check(String file, List<String> found) {
        columns.repeatedIn(found).ifPresent(name -> {
            throw wrong(file, found, "names column \"" + name + "\" twice.");
        });
        List<String> missing = columns.missingIn(found, Columns.folded(settings.optional()));
        if (!missing.isEmpty()) {
            String meant = Nearest.to(missing.get(0), found)
                    .map(name -> " Is it \"" + name + "\"?")
                    .orElse("");
            throw wrong(file, found, "has no column \"" + String.join("\", \"", missing) + "\"." + meant);
        }
    }

    private FileRejectedException wrong(String file, List<String> found, String text) {
        return new FileRejectedException(
                Position.ofRow(file, settings.headerRow()),
                Reason.HEADER_WRONG,
                "the header " + text + " Found: " + FoundHeader.shown(found, columns.names()) + "; expected: "
                        + String.join(", ", columns.names()) + ". " + Reason.HEADER_WRONG.remedy());
    }

    @Override
    public RowSource reopen(String fileName, String header, String rawRows, long firstLine) {
        return KeptRows.read(fileName, header, rawRows, firstLine, columns, drop);
    }
}
