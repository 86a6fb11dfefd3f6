package dev.posbridge.settings;

import dev.posbridge.ConfigurationException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * Values by key, with where each came from: {@code --set} before the environment before the file. Collects every problem
 * before it complains.
 */
public final class SettingsSource {
    private final Map<String, Value> values = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    private static final long LARGEST_FILE_BYTES = 1L << 20;

    private record Value(String text, String where) {}

    /**
     * Reads the file, then the environment, then the command line over it.
     *
     * @param file may be absent when {@code mayBeAbsent}
     * @param known every key there is, with its default or null
     */
    SettingsSource(
            Path file,
            boolean mayBeAbsent,
            Map<String, String> environment,
            Map<String, String> set,
            KnownSettings known) {
        readFile(file, mayBeAbsent);
        environment.forEach((name, text) -> {
            String key = known.ofEnvironment(name);
            if (key != null && !text.isBlank()) {
                values.put(key, new Value(text.strip(), "environment variable " + name));
            }
        });
        set.forEach((key, text) -> values.put(key, new Value(text.strip(), "--set " + key)));
        values.forEach((key, value) ->
                known.problemWith(key).ifPresent(problem -> problems.add(value.where() + ": " + problem)));
    }

    private void readFile(Path file, boolean mayBeAbsent) {
        if (!Files.exists(file)) {
            if (!mayBeAbsent) {
                problems.add(file + ": there is no such file. Name an existing one with --config.");
            }
            return;
        }
        if (file.toFile().length() > LARGEST_FILE_BYTES) {
            problems.add(file + ": has " + file.toFile().length() + " bytes, expected at most " + LARGEST_FILE_BYTES
                    + ". Name the file of settings with --config.");
            return;
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            for (String key : properties.stringPropertyNames()) {
                String text = properties.getProperty(key).strip();
                if (!text.isEmpty()) {
                    values.put(key, new Value(text, file + ":" + lineOf(key, lines)));
                }
            }
        } catch (IOException | IllegalArgumentException problem) {
            problems.add(file + ": cannot be read (" + problem.getMessage() + "). Save it as UTF-8 text, key=value.");
        }
    }

    private static int lineOf(String key, List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).strip().startsWith(key)) {
                return i + 1;
            }
        }
        return 1;
    }

    /** The text of a key, or null where nobody set it. */
    public String text(String key) {
        Value value = values.get(key);
        return value == null ? null : value.text();
    }

    /** Every key that was set, known or not. */
    Set<String> keys() {
        return Set.copyOf(values.keySet());
    }

    /** Where a key was set, for messages. */
    String where(String key) {
        Value value = values.get(key);
        return value == null ? key : value.where();
    }

    void problem(String key, String text) {
        problems.add(where(key) + ": " + text);
    }

    /** One of an enumeration, written in kebab-case. */
    <E extends Enum<E>> E choice(String key, E otherwise) {
        String text = text(key);
        if (text == null) {
            return otherwise;
        }
        List<String> words = new ArrayList<>();
        for (E constant : otherwise.getDeclaringClass().getEnumConstants()) {
            String word = constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
            if (word.equals(text)) {
                return constant;
            }
            words.add(word);
        }
        problem(key, key + " is \"" + text + "\", expected one of " + String.join(", ", words) + ".");
        return otherwise;
    }

    void complain() {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }
}
