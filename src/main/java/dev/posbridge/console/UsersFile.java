package dev.posbridge.console;

import dev.posbridge.ConfigurationException;
import dev.posbridge.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Changes the file of users, whose other lines stay as they are. It is replaced at once, so that nobody reads half of it; a
 * console that runs reads it anew.
 */
public final class UsersFile {
    private final Path file;

    /** Who is in it. @param password whether one lets in, else only the proxy does */
    public record Listed(String name, String role, boolean password) {}

    public UsersFile(Path file) {
        this.file = file;
    }

    public List<Listed> list() {
        return ConsoleUsers.read(file).all().stream()
                .map(user -> new Listed(user.name(), user.role().word(), user.hasPassword()))
                .toList();
    }

    /**
     * A new user, in a new file where there is none.
     *
     * @throws ConfigurationException for one who is there, a name or a role that is none
     */
    public void add(String name, String role, String password) {
        String line = ConsoleUsers.line(name, role, password);
        List<String> lines = new ArrayList<>(Files.exists(file) ? lines() : List.of());
        if (indexOf(lines, name) >= 0) {
            throw new ConfigurationException(file + ": user \"" + name
                    + "\" is there already. Change it with posbridge console user change " + name + ".");
        }
        lines.add(line);
        write(lines);
    }

    /**
     * Another role, another password, or both.
     *
     * @param role null for the one that it has; password the same
     * @throws ConfigurationException for somebody who is not there, or a role that is none
     */
    public void change(String name, String role, String password) {
        List<String> lines = lines();
        int at = required(lines, name);
        String[] words = lines.get(at).strip().split("\\s+");
        String newRole = role == null ? words[1] : role;
        lines.set(
                at,
                password == null
                        ? ConsoleUsers.lineOf(name, newRole, words[2])
                        : ConsoleUsers.line(name, newRole, password));
        write(lines);
    }

    /** @throws ConfigurationException for somebody who is not there, or is the only one */
    public void remove(String name) {
        List<String> lines = lines();
        int at = required(lines, name);
        if (ConsoleUsers.read(file).all().size() == 1) {
            throw new ConfigurationException(file + ": user \"" + name
                    + "\" is the only one, and without any nobody could sign in. Add another one first, or take"
                    + " posbridge.console.users-file out.");
        }
        lines.remove(at);
        write(lines);
    }

    private int required(List<String> lines, String name) {
        int at = indexOf(lines, name);
        if (at < 0) {
            throw new ConfigurationException(file + ": found no user \"" + name + "\", expected one of "
                    + String.join(", ", list().stream().map(Listed::name).toList()) + ".");
        }
        return at;
    }

    private static int indexOf(List<String> lines, String name) {
        for (int at = 0; at < lines.size(); at++) {
            if (lines.get(at).strip().split("\\s+")[0].equals(name)) {
                return at;
            }
        }
        return -1;
    }

    private List<String> lines() {
        // What is wrong in it is said before anything is written.
        ConsoleUsers.read(file);
        try {
            return new ArrayList<>(Files.readAllLines(file));
        } catch (IOException problem) {
            throw unwritable(problem);
        }
    }

    private void write(List<String> lines) {
        Path whole = file.toAbsolutePath();
        try {
            Path anew =
                    Files.createTempFile(whole.getParent(), whole.getFileName().toString(), ".new");
            PrivateFiles.restrict(anew);
            Files.write(anew, lines);
            Files.move(anew, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException problem) {
            throw unwritable(problem);
        }
    }

    private ConfigurationException unwritable(IOException problem) {
        return new ConfigurationException(
                file + ": the file of the console's users cannot be written (" + problem
                        + "). Make its folder, and let this user write there.",
                problem);
    }
}
