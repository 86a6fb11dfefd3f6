package dev.posbridge.gameball;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where one key comes from. Its messages name the setting and never show the key. */
final class KeySource {
    private static final int LONGEST_KEY = 4_096;

    private final String setting;
    private final String value;
    private final Path file;

    KeySource(String setting, String value, Path file) {
        this.setting = setting;
        this.value = value == null || value.isBlank() ? null : value;
        this.file = file;
    }

    /** The key; or null, and a problem more. */
    String read(List<String> problems) {
        if (value != null && file != null) {
            problems.add(setting + ": given as a value and as a file, expected one. Remove one of " + setting + " and "
                    + setting + "-file.");
            return null;
        }
        if (value == null && file == null) {
            problems.add(
                    setting + ": no key. Set " + setting + ", or name a file that holds it in " + setting + "-file.");
            return null;
        }
        return file == null ? checked(setting, value.strip(), problems) : readFile(problems);
    }

    private String readFile(List<String> problems) {
        String where = setting + "-file: " + file;
        try (InputStream content = Files.newInputStream(file)) {
            byte[] bytes = content.readNBytes(LONGEST_KEY + 1);
            return checked(where, new String(bytes, StandardCharsets.UTF_8).strip(), problems);
        } catch (IOException unreadable) {
            problems.add(where + ": not readable. Make it a file that holds the key alone, readable by this user.");
            return null;
        }
    }

    /** A line break in a key would let it write headers of its own. */
    private static String checked(String where, String key, List<String> problems) {
        if (!key.isEmpty()
                && key.length() <= LONGEST_KEY
                && key.chars().allMatch(character -> character > ' ' && character <= '~')) {
            return key;
        }
        problems.add(
                where + ": found " + (key.isEmpty() ? "nothing" : "blanks or unprintable characters, or far too many")
                        + ", expected a key of printable characters without blanks. Copy the key again.");
        return null;
    }
}
