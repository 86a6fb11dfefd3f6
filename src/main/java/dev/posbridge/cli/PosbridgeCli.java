package dev.posbridge.cli;

import dev.posbridge.ConfigurationException;
import dev.posbridge.CredentialsRefusedException;
import dev.posbridge.DataFolderInUseException;
import dev.posbridge.Nearest;
import dev.posbridge.PosbridgeException;
import dev.posbridge.ProfileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs a command line; whatever goes wrong ends in a sentence and a number, the details go to the log. */
public final class PosbridgeCli {
    private PosbridgeCli() {}

    /** @return the exit code */
    public static int run(String... arguments) {
        return runAsTyped(PosbridgeCommand.line(arguments), arguments);
    }

    /** As {@link #run(String...)}: what it proposes can be typed as it stands. */
    static int runAsTyped(CommandLine posbridge, String... arguments) {
        NextCommands.after(arguments).addTo(posbridge);
        return run(posbridge, arguments);
    }

    static int run(CommandLine posbridge, String... arguments) {
        return posbridge
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExitCodeExceptionMapper(failure -> exitCode(failure).number())
                .setParameterExceptionHandler(PosbridgeCli::explainUsage)
                .setExecutionExceptionHandler((failure, command, result) -> explain(failure, command))
                .execute(helpAsOption(posbridge, arguments));
    }

    /** {@code help report} is {@code report --help}; of a command that is not there it is said so. */
    private static String[] helpAsOption(CommandLine posbridge, String... arguments) {
        int first = firstWord(posbridge, arguments);
        if (first >= arguments.length || !arguments[first].equals("help")) {
            return arguments;
        }
        List<String> asked = new ArrayList<>(Arrays.asList(arguments).subList(first + 1, arguments.length));
        CommandLine command = posbridge;
        for (String name : asked) {
            command = command.getSubcommands().get(name);
            if (command == null) {
                return asked.toArray(String[]::new);
            }
        }
        asked.add("--help");
        return asked.toArray(String[]::new);
    }

    /** Where the command stands, behind options that go before it. */
    private static int firstWord(CommandLine posbridge, String... arguments) {
        int at = 0;
        while (at < arguments.length && arguments[at].startsWith("-")) {
            CommandLine.Model.OptionSpec option = posbridge.getCommandSpec().findOption(arguments[at]);
            at += option != null && option.arity().max() > 0 ? 2 : 1;
        }
        return at;
    }

    private static int explainUsage(CommandLine.ParameterException problem, String[] arguments) {
        CommandLine command = problem.getCommandLine();
        command.getErr().println(message(problem, command, arguments));
        command.getErr().println("See '" + command.getCommandSpec().qualifiedName() + " --help' for what it takes.");
        return ExitCode.USAGE_OR_CONFIGURATION.number();
    }

    private static String message(CommandLine.ParameterException problem, CommandLine command, String... arguments) {
        if (problem instanceof UnmatchedArgumentException unmatched
                && !unmatched.isUnknownOption()
                && !command.getSubcommands().isEmpty()) {
            String found = unmatched.getUnmatched().get(0);
            return "\"" + found + "\": found no such command."
                    + Nearest.hint(found, command.getSubcommands().keySet());
        }
        return problem instanceof MissingParameterException
                ? misspelt(command, arguments) + problem.getMessage()
                : problem.getMessage();
    }

    /** An option that is misspelt is missing, too; picocli tells only that. */
    private static String misspelt(CommandLine command, String... arguments) {
        Set<String> known = command.getCommandSpec().optionsMap().keySet();
        return Arrays.stream(arguments)
                .takeWhile(argument -> !argument.equals("--"))
                .map(argument -> argument.split("=", 2)[0])
                .filter(argument -> argument.startsWith("--") && !known.contains(argument))
                .map(argument -> "Unknown option: '" + argument + "'." + Nearest.question(argument, known) + '\n')
                .findFirst()
                .orElse("");
    }

    private static int explain(Exception failure, CommandLine command) {
        ExitCode exit = exitCode(failure);
        if (exit == ExitCode.INTERNAL_ERROR) {
            LoggerFactory.getLogger(PosbridgeCli.class).error("{} failed", command.getCommandName(), failure);
            command.getErr()
                    .println(describe(failure) + " The details are in the log, "
                            + System.getProperty("posbridge.log.dir", "data/logs") + "/posbridge.log.");
        } else {
            command.getErr().println(failure.getMessage());
        }
        return exit.number();
    }

    private static String describe(Exception failure) {
        return failure instanceof PosbridgeException
                ? failure.getMessage()
                : "Internal error: " + failure.getClass().getSimpleName() + " (" + failure.getMessage() + ").";
    }

    private static ExitCode exitCode(Throwable failure) {
        if (failure instanceof DataFolderInUseException) {
            return ExitCode.DATA_FOLDER_IN_USE;
        }
        if (failure instanceof CredentialsRefusedException) {
            return ExitCode.ACCOUNT_REFUSED;
        }
        return failure instanceof ConfigurationException || failure instanceof ProfileException
                ? ExitCode.USAGE_OR_CONFIGURATION
                : ExitCode.INTERNAL_ERROR;
    }
}
