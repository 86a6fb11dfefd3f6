package dev.posbridge.cli;

import dev.posbridge.Count;
import dev.posbridge.engine.Ledger;
import dev.posbridge.ledger.LedgerCheck;
import dev.posbridge.operations.StatusNow;
import dev.posbridge.operations.document.Json;
import dev.posbridge.operations.document.StatusJson;
import dev.posbridge.settings.Settings;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code posbridge status}: what waits, for what, and how long it will take. */
@Command(
        name = "status",
        description = {
            "Says what is due, sending, parked, held and dead, by vendor, what is paused, and how long delivery takes.",
            "Files that are being read, and those that stay in the inbox with the reason, are named; after an interruption",
            "it says what to type.",
            "Only looks, so it works beside a running service.",
            "",
            "Example: posbridge status --json"
        })
final class StatusCommand implements Callable<Integer> {
    @ParentCommand
    private PosbridgeCommand posbridge;

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Prints the status as JSON.")
    private boolean json;

    @Option(
            names = "--verify",
            description =
                    "Compares the ledger's counts with the state of every sale instead, and its packed bytes with their"
                            + " checksums; ends with 3 where they differ. Reads all of it.")
    private boolean verify;

    @Override
    public Integer call() {
        GlobalOptions options = posbridge.options();
        Settings settings = options.settings(Map.of());
        try (Ledger ledger = Ledger.openExisting(settings)) {
            if (verify) {
                return verify(ledger, options.quiet());
            }
            StatusNow now = StatusNow.of(ledger.database(), ledger.account(), settings, options.profiles(settings));
            PrintWriter out = spec.commandLine().getOut();
            if (!options.quiet()) {
                if (json) {
                    out.println(Json.text(StatusJson.node(now)));
                } else {
                    new StatusView(now).print(out);
                }
                out.flush();
            }
        }
        return ExitCode.ALL_WELL.number();
    }

    private int verify(Ledger ledger, boolean quiet) {
        LedgerCheck.Result result = new LedgerCheck(ledger.database()).check();
        PrintWriter out = spec.commandLine().getOut();
        result.problems().forEach(out::println);
        if (!quiet) {
            out.println(
                    result.problems().isEmpty()
                            ? "The ledger agrees with itself: "
                                    + Count.of(result.rows(), "single record") + ", "
                                    + Count.of(result.sales(), "sale") + " packed in "
                                    + Count.of(result.segments(), "segment") + "."
                            : "The ledger contradicts itself. Stop the service, keep a copy of the data folder, and restore the"
                                    + " last backup.");
        }
        out.flush();
        return (result.problems().isEmpty() ? ExitCode.ALL_WELL : ExitCode.LOOK).number();
    }
}
