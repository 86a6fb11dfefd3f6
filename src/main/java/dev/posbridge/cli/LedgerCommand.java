package dev.posbridge.cli;

import picocli.CommandLine.Command;

/** {@code posbridge ledger}: where the ledger lies. */
@Command(
        name = "ledger",
        description = {
            "Moves the ledger from the file in the data folder to a PostgreSQL server, for more than one machine.",
            "",
            "Example: posbridge ledger move --to jdbc:postgresql://db:5432/posbridge"
        },
        subcommands = LedgerMoveCommand.class)
final class LedgerCommand extends CommandGroup {
    LedgerCommand() {
        super(": move; for instance: posbridge ledger move --to jdbc:postgresql://db:5432/posbridge");
    }
}
