package dev.posbridge.cli;

import dev.posbridge.Count;
import dev.posbridge.engine.Ledger;
import dev.posbridge.ledger.HoldBook;
import dev.posbridge.ledger.HoldBook.Held;
import dev.posbridge.operations.HeldFiles;
import dev.posbridge.settings.Settings;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code posbridge reject}: nothing of a held file comes in. */
@Command(
        name = "reject",
        description = {
            "Sends a held file away: nothing of it is delivered, and a corrected one may come. It goes to rejected/, the",
            "reason beside it. Of a file whose suspicious customers are held it leaves out those sales alone.",
            "",
            "Example: posbridge reject EOD_07_20260131.csv --reason 'prices in pence, new file is coming'"
        })
final class RejectCommand implements Callable<Integer> {
    @ParentCommand
    private PosbridgeCommand posbridge;

    @Spec
    private CommandSpec spec;

    @Mixin
    private HeldFile file;

    @Option(names = "--reason", required = true, paramLabel = "T", description = "Why; kept in the audit table.")
    private String reason;

    @Override
    public Integer call() {
        Settings settings = posbridge.options().settings(Map.of());
        ReadAgain.requireReason(reason);
        try (Ledger ledger = Ledger.openExisting(settings)) {
            HoldBook book = new HoldBook(ledger.database());
            Held held = file.held(book);
            long records = new HeldFiles(ledger.database(), settings).reject(held, reason);
            if (!posbridge.options().quiet()) {
                spec.commandLine()
                        .getOut()
                        .println("Rejected " + held.vendor() + "/" + held.name() + ": "
                                + Count.of(records, "record is", "records are")
                                + " not delivered. A corrected file may come.");
                spec.commandLine().getOut().flush();
            }
        }
        return ExitCode.ALL_WELL.number();
    }
}
