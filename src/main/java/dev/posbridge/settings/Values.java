package dev.posbridge.settings;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values by key as what they mean; one that means nothing is a problem of the source, told with all the others. */
final class Values {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})(KiB|MiB|GiB)");

    private final SettingsSource source;
    private final Path home;

    /** @param home what relative paths are meant from */
    Values(SettingsSource source, Path home) {
        this.source = source;
        this.home = home;
    }

    SettingsSource source() {
        return source;
    }

    /** The text of a key, or null where nobody set it. */
    String text(String key) {
        return source.text(key);
    }

    String text(String key, String otherwise) {
        return text(key) == null ? otherwise : text(key);
    }

    /** The parts of a text between commas; none where nobody set it. */
    List<String> list(String key) {
        return text(key) == null ? List.of() : List.of(text(key).split("\\s*,\\s*"));
    }

    String oneOf(String key, String otherwise, String... allowed) {
        String text = text(key);
        if (text == null) {
            return otherwise;
        }
        for (String word : allowed) {
            if (word.equals(text)) {
                return word;
            }
        }
        problem(key, "one of " + String.join(", ", allowed));
        return allowed[0];
    }

    boolean flag(String key, boolean otherwise) {
        return Boolean.parseBoolean(oneOf(key, Boolean.toString(otherwise), "true", "false"));
    }

    int number(String key, int otherwise, int least, int most) {
        String text = text(key);
        if (text == null) {
            return otherwise;
        }
        int number = text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
        if (number < least || number > most) {
            problem(key, "a whole number from " + least + " to " + most);
        }
        return number;
    }

    Duration duration(String key, String otherwise) {
        Duration duration = parseDuration(text(key, otherwise));
        if (duration == null) {
            problem(key, "a time with its unit, such as 500ms, 2s, 5m, 72h, 7d");
        }
        return duration;
    }

    /** @return bytes */
    long size(String key, String otherwise) {
        Matcher matcher = SIZE.matcher(text(key, otherwise));
        if (!matcher.matches()) {
            problem(key, "a size with its unit, such as 64KiB, 500MiB, 2GiB");
            return 0;
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "KiB" -> number << 10;
            case "MiB" -> number << 20;
            default -> number << 30;
        };
    }

    LocalDate date(String key) {
        return parsed(key, null, LocalDate::parse, "a date such as 2026-01-31");
    }

    /**
     * A value that another class knows how to read.
     *
     * @param reader throws a {@link RuntimeException} for a text that means nothing
     * @return null where nobody set it and there is no {@code otherwise}, or where it means nothing
     */
    <T> T parsed(String key, String otherwise, Function<String, T> reader, String expected) {
        String text = text(key, otherwise);
        try {
            return text == null ? null : reader.apply(text);
        } catch (DateTimeException | IllegalArgumentException meaningless) {
            problem(key, expected);
            return null;
        }
    }

    /** Relative paths are meant from the folder of the program, wherever it is called from. */
    Path path(String key, String otherwise) {
        String text = text(key, otherwise);
        return text == null ? null : home.resolve(text).toAbsolutePath().normalize();
    }

    /** Notes that the key's value is not what was expected. */
    void problem(String key, String expected) {
        source.problem(key, key + " is \"" + text(key) + "\", expected " + expected + ".");
    }

    /** @return null where the text is no time with a unit */
    static Duration parseDuration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }
}
