package dev.posbridge.cli;

import dev.posbridge.ledger.HoldBook;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code posbridge release}: a held file goes on. */
@Command(
        name = "release",
        description = {
            "Lets a held file go: it is read again, and delivered. Its profile is approved with it.",
            "Beside a running service (posbridge run) the service reads it.",
            "",
            "Example: posbridge release EOD_07_20260131.csv --reason 'summer sale, checked with the store'"
        })
final class ReleaseCommand implements Callable<Integer> {
    @ParentCommand
    private PosbridgeCommand posbridge;

    @Spec
    private CommandSpec spec;

    @Mixin
    private HeldFile file;

    @Option(names = "--reason", required = true, paramLabel = "T", description = "Why; kept in the audit table.")
    private String reason;

    @Mixin
    private ReadAgain again;

    @Override
    public Integer call() throws InterruptedException {
        return again.run(
                posbridge.options(), spec.commandLine(), reason, file::held, HoldBook.Approval.RELEASE, "release");
    }
}
