package dev.posbridge.cli;

import dev.posbridge.Posbridge;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code posbridge} itself: only its subcommands do something. */
@Command(
        name = "posbridge",
        mixinStandardHelpOptions = true,
        scope = picocli.CommandLine.ScopeType.INHERIT,
        version = "posbridge " + Posbridge.VERSION,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = "Carries what point-of-sale systems leave behind to Gameball: each sale once, in order.",
        footer = {
            "",
            "Start with 'posbridge demo': it needs no account and no server; with --console it shows all in a browser.",
            "'posbridge help COMMAND' says what a command takes, with an example.",
            "Exit codes: 0 all well; 1 internal error; 2 usage or configuration; 3 a person must look; "
                    + "4 not settled in time, run again; 5 Gameball refuses key or account; 6 data folder in use; "
                    + "7 health is red."
        })
final class PosbridgeCommand implements Runnable {
    private static final List<Class<?>> COMMANDS = List.of(
            DemoCommand.class,
            IngestCommand.class,
            RunCommand.class,
            CheckCommand.class,
            ReloadCommand.class,
            VendorCommand.class,
            StatusCommand.class,
            HealthCommand.class,
            ConsoleCommand.class,
            PauseCommand.class,
            ResumeCommand.class,
            DeadLettersCommand.class,
            TraceCommand.class,
            ForgetCommand.class,
            ReportCommand.class,
            AuditCommand.class,
            BackupCommand.class,
            LedgerCommand.class,
            HeldCommand.class,
            ReleaseCommand.class,
            RejectCommand.class,
            AcceptCommand.class,
            CorrectCommand.class,
            ReconcileCommand.class,
            DoctorCommand.class,
            SandboxCommand.class,
            PasswordCommand.class);

    @Spec
    private CommandSpec spec;

    @Mixin
    private GlobalOptions options;

    /**
     * The command line with the command that is asked for; with all of them where it is not one of ours, or help is
     * wanted. To look at all of them would take a twentieth of each start.
     */
    static CommandLine line(String... arguments) {
        String asked = arguments.length == 0 ? "" : arguments[0];
        List<Class<?>> one = COMMANDS.stream()
                .filter(command -> command.getAnnotation(Command.class).name().equals(asked))
                .toList();
        CommandLine posbridge = new CommandLine(new PosbridgeCommand());
        (one.isEmpty() ? COMMANDS : one).forEach(posbridge::addSubcommand);
        HelpText.reflow(posbridge);
        return posbridge
                .registerConverter(LocalDate.class, PosbridgeCommand::date)
                .registerConverter(BigDecimal.class, PosbridgeCommand::amount);
    }

    @SuppressWarnings("PMD.PreserveStackTrace") // The message tells all there is.
    private static BigDecimal amount(String text) {
        if (!text.matches("\\d{1,15}(\\.\\d{1,4})?")) {
            throw new TypeConversionException("found \"" + text + "\", expected an amount such as 12.50.");
        }
        return new BigDecimal(text);
    }

    @SuppressWarnings("PMD.PreserveStackTrace") // The message tells all there is.
    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException problem) {
            throw new TypeConversionException("found \"" + text + "\", expected a date such as 2026-01-31.");
        }
    }

    /** Of the commands, without their own subcommands. */
    static List<String> names() {
        return COMMANDS.stream()
                .map(command -> command.getAnnotation(Command.class).name())
                .toList();
    }

    GlobalOptions options() {
        return options;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
        spec.commandLine().getOut().flush();
        throw new ParameterException(spec.commandLine(), "Name a command, for instance: posbridge demo");
    }
}
