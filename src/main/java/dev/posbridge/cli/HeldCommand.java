package dev.posbridge.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code posbridge held}: what waits for a person before anything of it leaves. */
@Command(
        name = "held",
        description = {
            "Shows files that are held: outside of their profile's limits, unlike what their store usually brings, or the",
            "first by a new or changed profile. 'posbridge release' lets one go, 'posbridge reject' sends it away.",
            "",
            "Example: posbridge held list"
        },
        subcommands = {HeldList.class, HeldShow.class})
final class HeldCommand implements Runnable {
    @ParentCommand
    private PosbridgeCommand posbridge;

    @Spec
    private CommandSpec spec;

    GlobalOptions options() {
        return posbridge.options();
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name what to do: list or show FILE");
    }
}
