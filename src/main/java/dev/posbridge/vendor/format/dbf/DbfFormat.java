package dev.posbridge.vendor.format.dbf;

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
import java.nio.charset.Charset;
import java.util.List;
import java.util.Set;

/** Columns are found by name, wherever they stand: vendors add some with each version. */
final class DbfFormat implements Format {
    private final Charset encoding;
    private final Set<String> optional;
    private final Columns columns;
    private final List<String> drop;

    DbfFormat(Charset encoding, Set<String> optional, Columns columns, List<String> drop) {
        this.encoding = encoding;
        this.optional = optional;
        this.columns = columns;
        this.drop = drop;
    }

    @Override
    public RowSource open(String fileName, InputStream bytes) {
        DbfRows rows = new DbfRows(fileName, bytes, encoding);
        List<String> names = rows.names();
        columns.repeatedIn(names).ifPresent(name -> {
            throw wrong(fileName, names, "has the column \"" + name + "\" twice.");
        });
        List<String> missing = columns.missingIn(names, optional);
        if (!missing.isEmpty()) {
            String meant = Nearest.to(missing.get(0), names)
                    .map(name -> " Is it \"" + name + "\"?")
                    .orElse("");
            throw wrong(fileName, names, "has no column \"" + String.join("\", \"", missing) + "\"." + meant);
        }
        rows.refuseUnreadable(columns.names());
        return rows.under(KeptRows.layout(fileName, names, columns, drop, true));
    }

    private FileRejectedException wrong(String fileName, List<String> found, String text) {
        return new FileRejectedException(
                Position.ofFile(fileName),
                Reason.HEADER_WRONG,
                "the table " + text + " Found: " + FoundHeader.shown(found, columns.names()) + "; expected: "
                        + String.join(", ", columns.names()) + ". " + Reason.HEADER_WRONG.remedy());
    }

    @Override
    public Charset encoding() {
        return encoding;
    }

    @Override
    public RowSource reopen(String fileName, String header, String rawRows, long firstLine) {
        return KeptRows.read(fileName, header, rawRows, firstLine, columns, drop);
    }
}
