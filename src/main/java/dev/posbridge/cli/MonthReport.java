package dev.posbridge.cli;

import dev.posbridge.Count;
import dev.posbridge.ledger.LedgerAccount;
import dev.posbridge.ledger.MonthBook;
import dev.posbridge.ledger.MonthBook.By;
import dev.posbridge.ledger.MonthBook.Group;
import dev.posbridge.ledger.MonthSums;
import dev.posbridge.ledger.MonthSums.What;
import dev.posbridge.ledger.Outcomes;
import dev.posbridge.ledger.Tally;
import dev.posbridge.operations.AmountText;
import dev.posbridge.operations.MonthCsv;
import dev.posbridge.operations.PointsText;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;

/** The report that finance takes, for people, for programs and as a table; nothing in it says when it was made. */
record MonthReport(LedgerAccount account, List<By> by, List<Group> groups) {
    private static final String LINE = "%-34s %8s %14s %14s %14s %14s %8s %6s %6s%n";

    void csv(PrintWriter out) {
        new MonthCsv(account, by).print(groups, out);
    }

    void text(PrintWriter out) {
        out.printf("Account %s (%s, %s)%n%n", account.name(), account.environment(), account.currency());
        out.printf(
                LINE,
                by.stream().map(By::word).collect(Collectors.joining(", ")),
                "records",
                "POS sales",
                "of members",
                "delivered",
                "refunded",
                "skipped",
                "dead",
                "late");
        groups.forEach(group -> line(out, String.join(", ", group.names()), group.sums()));
        MonthSums total = MonthBook.total(groups);
        line(out, "total", total);
        out.println();
        out.println("in " + total.of(What.IN).records() + " = "
                + Outcomes.WORDS.stream()
                        .map(word -> word + ' ' + total.of(word).records())
                        .collect(Collectors.joining(" + ")));
        out.println(PointsText.line(total.points()));
        if (total.deadWithoutTotal() > 0) {
            out.println(DeadMoney.note(total.deadWithoutTotal()));
        }
        if (!total.skipped().isEmpty()) {
            out.println("Skipped: " + MonthCsv.reasons(total.skipped()) + '.');
        }
        Tally matched = total.of(What.MATCHED);
        if (matched.records() > 0) {
            out.println("Matched by rule: " + Count.of(matched.records(), "refund") + " of "
                    + AmountText.shown(matched.refunds()) + ", whose sale no till named.");
        }
    }

    private static void line(PrintWriter out, String name, MonthSums sums) {
        out.printf(
                LINE,
                name,
                sums.of(What.IN).records(),
                AmountText.shown(sums.of(What.IN).sales()),
                AmountText.shown(sums.of(What.MEMBERS).sales()),
                AmountText.shown(sums.of("delivered").sales()),
                AmountText.shown(sums.of("delivered").refunds()),
                sums.of("skipped").records(),
                sums.of("dead").records(),
                sums.of(What.LATE).records());
    }
}
