package dev.posbridge.cli;

import dev.posbridge.Count;
import dev.posbridge.ledger.RecordState;
import dev.posbridge.operations.CheckResult;
import dev.posbridge.operations.FileCheck;
import dev.posbridge.operations.Understood;
import dev.posbridge.pos.Money;
import dev.posbridge.pos.RecordKind;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;

/** A dry run as a person reads it. */
final class CheckText {
    private static final int MOST_NAMED = 10;
    private static final int MOST_UNDERSTOOD = 3;
    private static final int MOST_ROWS = 5;

    private final PrintWriter out;

    CheckText(PrintWriter out) {
        this.out = out;
    }

    void print(CheckResult result) {
        result.files().forEach(file -> file(file, result));
        out.println();
        out.println("Calls, had nothing of this been sent before:");
        out.printf("  POST orders               %d%n", result.calls(RecordKind.SALE));
        out.printf("  POST transactions/refund  %d%n", result.calls(RecordKind.REFUND));
        out.printf("  POST events               %d%n", result.calls(RecordKind.EVENT));
        out.printf("  GET customers/.../balance up to %d%n", result.customers());
        out.printf("  POST customers            up to %d, for those whom Gameball does not know%n", result.customers());
        named("Repeated keys, counted once", result.repeated(), result.firstRepeated());
        List<String> orphans = result.keys().originalsWithoutSale();
        named(
                result.unread() == 0
                        ? "Refunds of sales that are not in these files"
                        : "Refunds of sales that are not in these files, or that are bad there",
                orphans.size(),
                orphans);
        if (!result.firstCalls().isEmpty()) {
            out.printf("%nFirst requests:%n");
            result.firstCalls().forEach(call -> out.printf("  %s%n  %s%n", call.name(), call.json()));
        }
        out.flush();
    }

    private void file(FileCheck file, CheckResult result) {
        List<String> found = new ArrayList<>();
        Arrays.stream(RecordKind.values())
                .filter(kind -> file.count(kind) > 0)
                .forEach(kind -> found.add(file.count(kind) + " " + kind.word() + (file.count(kind) == 1 ? "" : "s")));
        file.skipped().forEach((reason, count) -> found.add(count + " skipped (" + reason.code() + ")"));
        found.add(file.bad() + " bad");
        out.printf(
                "%s: %s, %s: %s%n",
                file.name(),
                Count.of(file.outcome().rows(), "row"),
                Count.of(file.outcome().receipts(), "receipt"),
                String.join(", ", found));
        out.printf("  sales %s, refunds %s%n", money(file.sales(), result), money(file.refunds(), result));
        file.notes().forEach(note -> out.println("  " + note));
        if (file.isRejected()) {
            out.printf(
                    "  would be rejected, %s: %s%n",
                    file.outcome().rejection().reason().code(),
                    file.outcome().rejection().getMessage());
        }
        understood(file);
        if (!file.outcome().unused().isEmpty()) {
            out.println("  not used: " + String.join(", ", file.outcome().unused()));
        }
        file.errors().forEach(error -> out.println("  " + error));
        if (file.bad() > file.errors().size()) {
            out.printf("  ... and %d more%n", file.bad() - file.errors().size());
        }
    }

    /** The rows as the till wrote them, and below them what they are taken for. */
    private void understood(FileCheck file) {
        List<Understood> first = file.understood().stream()
                .filter(one -> one.state() != RecordState.DEAD)
                .limit(MOST_UNDERSTOOD)
                .toList();
        for (Understood one : first) {
            List<String> rows = one.raw().lines().toList();
            rows.stream().limit(MOST_ROWS).forEach(row -> out.println("    | " + row));
            if (rows.size() > MOST_ROWS) {
                out.println("    | ... " + (rows.size() - MOST_ROWS) + " more rows");
            }
            out.println("    = " + one.words());
        }
    }

    private void named(String what, long count, List<String> names) {
        if (count > 0) {
            List<String> first = names.stream().limit(MOST_NAMED).toList();
            out.printf("%n%s: %d (%s%s)%n", what, count, String.join("; ", first), count > first.size() ? "; ..." : "");
        }
    }

    private static String money(BigDecimal amount, CheckResult result) {
        return new Money(amount, Currency.getInstance(result.account().currency())).toString();
    }
}
