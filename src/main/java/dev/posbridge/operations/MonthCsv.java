package dev.posbridge.operations;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.posbridge.ledger.LedgerAccount;
import dev.posbridge.ledger.MonthBook.By;
import dev.posbridge.ledger.MonthBook.Group;
import dev.posbridge.ledger.MonthSums;
import dev.posbridge.ledger.MonthSums.What;
import dev.posbridge.ledger.Outcomes;
import dev.posbridge.ledger.Points;
import dev.posbridge.ledger.Tally;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The table that finance takes: sums by business date, store, vendor, kind. Its columns do not change within a schema version,
 * and nothing in it says when it was made: the same ledger gives the same bytes.
 */
public record MonthCsv(LedgerAccount account, List<By> by) {
    public static final int SCHEMA_VERSION = 1;

    /** Prints the table; the writer stays open. */
    public void print(List<Group> groups, Writer out) {
        CsvWriter csv = CsvWriter.builder()
                .bufferSize(0) // nobody closes it: the output is the process's
                .lineDelimiter(LineDelimiter.LF)
                .build(out);
        csv.writeRecord(columns());
        groups.forEach(group -> csv.writeRecord(values(group)));
    }

    private List<String> columns() {
        List<String> columns = new ArrayList<>(List.of("schema-version", "account", "environment", "currency"));
        by.forEach(one -> columns.add(one.word()));
        columns.add("in");
        columns.addAll(Outcomes.WORDS);
        for (String money : List.of("sales", "refunds")) {
            columns.add(money + "-in");
            Outcomes.WORDS.forEach(word -> columns.add(money + "-" + word));
        }
        for (String what : List.of("members", "late", "matched")) {
            columns.addAll(List.of(what, what + "-sales", what + "-refunds"));
        }
        columns.addAll(List.of(
                "points-earned",
                "points-taken-back",
                "points-unknown-sales",
                "points-unknown-refunds",
                "skipped-by-reason",
                "dead-without-total"));
        return columns;
    }

    private List<String> values(Group group) {
        MonthSums sums = group.sums();
        List<String> values = new ArrayList<>(
                List.of(Integer.toString(SCHEMA_VERSION), account.name(), account.environment(), account.currency()));
        group.names().forEach(name -> values.add(SpreadsheetCell.shown(name)));
        values.add(Long.toString(sums.of(What.IN).records()));
        Outcomes.WORDS.forEach(word -> values.add(Long.toString(sums.of(word).records())));
        values.add(AmountText.plain(sums.of(What.IN).sales()));
        Outcomes.WORDS.forEach(word -> values.add(AmountText.plain(sums.of(word).sales())));
        values.add(AmountText.plain(sums.of(What.IN).refunds()));
        Outcomes.WORDS.forEach(word -> values.add(AmountText.plain(sums.of(word).refunds())));
        for (What what : List.of(What.MEMBERS, What.LATE, What.MATCHED)) {
            Tally tally = sums.of(what);
            values.addAll(List.of(
                    Long.toString(tally.records()),
                    AmountText.plain(tally.sales()),
                    AmountText.plain(tally.refunds())));
        }
        Points points = sums.points();
        values.addAll(List.of(
                PointsText.cell(points.earned(), points.salesUnknown()),
                PointsText.cell(points.takenBack(), points.refundsUnknown()),
                Long.toString(points.salesUnknown()),
                Long.toString(points.refundsUnknown()),
                reasons(sums.skipped()),
                Long.toString(sums.deadWithoutTotal())));
        return values;
    }

    /** {@code anonymous 12; training 3}. */
    public static String reasons(Map<String, Long> reasons) {
        return reasons.entrySet().stream()
                .map(reason -> reason.getKey() + ' ' + reason.getValue())
                .collect(Collectors.joining("; "));
    }
}
