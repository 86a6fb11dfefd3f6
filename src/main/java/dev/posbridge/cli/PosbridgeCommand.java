package dev.posbridge.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code posbridge} itself: only its subcommands do something. */
@Command(
        name = "posbridge",
        mixinStandardHelpOptions = true,
        scope = picocli.CommandLine.ScopeType.INHERIT,
        version = "posbridge 0.1.0",
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = "Carries what point-of-sale systems leave behind to Gameball: each sale once, in order.",
        footer = {
            "",
            "Start with 'posbridge demo': it needs no account and no server.",
            "Exit codes: 0 all well; 1 internal error; 2 usage or configuration; 3 a person must look; "
                    + "4 not settled in time, run again; 5 Gameball refuses key or account; 6 data folder in use."
        },
        subcommands = {
            DemoCommand.class,
            IngestCommand.class,
            RunCommand.class,
            CheckCommand.class,
            StatusCommand.class,
            PauseCommand.class,
            ResumeCommand.class,
            DeadLettersCommand.class,
            TraceCommand.class,
            ReportCommand.class,
            SandboxCommand.class,
            PasswordCommand.class
        })
final class PosbridgeCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Mixin
    private GlobalOptions options;

    GlobalOptions options() {
        return options;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command, for instance: posbridge demo");
    }
}
