package dev.posbridge.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code posbridge vendor}: the profiles, for whoever writes them. */
@Command(
        name = "vendor",
        description = "Lists the vendors' profiles, drafts a new one from a file, shows what a change of one changes.",
        subcommands = {VendorListCommand.class, VendorNewCommand.class, VendorDiffCommand.class})
final class VendorCommand implements Runnable {
    @ParentCommand
    private PosbridgeCommand posbridge;

    @Spec
    private CommandSpec spec;

    GlobalOptions options() {
        return posbridge.options();
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name what to do, for instance: ./posbridge vendor list");
    }
}
