package dev.posbridge.broker;

import dev.posbridge.ConfigurationException;
import dev.posbridge.FileProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Who may come to the broker from outside, read once from a file with one user a line: name, password hash, and what the
 * user may do, divided by blanks. A right is the name of a source, whose queue the user may send to, or {@code checkout}.
 *
 * @param byName users by their names
 */
record BrokerUsers(Map<String, BrokerUsers.User> byName) {
    static final String CHECKOUT = "checkout";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /**
     * One of them.
     *
     * @param queues that the user may send to
     * @param asks whether the user may ask the checkout desk and read the replies
     */
    record User(String name, PasswordHash password, Set<String> queues, boolean asks) {}

    /**
     * Reads the file.
     *
     * @param queues the queue of each source, by the source's name
     * @throws ConfigurationException with every problem
     */
    static BrokerUsers read(Path file, Map<String, String> queues) {
        List<String> problems = new ArrayList<>();
        Map<String, User> users = new LinkedHashMap<>();
        int number = 0;
        for (String line : lines(file)) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                String where = file + ":" + number + ": ";
                user(line.strip().split("\\s+"), queues, problem -> problems.add(where + problem))
                        .filter(user -> users.putIfAbsent(user.name(), user) != null)
                        .ifPresent(twice -> problems.add(
                                where + "user \"" + twice.name() + "\" is there twice. Remove one of the lines."));
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return new BrokerUsers(Map.copyOf(users));
    }

    private interface Problems {
        void add(String problem);
    }

    private static Optional<User> user(String[] words, Map<String, String> queues, Problems problems) {
        if (words.length != 3 || !NAME.matcher(words[0]).matches()) {
            problems.add("expected a name, a password hash and what the user may do, divided by blanks. Make the hash "
                    + "with posbridge password.");
            return Optional.empty();
        }
        Optional<PasswordHash> password = PasswordHash.parse(words[1]);
        if (password.isEmpty()) {
            problems.add("user \"" + words[0] + "\" has no password hash as second word. Make one with posbridge "
                    + "password.");
        }
        Set<String> sendsTo = new HashSet<>();
        boolean asks = false;
        for (String right : words[2].split(",")) {
            if (CHECKOUT.equals(right)) {
                asks = true;
            } else if (queues.containsKey(right)) {
                sendsTo.add(queues.get(right));
            } else {
                problems.add(
                        "user \"" + words[0] + "\" may \"" + right + "\", expected checkout or the name of a source "
                                + "with a queue: " + String.join(", ", queues.keySet()) + ".");
            }
        }
        boolean mayAsk = asks;
        return password.map(hash -> new User(words[0], hash, Set.copyOf(sendsTo), mayAsk));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException problem) {
            throw new ConfigurationException(
                    FileProblem.of(file, problem)
                            + ". It is to have the broker's users. Name a file of UTF-8 text in posbridge.broker.users-file.",
                    problem);
        }
    }
}
