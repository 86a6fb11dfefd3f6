package dev.posbridge.console;

import dev.posbridge.ConfigurationException;
import dev.posbridge.broker.PasswordHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who may come in: a file with one user a line, name, role and the password's hash, divided by blanks. A hash {@code -} is of
 * somebody whom only the proxy lets in.
 */
public final class ConsoleUsers {
    /** Of a password that somebody chooses. */
    public static final int SHORTEST_PASSWORD = 12;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");
    private static final PasswordHash NOBODY = PasswordHash.ofNobody();

    private final Map<String, User> byName;

    /** One of them. */
    record User(String name, Role role, PasswordHash password) {}

    private ConsoleUsers(Map<String, User> byName) {
        this.byName = byName;
    }

    /** @throws ConfigurationException with every problem of the file */
    static ConsoleUsers read(Path file) {
        List<String> problems = new ArrayList<>();
        Map<String, User> users = new LinkedHashMap<>();
        int number = 0;
        for (String line : lines(file)) {
            number++;
            String text = line.strip();
            if (!text.isEmpty() && !text.startsWith("#")) {
                String place = file + ":" + number + ": ";
                user(text.split("\\s+"), problem -> problems.add(place + problem))
                        .filter(user -> users.put(user.name(), user) != null)
                        .ifPresent(user -> problems.add(
                                place + "user \"" + user.name() + "\" is here twice. Remove one of the lines."));
            }
        }
        if (problems.isEmpty() && users.isEmpty()) {
            problems.add(file + ": names nobody, expected a user a line. Make one with posbridge console user.");
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return new ConsoleUsers(users);
    }

    /**
     * A line of the file.
     *
     * @throws ConfigurationException for a name or a role that is none
     */
    public static String line(String name, String role, String password) {
        List<String> problems = new ArrayList<>();
        String line = name + " " + role + " " + PasswordHash.of(password);
        user(line.split(" "), problems::add);
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return line;
    }

    private interface Problems {
        void add(String problem);
    }

    private static Optional<User> user(String[] words, Problems problems) {
        if (words.length != 3 || !NAME.matcher(words[0]).matches()) {
            problems.add(
                    "expected a name (letters, digits, . _ @ -), a role and a password hash, divided by blanks. Make"
                            + " the line with posbridge console user.");
            return Optional.empty();
        }
        Optional<Role> role = Role.of(words[1]);
        if (role.isEmpty()) {
            problems.add("role of \"" + words[0] + "\" is \"" + words[1] + "\", expected one of read, operate,"
                    + " administer.");
        }
        Optional<PasswordHash> password = words[2].equals("-") ? Optional.of(NOBODY) : PasswordHash.parse(words[2]);
        if (password.isEmpty()) {
            problems.add("user \"" + words[0] + "\" has no password hash as third word. Make the line with posbridge"
                    + " console user.");
        }
        return role.isEmpty() || password.isEmpty()
                ? Optional.empty()
                : Optional.of(new User(words[0], role.get(), password.get()));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException problem) {
            throw new ConfigurationException(
                    file + ": cannot be read (" + problem.getMessage()
                            + "), expected a user a line. Correct posbridge.console.users-file.",
                    problem);
        }
    }

    /** Takes as long for a name that nobody has. */
    Optional<User> find(String name, String password) {
        User user = byName.get(name);
        boolean right = (user == null ? NOBODY : user.password()).matches(password);
        return right ? Optional.ofNullable(user) : Optional.empty();
    }

    /** By the name alone, where somebody whom we trust says who it is. */
    Optional<User> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
