package dev.posbridge.cli;

import dev.posbridge.ConfigurationException;
import dev.posbridge.console.ConsoleUsers;
import dev.posbridge.console.UsersFile;
import dev.posbridge.engine.Ledger;
import dev.posbridge.ledger.AuditBook;
import dev.posbridge.ledger.LedgerDatabase;
import dev.posbridge.ledger.store.LedgerAddress;
import dev.posbridge.settings.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code posbridge console user}: who may come into the console. */
@Command(
        name = "user",
        description = {
            "Lists, adds, changes and removes users of the console in posbridge.console.users-file. A console that runs reads the",
            "file again: who is removed, or has another role or password, is signed out.",
            "Passwords are read from the terminal, or from a line of standard input.",
            "With a name alone it prints the user's line for the file: name, role and the password's hash.",
            "Roles: read looks, operate mends and releases too, administer changes profiles too.",
            "",
            "Examples: posbridge console user add jane --role operate --file config/console-users",
            "          posbridge console user change jane --role read",
            "          posbridge console user jane --role operate >> config/console-users"
        })
final class ConsoleUserCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @ParentCommand
    private ConsoleCommand console;

    @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "With which the user signs in.")
    private String name;

    @Option(names = "--role", paramLabel = "R", description = "read, operate or administer.")
    private String role;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "The users' file. Default: posbridge.console.users-file.")
    private Path given;

    @Override
    public Integer call() throws IOException {
        if (name == null || role == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Name what to do: list, add, change, remove; or a name and its --role to print a line.");
        }
        return said(ConsoleUsers.line(name, role, password()));
    }

    @Command(name = "list", description = "Lists the users and what they may do.")
    int list() {
        PrintWriter out = spec.commandLine().getOut();
        new UsersFile(file())
                .list()
                .forEach(user -> out.println(user.name() + " " + user.role()
                        + (user.password() ? "" : " (no password: by the proxy only)")));
        out.flush();
        return ExitCode.ALL_WELL.number();
    }

    @Command(name = "add", description = "Adds a user; the file is made where there is none.")
    int add(
            @Parameters(paramLabel = "NAME", description = "With which the user signs in.") String added,
            @Option(names = "--role", required = true, paramLabel = "R", description = "read, operate or administer.")
                    String itsRole)
            throws IOException {
        new UsersFile(file()).add(added, itsRole, password());
        return done(added + " is added and may " + itsRole + ".");
    }

    @Command(
            name = "change",
            description = "Changes a user's role, or password, or both; without either it asks for a new password.")
    int change(
            @Parameters(paramLabel = "NAME", description = "Who is in the file.") String changed,
            @Option(names = "--role", paramLabel = "R", description = "The new one: read, operate or administer.")
                    String itsRole,
            @Option(names = "--password", description = "Asks for a new password, beside a new role.") boolean anew)
            throws IOException {
        String password = itsRole == null || anew ? password() : null;
        new UsersFile(file()).change(changed, itsRole, password);
        return done(changed + (itsRole == null ? "" : " may " + itsRole + " now")
                + (itsRole == null || !anew ? "" : ", and")
                + (password == null ? "" : " has a new password") + "; whoever was in as " + changed
                + " signs in again.");
    }

    @Command(name = "remove", description = "Removes a user, who is signed out at once.")
    int remove(@Parameters(paramLabel = "NAME", description = "Who is in the file.") String removed) {
        new UsersFile(file()).remove(removed);
        return done(removed + " is removed.");
    }

    private Path file() {
        Path file = given == null ? settings().operations().console().users() : given;
        if (file == null) {
            throw new ConfigurationException(
                    "posbridge.console.users-file is not set, expected the file of the console's users."
                            + " Set it in config/posbridge.properties, or name the file with --file.");
        }
        return file;
    }

    private Settings settings() {
        return console.options().settings(Map.of());
    }

    private static String password() throws IOException {
        String password = PasswordCommand.read();
        if (password == null || password.length() < ConsoleUsers.SHORTEST_PASSWORD) {
            throw new ConfigurationException("the password has " + (password == null ? 0 : password.length())
                    + " characters, expected " + ConsoleUsers.SHORTEST_PASSWORD + " or more. Type a longer one.");
        }
        return password;
    }

    /** Who did it stands in the audit, where there is a ledger already. */
    private int done(String what) {
        LedgerAddress address = Ledger.address(settings());
        if (LedgerDatabase.isThere(address)) {
            try (LedgerDatabase database = LedgerDatabase.openExisting(address)) {
                new AuditBook(database).note("console user", 1, what);
            }
        }
        return said(what);
    }

    private int said(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
        return ExitCode.ALL_WELL.number();
    }
}
