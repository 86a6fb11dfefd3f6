package dev.posbridge.cli;

import picocli.CommandLine.Command;

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
final class DeadLettersCommand extends CommandGroup {
    DeadLettersCommand() {
        super(": summary, list, show, export, replay or discard; for instance: posbridge dead-letters summary");
    }
}
