package dev.posbridge.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** A command that does nothing without one of its subcommands. */
abstract class CommandGroup implements Runnable {
    private final String choices;

    @ParentCommand
    private PosbridgeCommand posbridge;

    @Spec
    private CommandSpec spec;

    /** @param choices what may be named, as it follows "Name what to do" */
    CommandGroup(String choices) {
        this.choices = choices;
    }

    final GlobalOptions options() {
        return posbridge.options();
    }

    @Override
    public final void run() {
        throw new ParameterException(spec.commandLine(), "Name what to do" + choices);
    }
}
