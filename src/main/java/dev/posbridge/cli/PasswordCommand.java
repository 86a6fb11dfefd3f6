package dev.posbridge.cli;

import dev.posbridge.ConfigurationException;
import dev.posbridge.broker.PasswordHash;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code posbridge password}: makes a password hash for the broker's users. */
@Command(
        name = "password",
        description = {
            "Reads a password from the terminal, or a line of standard input, and prints its hash for the users file of",
            "the broker (posbridge.broker.users-file).",
            "",
            "Example: posbridge password < /run/secrets/till-7"
        })
final class PasswordCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        String password = read();
        if (password == null || password.isEmpty()) {
            throw new ConfigurationException(
                    "found no password, expected one line. Type it, or give it on standard input.");
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(PasswordHash.of(password));
        out.flush();
        return ExitCode.ALL_WELL.number();
    }

    /** A line of the terminal, or of standard input; null where there is none. */
    static String read() throws IOException {
        Console console = System.console();
        if (console == null) {
            return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        }
        char[] typed = console.readPassword("Password: ");
        return typed == null ? null : new String(typed);
    }
}
