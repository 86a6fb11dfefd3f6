package dev.posbridge.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One table of keys: the file that describes them, the routes and the documents know neither more nor fewer. */
class KnownSettingsTest {
    private static final Path PROPERTIES = Path.of("config/posbridge.properties");

    /** A key that somebody sets, in a file or after {@code --set}. */
    private static final Pattern SET = Pattern.compile("(?<!-D)(posbridge(?:\\.[a-z][a-z0-9-]*)+) ?=");

    private static final Pattern DESCRIBED = Pattern.compile("(?m)^#?(posbridge[.a-z0-9-]+) *=");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(posbridge[^}]*)}}");

    @Test
    void describesEveryKeyWhereItStands() throws IOException {
        String described = Files.readString(PROPERTIES);

        assertThat(KnownSettings.KEYS)
                .allSatisfy(key -> assertThat(described).containsPattern("(?m)^#.*\\b" + Pattern.quote(key) + "\\b"));
    }

    @Test
    void knowsEveryKeyThatIsDescribedShownOrAskedForByARoute() throws IOException {
        Map<String, Path> keys = new TreeMap<>(found(DESCRIBED, PROPERTIES));
        for (Path file : files(Path.of("routes"), ".yaml")) {
            keys.putAll(found(PLACEHOLDER, file));
        }
        for (Path file : Stream.concat(files(Path.of("docs"), ".md").stream(), Stream.of(Path.of("README.md")))
                .toList()) {
            keys.putAll(found(SET, file));
        }
        KnownSettings known = new KnownSettings();

        assertThat(keys).hasSizeGreaterThan(40).allSatisfy((key, file) -> assertThat(known.problemWith(key))
                .as(file.toString())
                .isEmpty());
    }

    private static Map<String, Path> found(Pattern pattern, Path file) throws IOException {
        Map<String, Path> keys = new TreeMap<>();
        pattern.matcher(Files.readString(file)).results().forEach(match -> keys.put(match.group(1), file));
        return keys;
    }

    private static List<Path> files(Path folder, String end) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(end)).toList();
        }
    }
}
