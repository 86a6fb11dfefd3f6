package dev.posbridge.cli;

import dev.posbridge.Count;
import dev.posbridge.ledger.FileReport;
import dev.posbridge.ledger.FileState;
import dev.posbridge.ledger.Outcomes;
import dev.posbridge.ledger.Tally;
import dev.posbridge.operations.AmountText;
import dev.posbridge.operations.PointsText;
import dev.posbridge.operations.Report;
import dev.posbridge.operations.ReportGroup;
import java.io.PrintWriter;
import java.util.List;

/** A report as a person reads it: a line a file, then all outcomes, which add up to what came in. */
final class ReportText {
    private static final String FILE_LINE = "%-40s %10s %9s %9s %6s %6s %6s  %s%n";
    private static final String OUTCOME_LINE = "  %-12s %10s %18s %18s%n";

    private static final int MOST_GAPS = 20;
    private static final int MOST_DIFFERENCES = 5;

    private final PrintWriter out;

    ReportText(PrintWriter out) {
        this.out = out;
    }

    void print(Report report) {
        printHead(report, "file");
        report.files().forEach(this::file);
        printSum(report);
    }

    /** @param by what the lines are about */
    void print(Report report, String by, List<ReportGroup> groups) {
        printHead(report, by);
        groups.forEach(group -> line(group.name(), group.outcomes(), ""));
        printSum(report);
    }

    private void printHead(Report report, String first) {
        out.printf(
                "Account %s (%s, %s)%n%n",
                report.account().name(),
                report.account().environment(),
                report.account().currency());
        out.printf(FILE_LINE, first, "records", "delivered", "duplicate", "skip", "dead", "parked", "");
    }

    private void printSum(Report report) {
        Outcomes outcomes = report.outcomes();
        out.printf(
                "%n" + OUTCOME_LINE,
                "outcome",
                "records",
                "sales " + report.account().currency(),
                "refunds " + report.account().currency());
        Outcomes.WORDS.forEach(word -> outcome(word, outcomes.of(word)));
        outcome("= in", outcomes.in());
        printRest(report, outcomes);
        out.flush();
    }

    private void file(FileReport file) {
        boolean well = file.state() == FileState.SETTLED || file.state() == FileState.RELEASED;
        line(
                file.vendor() + "/" + file.name(),
                file.outcomes(),
                well ? "" : file.state().word());
        if (file.state() == FileState.REJECTED || file.state() == FileState.HELD) {
            out.println("    " + file.message());
        }
    }

    private void line(String name, Outcomes outcomes, String note) {
        out.printf(
                FILE_LINE,
                name,
                outcomes.in().records(),
                outcomes.of("delivered").records(),
                outcomes.of("duplicate").records(),
                outcomes.of("skipped").records(),
                outcomes.of("dead").records(),
                outcomes.of("parked").records(),
                note);
    }

    private void outcome(String word, Tally tally) {
        out.printf(
                OUTCOME_LINE,
                word,
                tally.records(),
                AmountText.shown(tally.sales()),
                AmountText.shown(tally.refunds()));
    }

    private void printRest(Report report, Outcomes outcomes) {
        out.println();
        out.println(PointsText.line(outcomes.points()));
        if (outcomes.withoutTotal() > 0) {
            out.println(DeadMoney.note(outcomes.withoutTotal()));
        }
        if (outcomes.matched() > 0) {
            out.printf(
                    "Matched by guess: %d refunds whose sale was found by product, not named by the till.%n",
                    outcomes.matched());
        }
        if (outcomes.differing() > 0) {
            differences(report, outcomes.differing());
        }
        if (!outcomes.reasons().isEmpty()) {
            out.println("Reasons: "
                    + String.join(
                            ", ",
                            outcomes.reasons().entrySet().stream()
                                    .map(reason -> reason.getKey() + " " + reason.getValue())
                                    .toList())
                    + ".");
        }
        if (!report.missing().isEmpty()) {
            out.printf("%nMissing files:%n");
            report.missing()
                    .forEach(file -> out.println("  " + file.vendor() + "/" + file.file() + " of " + file.day()
                            + ", expected by " + file.due() + " (source " + file.source() + ")"));
        }
        if (!report.gaps().isEmpty()) {
            out.printf("%nNumbers that tills gave to receipts which never came:%n");
            report.gaps().stream()
                    .limit(MOST_GAPS)
                    .forEach(gap -> out.println("  " + gap.vendor() + " register " + gap.register() + ": "
                            + (gap.count() == 1 ? "" + gap.first() : gap.first() + " to " + gap.last())));
            if (report.gaps().size() > MOST_GAPS) {
                out.println("  and " + (report.gaps().size() - MOST_GAPS) + " gaps more (--json has them all)");
            }
        }
        if (!report.firstErrors().isEmpty()) {
            out.printf("%nDead letters, the first of them (posbridge dead-letters list):%n");
            report.firstErrors().forEach(error -> out.println("  " + error.id() + "  " + error.message()));
        }
    }

    private void differences(Report report, long differing) {
        out.println(Count.of(differing, "duplicate differs", "duplicates differ")
                + " from what came first, only in what an export may write otherwise; nothing of it was sent again:");
        List<String> told = report.files().stream()
                .flatMap(file -> file.differences().stream())
                .limit(MOST_DIFFERENCES)
                .toList();
        told.forEach(difference -> out.println("  " + difference));
        if (told.size() < differing) {
            out.println("  and " + (differing - told.size()) + " more");
        }
    }
}
