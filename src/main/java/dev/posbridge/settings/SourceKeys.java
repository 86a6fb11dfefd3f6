package dev.posbridge.settings;

import dev.posbridge.Nearest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The keys that a source may have: {@code posbridge.sources.<name>.<key>}. */
final class SourceKeys {
    static final String PREFIX = "posbridge.sources.";

    /** For each kind of source. */
    static final List<String> COMMON = List.of("vendor");

    static final List<String> QUEUE = List.of("queue", "body", "max-body");

    /** What has to come. */
    static final List<String> EXPECTED =
            List.of("zone", "expects-file", "expects-stores", "expects-by", "expects-days");

    /** Of a server only. */
    static final List<String> SFTP = List.of(
            "host",
            "port",
            "user",
            "password",
            "password-file",
            "key-file",
            "key-passphrase",
            "key-passphrase-file",
            "known-hosts-file",
            "trust-any-host-for-tests",
            "timeout",
            "folder",
            "files",
            "local-name",
            "done-file",
            "settle",
            "days-back",
            "max-size",
            "poll",
            "cron",
            "after",
            "move-to",
            "rename-suffix",
            "report-to",
            "report-format");

    private static final String ENVIRONMENT_PREFIX = "POSBRIDGE_SOURCES_";
    private static final Pattern SHAPE = Pattern.compile("posbridge\\.sources\\.([^.]+)\\.([^.]+)");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    private SourceKeys() {}

    static boolean isOne(String key) {
        return key.startsWith(PREFIX);
    }

    /** The source's name in a key of this shape, or empty. */
    static Optional<String> nameIn(String key) {
        Matcher matcher = SHAPE.matcher(key);
        return matcher.matches() && NAME.matcher(matcher.group(1)).matches()
                ? Optional.of(matcher.group(1))
                : Optional.empty();
    }

    static Optional<String> problemWith(String key) {
        if (nameIn(key).isEmpty()) {
            return Optional.of("unknown key \"" + key + "\", expected " + PREFIX
                    + "<name>.<key> with a name of small letters, digits and hyphens.");
        }
        String last = key.substring(key.lastIndexOf('.') + 1);
        if (all().contains(last)) {
            return Optional.empty();
        }
        String meant = Nearest.to(last, all())
                .map(near -> " Did you mean \"" + key.substring(0, key.length() - last.length()) + near + "\"?")
                .orElse("");
        return Optional.of("unknown key \"" + key + "\"." + meant + " config/posbridge.properties lists them all.");
    }

    /** The key that an environment variable such as POSBRIDGE_SOURCES_NIGHT_PASSWORD sets, or null. */
    static String ofEnvironment(String variable) {
        if (!variable.startsWith(ENVIRONMENT_PREFIX)) {
            return null;
        }
        String rest = variable.substring(ENVIRONMENT_PREFIX.length())
                .toLowerCase(Locale.ROOT)
                .replace('_', '-');
        return all().stream()
                .filter(key -> rest.endsWith("-" + key) && rest.length() > key.length() + 1)
                .max(java.util.Comparator.comparingInt(String::length))
                .map(key -> PREFIX + rest.substring(0, rest.length() - key.length() - 1) + "." + key)
                .orElse(null);
    }

    private static List<String> all() {
        return Stream.of(COMMON, SFTP, EXPECTED, QUEUE).flatMap(List::stream).toList();
    }
}
