package dev.posbridge.cli;

import dev.posbridge.ConfigurationException;
import dev.posbridge.ledger.HoldBook;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code posbridge accept}: a rejected file is taken in all the same. */
@Command(
        name = "accept",
        description = {
            "Takes in a file that was rejected because its control totals do not fit, or because of its bad rows: its good",
            "receipts are delivered, its bad ones are dead letters. Limits and medians are asked all the same.",
            "",
            "Example: posbridge accept EOD_07_20260131.csv --despite totals --reason 'the till rounds its total'"
        })
final class AcceptCommand implements Callable<Integer> {
    @ParentCommand
    private PosbridgeCommand posbridge;

    @Spec
    private CommandSpec spec;

    @Mixin
    private HeldFile file;

    @Option(names = "--reason", required = true, paramLabel = "T", description = "Why; kept in the audit table.")
    private String reason;

    @Option(
            names = "--despite",
            required = true,
            paramLabel = "totals|bad-rows",
            description = "What it was rejected for.")
    private String despite;

    @Mixin
    private ReadAgain again;

    @Override
    public Integer call() throws InterruptedException {
        HoldBook.Approval approval = HoldBook.Approval.despite(despite)
                .orElseThrow(() ->
                        new ConfigurationException("--despite is \"" + despite + "\", expected totals or bad-rows."));
        return again.run(
                posbridge.options(),
                spec.commandLine(),
                reason,
                book -> file.rejected(book, approval),
                approval,
                "accept --despite " + despite);
    }
}
