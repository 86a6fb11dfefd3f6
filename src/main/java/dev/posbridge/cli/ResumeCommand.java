package dev.posbridge.cli;

import dev.posbridge.engine.Ledger;
import dev.posbridge.ledger.Pauses;
import dev.posbridge.settings.Settings;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code posbridge resume}: delivery on again. */
@Command(
        name = "resume",
        description = {
            "Lifts every pause; a running service goes on within a second or two.",
            "",
            "Example: posbridge resume"
        })
final class ResumeCommand implements Callable<Integer> {
    @ParentCommand
    private PosbridgeCommand posbridge;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Settings settings = posbridge.options().settings(Map.of());
        try (Ledger ledger =
                Ledger.openExisting(settings.folders().ledger(), settings.account(), settings.refundsWait())) {
            int lifted = new Pauses(ledger.database()).lift();
            if (!posbridge.options().quiet()) {
                spec.commandLine()
                        .getOut()
                        .println(
                                lifted == 0
                                        ? "Delivery was not paused."
                                        : "Delivery goes on; pauses lifted: " + lifted + ".");
                spec.commandLine().getOut().flush();
            }
        }
        return ExitCode.ALL_WELL.number();
    }
}
