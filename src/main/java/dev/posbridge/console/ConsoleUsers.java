package dev.posbridge.console;

import dev.posbridge.ConfigurationException;
import dev.posbridge.FileProblem;
import dev.posbridge.broker.PasswordHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may come in: a file with one user a line, name, role and the password's hash, divided by blanks. A hash {@code -} is of
 * somebody whom only the proxy lets in. It is read again when it changes. Thread-safe.
 */
public final class ConsoleUsers {
    /** Of a password that somebody chooses. */
    public static final int SHORTEST_PASSWORD = 12;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");
    private static final PasswordHash NOBODY = PasswordHash.ofNobody();

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleUsers.class);

    private final Path file;
    private Object seen;
    private volatile Map<String, User> byName;

    /** One of them. */
    record User(String name, Role role, PasswordHash password) {
        boolean hasPassword() {
            return password != NOBODY;
        }

        /** Whether somebody who came in as the one may stay as the other. */
        boolean isSame(User other) {
            return other != null && role == other.role && password.toString().equals(other.password.toString());
        }
    }

    private ConsoleUsers(Path file, Object seen, Map<String, User> byName) {
        this.file = file;
        this.seen = seen;
        this.byName = byName;
    }

    /** @throws ConfigurationException with every problem of the file */
    static ConsoleUsers read(Path file) {
        Object seen = look(file);
        return new ConsoleUsers(file, seen, users(file));
    }

    /**
     * Reads the file again where it changed. Where that is wrong everybody stays who they were, and the log says so.
     *
     * @return names of those who are there no longer, or have another role or password
     */
    synchronized List<String> refresh() {
        Object now = look(file);
        if (now.equals(seen)) {
            return List.of();
        }
        seen = now;
        Map<String, User> before = byName;
        try {
            byName = users(file);
        } catch (ConfigurationException wrong) {
            LOG.error("console: the users stay as they were: {}", wrong.getMessage());
            return List.of();
        }
        LOG.info("console: {} read again, users={}", file, byName.size());
        return before.values().stream()
                .filter(user -> !user.isSame(byName.get(user.name())))
                .map(User::name)
                .toList();
    }

    /** What tells one state of the file from another. */
    private static Object look(Path file) {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            return Arrays.asList(found.lastModifiedTime(), found.size(), found.fileKey());
        } catch (IOException gone) {
            return "";
        }
    }

    private static Map<String, User> users(Path file) {
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
        return users;
    }

    /**
     * A line of the file.
     *
     * @throws ConfigurationException for a name or a role that is none
     */
    public static String line(String name, String role, String password) {
        return lineOf(name, role, PasswordHash.of(password).toString());
    }

    /** @param hash of the password, {@code -} for none */
    static String lineOf(String name, String role, String hash) {
        List<String> problems = new ArrayList<>();
        String line = name + " " + role + " " + hash;
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
                    FileProblem.of(file, problem)
                            + ". Expected a user a line; make one with: posbridge console user add NAME"
                            + " --role R --file FILE",
                    problem);
        }
    }

    List<User> all() {
        return List.copyOf(byName.values());
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
