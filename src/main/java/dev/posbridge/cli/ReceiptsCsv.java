package dev.posbridge.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.posbridge.ledger.LedgerAccount;
import dev.posbridge.ledger.LedgerDatabase;
import dev.posbridge.ledger.ReceiptList;
import dev.posbridge.ledger.ReceiptList.Receipt;
import dev.posbridge.ledger.ReportFilter;
import dev.posbridge.operations.AmountText;
import dev.posbridge.operations.PointsText;
import dev.posbridge.operations.SpreadsheetCell;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Every record as a line of a table, in the order in which they came. */
final class ReceiptsCsv {
    private static final List<String> COLUMNS = List.of(
            "schema-version",
            "account",
            "environment",
            "currency",
            "vendor",
            "store",
            "business-date",
            "file",
            "line",
            "kind",
            "key",
            "order-id",
            "customer",
            "amount",
            "state",
            "reason",
            "points",
            "happened-at",
            "received-at",
            "settled-at");

    private final LedgerAccount account;
    private final ReportFilter filter;
    private final ZoneId zone;

    ReceiptsCsv(LedgerAccount account, ReportFilter filter, ZoneId zone) {
        this.account = account;
        this.filter = filter;
        this.zone = zone;
    }

    void print(PrintWriter out, LedgerDatabase database) {
        CsvWriter csv = CsvWriter.builder()
                .bufferSize(0) // nobody closes it: the output is the process's
                .lineDelimiter(LineDelimiter.LF)
                .build(out);
        csv.writeRecord(COLUMNS);
        new ReceiptList(database).forEach(receipt -> {
            LocalDate day = receipt.businessDate(zone);
            boolean asked = (filter.vendor() == null
                            || filter.vendor().equals(receipt.file().vendor()))
                    && (filter.file() == null
                            || filter.file().equals(receipt.file().name()))
                    && filter.covers(day);
            if (asked) {
                csv.writeRecord(values(receipt, day));
            }
        });
    }

    private List<String> values(Receipt receipt, LocalDate day) {
        boolean delivered = "delivered".equals(receipt.outcome()) && (receipt.isSale() || receipt.isRefund());
        return List.of(
                "1",
                account.name(),
                account.environment(),
                account.currency(),
                receipt.file().vendor(),
                text(receipt.store()),
                day.toString(),
                text(receipt.place() == null ? receipt.file().name() : receipt.place()),
                receipt.place() == null ? Long.toString(receipt.line()) : "",
                receipt.kind(),
                text(receipt.key()),
                text(receipt.orderId()),
                text(receipt.customer()),
                AmountText.plain(receipt.amount()),
                receipt.outcome(),
                text(receipt.reason()),
                receipt.points() == null ? (delivered ? "unknown" : "") : PointsText.plain(receipt.points()),
                time(receipt.happenedAt()),
                time(receipt.file().cameAt()),
                time(receipt.settledAt()));
    }

    private static String text(String value) {
        return value == null ? "" : SpreadsheetCell.shown(value);
    }

    /** Local time with its offset, to the second. */
    private String time(Instant time) {
        return time == null
                ? ""
                : DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                        time.truncatedTo(ChronoUnit.SECONDS).atZone(zone));
    }
}
