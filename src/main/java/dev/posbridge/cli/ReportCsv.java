package dev.posbridge.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.posbridge.ledger.FileReport;
import dev.posbridge.ledger.LedgerAccount;
import dev.posbridge.ledger.Outcomes;
import dev.posbridge.ledger.Points;
import dev.posbridge.operations.PointsText;
import dev.posbridge.operations.Report;
import dev.posbridge.operations.ReportGroup;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** A report as a spreadsheet reads it: a line a group, records and money for each way to end. */
final class ReportCsv {
    private ReportCsv() {}

    static void print(PrintWriter out, ReportGroup.By by, Report report, List<ReportGroup> groups) {
        CsvWriter csv = CsvWriter.builder()
                .bufferSize(0) // nobody closes it: the output is the process's
                .lineDelimiter(LineDelimiter.PLATFORM)
                .build(out);
        List<String> names = by == ReportGroup.By.file
                ? List.of("vendor", "file", "business-date", "state", "rows", "reason")
                : List.of(by.name(), "files");
        csv.writeRecord(with(names, columns()));
        if (by == ReportGroup.By.file) {
            report.files()
                    .forEach(file -> csv.writeRecord(with(
                            with(describe(file), values(file.outcomes())),
                            of(report.account(), Report.came(file), file.outcomes()))));
        } else {
            groups.forEach(group -> csv.writeRecord(with(
                    with(List.of(group.name(), Integer.toString(group.files())), values(group.outcomes())),
                    of(report.account(), "", group.outcomes()))));
        }
    }

    private static List<String> describe(FileReport file) {
        return List.of(
                file.vendor(),
                file.name(),
                file.businessDate() == null ? "" : file.businessDate(),
                Report.state(file),
                Long.toString(file.rows()),
                file.reason() == null ? "" : file.reason());
    }

    private static List<String> of(LedgerAccount account, String came, Outcomes outcomes) {
        return List.of(account.name(), account.currency(), came, Long.toString(outcomes.withoutTotal()));
    }

    private static List<String> columns() {
        List<String> columns = new ArrayList<>(List.of("in"));
        columns.addAll(Outcomes.WORDS);
        for (String money : List.of("sales", "refunds")) {
            columns.add(money + "-in");
            Outcomes.WORDS.forEach(word -> columns.add(money + "-" + word));
        }
        columns.addAll(List.of(
                "points-earned",
                "points-taken-back",
                "points-unknown-sales",
                "points-unknown-refunds",
                "matched-by-product",
                "duplicates-differing",
                "account",
                "currency",
                "received-at",
                "dead-without-total"));
        return columns;
    }

    private static List<String> values(Outcomes outcomes) {
        List<String> values =
                new ArrayList<>(List.of(Long.toString(outcomes.in().records())));
        Outcomes.WORDS.forEach(
                word -> values.add(Long.toString(outcomes.of(word).records())));
        values.add(text(outcomes.in().sales()));
        Outcomes.WORDS.forEach(word -> values.add(text(outcomes.of(word).sales())));
        values.add(text(outcomes.in().refunds()));
        Outcomes.WORDS.forEach(word -> values.add(text(outcomes.of(word).refunds())));
        Points points = outcomes.points();
        values.add(PointsText.cell(points.earned(), points.salesUnknown()));
        values.add(PointsText.cell(points.takenBack(), points.refundsUnknown()));
        values.add(Long.toString(points.salesUnknown()));
        values.add(Long.toString(points.refundsUnknown()));
        values.add(Long.toString(outcomes.matched()));
        values.add(Long.toString(outcomes.differing()));
        return values;
    }

    private static String text(BigDecimal amount) {
        return (amount.scale() < 2 ? amount.setScale(2) : amount).toPlainString();
    }

    private static List<String> with(List<String> first, List<String> rest) {
        List<String> all = new ArrayList<>(first);
        all.addAll(rest);
        return all;
    }
}
