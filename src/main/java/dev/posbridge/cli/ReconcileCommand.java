package dev.posbridge.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posbridge.Count;
import dev.posbridge.GameballUnavailableException;
import dev.posbridge.engine.Ledger;
import dev.posbridge.ledger.ReconcileBook;
import dev.posbridge.ledger.ReconcileBook.Discrepancy;
import dev.posbridge.ledger.ReconcileBook.Found;
import dev.posbridge.ledger.ReconcileBook.Phase;
import dev.posbridge.ledger.ReconcileBook.Run;
import dev.posbridge.ledger.RestoreGuard;
import dev.posbridge.operations.AmountText;
import dev.posbridge.operations.document.Json;
import dev.posbridge.reconcile.Histories;
import dev.posbridge.reconcile.LostFiles;
import dev.posbridge.reconcile.Reconciliation;
import dev.posbridge.settings.Settings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code posbridge reconcile}: what does Gameball really hold? */
@Command(
        name = "reconcile",
        description = {
            "Asks Gameball, a thousand orders a call, what it holds, and compares that with the ledger: what is missing there,",
            "what is there and not delivered here, other amounts, other points. Points that were unknown are noted.",
            "--repair settles what is there as delivered and sends again what is missing, where the ledger is sure; the rest is",
            "named. A ledger that was put back from a copy delivers again once it has run. Interrupted, it goes on where it was.",
            "Exit code: 0 both say the same, or all was repaired; 3 they do not; 4 Gameball did not answer, run it again.",
            "",
            "Examples: posbridge reconcile --since 7d",
            "          posbridge reconcile --repair"
        })
final class ReconcileCommand implements Callable<Integer> {
    private static final int FIRST = 20;
    private static final int MOST_IN_JSON = 10_000;
    private static final int MOST_FILES = 100;
    private static final String LINE = "  %-14s %9s %18s  %s%n";

    @ParentCommand
    private PosbridgeCommand posbridge;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--since",
            paramLabel = "T",
            description =
                    "Only files that came since a day (2026-01-31), a moment, or so long ago (36h, 7d). Of a ledger that was put"
                            + " back all that is not delivered is compared as well.")
    private String since;

    @Option(names = "--file", paramLabel = "F", description = "Only files of this name, without folder.")
    private String file;

    @Option(names = "--repair", description = "Repairs what can be repaired surely.")
    private boolean repair;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    /** What came of it. */
    private record Result(
            Run run, List<Found> found, List<Discrepancy> first, List<Path> lost, Optional<String> waits) {
        long left() {
            return found.stream()
                    .mapToLong(one -> one.records() - one.repaired())
                    .sum();
        }

        boolean isEqual() {
            return left() == 0 && lost.isEmpty() && waits.isEmpty();
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        GlobalOptions options = posbridge.options();
        Settings settings = options.settings(Map.of());
        Instant from = since == null ? null : Since.parse("--since", since);
        Terminal terminal = new Terminal(spec.commandLine(), options.quiet() || json);
        try (Ledger ledger = Ledger.openExisting(settings)) {
            KnownNames.require(ledger.database(), options, null, file);
            Reconciliation.noticeRestored(settings, ledger.database(), repair);
            ReconcileBook book = new ReconcileBook(ledger.database());
            Run begun = book.begin(from, file, repair);
            if (begun.asked() > 0 || begun.phase() != Phase.SEGMENTS) {
                terminal.say("Goes on where it was interrupted, after " + Count.of(begun.asked(), "record") + ".");
            }
            Run ended;
            try {
                ended = new Reconciliation(ledger.database(), new Histories(settings.gameball()))
                        .compare(begun, run -> terminal.progress("Compared", run.asked(), run.asked()));
            } catch (GameballUnavailableException away) {
                terminal.endProgress();
                terminal.err().println(away.getMessage() + " What was compared is kept.");
                terminal.err().flush();
                return ExitCode.NOT_SETTLED.number();
            }
            terminal.endProgress();
            Result result = new Result(
                    ended,
                    book.found(ended),
                    book.first(ended, json ? MOST_IN_JSON : FIRST),
                    file == null
                            ? LostFiles.in(settings.folders().archive(), ledger.database(), MOST_FILES)
                            : List.of(),
                    RestoreGuard.restored(ledger.database()));
            return print(ledger, result);
        }
    }

    private int print(Ledger ledger, Result result) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.text(node(ledger, result)));
        } else if (!(posbridge.options().quiet() && result.isEqual())) {
            text(out, ledger, result);
        }
        out.flush();
        if (result.isEqual()) {
            return ExitCode.ALL_WELL.number();
        }
        spec.commandLine().getErr().println(lastLine(result));
        spec.commandLine().getErr().flush();
        return ExitCode.LOOK.number();
    }

    private String lastLine(Result result) {
        if (result.waits().isPresent()) {
            return RestoreGuard.sentence(result.waits().get()) + (file == null ? "." : ", without --file.");
        }
        if (result.left() > 0) {
            return Count.of(result.left(), "record differs", "records differ") + " between the ledger and Gameball."
                    + (repair
                            ? " A person must look: each is named above (--json has them all)."
                            : " See: posbridge reconcile --repair");
        }
        return Count.of(result.lost().size(), "file in the archive is", "files in the archive are")
                + " not in the ledger that was put back. Take in again: "
                + "posbridge ingest --vendor V FILE...";
    }

    private static void text(PrintWriter out, Ledger ledger, Result result) {
        Run run = result.run();
        out.printf(
                "Account %s (%s, %s), compared with Gameball: %d sales and refunds%n%n",
                ledger.account().name(),
                ledger.account().environment(),
                ledger.account().currency(),
                run.asked());
        out.printf(LINE, "", "records", ledger.account().currency(), "");
        out.printf(
                LINE, "equal", run.equal(), "", run.points() == 0 ? "" : "points of " + run.points() + " became known");
        result.found()
                .forEach(one -> out.printf(
                        LINE,
                        one.difference().word(),
                        one.records(),
                        AmountText.shown(one.amount()),
                        one.repaired() == 0 ? "" : one.repaired() + " repaired"));
        if (!result.first().isEmpty()) {
            out.printf("%nDifferences%s:%n", result.first().size() == FIRST ? ", the first of them" : "");
            result.first()
                    .forEach(one -> out.println("  " + one.difference().word() + "  " + one.text()
                            + (one.repaired() == null ? "" : " Repaired: " + one.repaired() + '.')));
        }
        if (!result.lost().isEmpty()) {
            out.printf("%nIn the archive, but not in this ledger:%n");
            result.lost().forEach(path -> out.println("  " + path));
        }
    }

    private static ObjectNode node(Ledger ledger, Result result) {
        ObjectNode root = Json.about(ledger.account());
        Run run = result.run();
        root.put("compared", run.asked())
                .put("equal", run.equal())
                .put("pointsNoted", run.points())
                .put("repair", run.repair())
                .put("left", result.left())
                .put("deliveryWaits", result.waits().isPresent());
        ObjectNode sums = root.putObject("differences");
        result.found().forEach(one -> sums.putObject(one.difference().word())
                .put("records", one.records())
                .put("amount", one.amount())
                .put("repaired", one.repaired()));
        ArrayNode all = root.putArray("records");
        result.first().forEach(one -> all.addObject()
                .put("difference", one.difference().word())
                .put("orderId", one.orderId())
                .put("amount", one.amount())
                .put("message", one.text())
                .put("repaired", one.repaired()));
        ArrayNode lost = root.putArray("filesNotInLedger");
        result.lost().forEach(path -> lost.add(path.toString()));
        return root;
    }
}
