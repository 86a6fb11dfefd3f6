package dev.posbridge.cli;

import dev.posbridge.ConfigurationException;
import dev.posbridge.console.ConsoleUsers;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code posbridge console user}: a line for the users file of the console. */
@Command(
        name = "user",
        description = {
            "Reads a password from the terminal, or a line of standard input, and prints the user's line for",
            "posbridge.console.users-file: name, role and the password's hash.",
            "Roles: read looks, operate mends and releases too, administer changes profiles too.",
            "",
            "Example: posbridge console user jane --role operate >> config/console-users"
        })
final class ConsoleUserCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "NAME", description = "With which the user signs in.")
    private String name;

    @Option(names = "--role", required = true, paramLabel = "R", description = "read, operate or administer.")
    private String role;

    @Override
    public Integer call() throws IOException {
        String password = PasswordCommand.read();
        if (password == null || password.length() < ConsoleUsers.SHORTEST_PASSWORD) {
            throw new ConfigurationException("the password has " + (password == null ? 0 : password.length())
                    + " characters, expected " + ConsoleUsers.SHORTEST_PASSWORD + " or more. Type a longer one.");
        }
        String line = ConsoleUsers.line(name, role, password);
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
        return ExitCode.ALL_WELL.number();
    }
}
