package dev.posbridge.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code posbridge dead-letters}: what did not arrive, why, and how it still does. */
@Command(
        name = "dead-letters",
        description = {
            "Shows what did not arrive and why, and sends it again once it is corrected.",
            "The way of a correction: summary, export --to FILE, correct FILE in a spreadsheet, replay --from FILE.",
            "",
            "Example: posbridge dead-letters summary"
        },
        subcommands = {
            DeadLettersSummary.class,
            DeadLettersList.class,
            DeadLettersShow.class,
            DeadLettersExport.class,
            DeadLettersReplay.class,
            DeadLettersDiscard.class
        })
final class DeadLettersCommand implements Runnable {
    @ParentCommand
    private PosbridgeCommand posbridge;

    @Spec
    private CommandSpec spec;

    GlobalOptions options() {
        return posbridge.options();
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Name what to do: summary, list, show, export, replay or discard; for instance: posbridge dead-letters summary");
    }
}
