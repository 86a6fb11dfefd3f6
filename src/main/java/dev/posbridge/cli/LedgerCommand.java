package dev.posbridge.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code posbridge ledger}: where the ledger lies. */
@Command(
        name = "ledger",
        description = {
            "Moves the ledger from the file in the data folder to a PostgreSQL server, for more than one machine.",
            "",
            "Example: posbridge ledger move --to jdbc:postgresql://db:5432/posbridge"
        },
        subcommands = LedgerMoveCommand.class)
final class LedgerCommand implements Runnable {
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
                "Name what to do: move; for instance: posbridge ledger move --to jdbc:postgresql://db:5432/posbridge");
    }
}
