package dev.posbridge.cli;

import dev.posbridge.ConfigurationException;
import dev.posbridge.ledger.MonthBook;
import dev.posbridge.ledger.ReportFilter;
import dev.posbridge.operations.PlainReport;
import dev.posbridge.operations.Report;
import dev.posbridge.operations.ReportGroup;
import dev.posbridge.operations.ReportLines;
import dev.posbridge.operations.document.Json;
import dev.posbridge.operations.document.MonthJson;
import dev.posbridge.operations.document.ReportJson;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code posbridge report}: what came in and what became of it. */
@Command(
        name = "report",
        description = {
            "Reports what came in and what became of it, in records, money and points; by default all of it, by file.",
            "Rejected files, and files whose content was known, are in it. Business dates are those of the files; where a",
            "file has none those of its records, else the day on which it came.",
            "",
            "Examples: posbridge report --from 2026-01-01 --to 2026-01-31 --by store --csv",
            "          posbridge report --from 2026-01-01 --by business-date,store --csv",
            "          posbridge report --receipts --csv --from 2026-01-31"
        })
final class ReportCommand implements Callable<Integer> {
    @ParentCommand
    private PosbridgeCommand posbridge;

    @Spec
    private CommandSpec spec;

    @Option(names = "--from", paramLabel = "DATE", description = "First business date, such as 2026-01-31.")
    private LocalDate from;

    @Option(names = "--to", paramLabel = "DATE", description = "Last business date.")
    private LocalDate to;

    @Option(
            names = "--by",
            paramLabel = "WHAT",
            defaultValue = "file",
            description = "What a line is about: file, vendor, store or day; or for the end of a month one or more of"
                    + " business-date, delivered-date, month, store, vendor, kind, with commas between."
                    + " Default: ${DEFAULT-VALUE}.")
    private String by;

    @Option(
            names = "--receipts",
            description = "With --csv: a line a receipt, in the order in which they came, instead of sums.")
    private boolean receipts;

    @Option(names = "--file", paramLabel = "F", description = "Only files of this name, without folder.")
    private String file;

    @Option(names = "--vendor", paramLabel = "V", description = "Only this vendor's files.")
    private String vendor;

    @Option(names = "--csv", description = "Prints CSV, a line a group.")
    private boolean csv;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() {
        ReportLines lines = checked();
        PrintWriter out = spec.commandLine().getOut();
        try (ReadOnlyLedger ledger = ReadOnlyLedger.open(posbridge.options())) {
            KnownNames.require(ledger.database(), posbridge.options(), vendor, file);
            if (receipts) {
                ReportFilter filter = new ReportFilter(vendor, file, from, to);
                new ReceiptsCsv(ledger.account(), filter, ZoneId.systemDefault()).print(out, ledger.database());
            } else if (lines.month().isEmpty()) {
                printPlain(out, ledger, lines.plain());
            } else {
                printMonth(out, ledger, lines.month());
            }
        }
        out.flush();
        return ExitCode.ALL_WELL.number();
    }

    /** What lines are about, where the options go together. */
    private ReportLines checked() {
        if (csv && json) {
            throw new ConfigurationException("Give either --csv or --json, not both.");
        }
        if (from != null && to != null && to.isBefore(from)) {
            throw new ConfigurationException("--to " + to + " lies before --from " + from + ".");
        }
        if (receipts && !csv) {
            throw new ConfigurationException("--receipts is a table: give --csv with it.");
        }
        ReportLines lines = ReportLines.parse(by);
        if (!lines.month().isEmpty() && file != null) {
            throw new ConfigurationException(
                    "--file goes with --by file, vendor, store or day, not with --by " + by + ".");
        }
        return lines;
    }

    private void printMonth(PrintWriter out, ReadOnlyLedger ledger, List<MonthBook.By> lines) {
        MonthBook book = new MonthBook(ledger.database(), ZoneId.systemDefault());
        MonthReport report =
                new MonthReport(ledger.account(), lines, book.groups(new MonthBook.Question(lines, vendor, from, to)));
        if (csv) {
            report.csv(out);
        } else if (json) {
            out.println(Json.text(MonthJson.node(ledger.account(), lines, report.groups())));
        } else {
            report.text(out);
        }
    }

    private void printPlain(PrintWriter out, ReadOnlyLedger ledger, ReportGroup.By lines) {
        PlainReport plain = PlainReport.of(
                ledger.database(),
                ledger.account(),
                posbridge.options().settings(Map.of()),
                lines,
                new ReportFilter(vendor, file, from, to));
        Report report = plain.report();
        if (csv) {
            ReportCsv.print(out, lines, report, plain.groups());
        } else if (json) {
            out.println(Json.text(ReportJson.node(report, lines, plain.groups())));
        } else if (lines == ReportGroup.By.file) {
            new ReportText(out).print(report);
        } else {
            new ReportText(out).print(report, lines.name(), plain.groups());
        }
    }
}
