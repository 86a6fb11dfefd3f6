package dev.posbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Walks the table of bounds in docs/security.md: what it names as default and as proof must be so in the sources. */
class SecurityTableTest {
    private static final String BOUNDS = "| what | at most | by what | beyond it | proof |";
    private static final Pattern DEFAULT =
            Pattern.compile("`([A-Za-z./-]+\\.(?:java|xml|properties|yaml))`: `([^`]+)`");
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+Test)\\.(\\w+)`");

    @Test
    void namesForEveryBoundWhereItIsSetAndTheDefaultIsThere() {
        assertThat(rows()).hasSizeGreaterThan(25).allSatisfy(row -> {
            List<MatchResult> defaults = DEFAULT.matcher(row).results().toList();
            assertThat(defaults).as(row).isNotEmpty();
            assertThat(defaults).allSatisfy(found -> assertThat(sources(found.group(1)))
                    .as(row)
                    .anySatisfy(source -> assertThat(source.contains(found.group(2)))
                            .as(found.group())
                            .isTrue()));
        });
    }

    @Test
    void namesForEveryBoundATestOfWhatFollows() {
        assertThat(rows()).allSatisfy(row -> assertThat(
                        TEST.matcher(row.substring(row.lastIndexOf(" | "))).find())
                .as(row)
                .isTrue());
    }

    @Test
    void namesOnlyTestsThatExist() {
        List<MatchResult> tests =
                rows().stream().flatMap(row -> TEST.matcher(row).results()).toList();

        assertThat(tests).hasSizeGreaterThan(10);
        assertThat(tests).allSatisfy(test -> assertThat(sources(test.group(1) + ".java"))
                .anySatisfy(source -> assertThat(source.contains("void " + test.group(2) + "("))
                        .as(test.group())
                        .isTrue()));
    }

    private static List<String> rows() {
        return ProjectFiles.read(Path.of("docs/security.md"))
                .lines()
                .dropWhile(line -> !line.equals(BOUNDS))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .toList();
    }

    private static List<String> sources(String name) {
        return Stream.of("src", "config", "routes")
                .flatMap(ProjectFiles::under)
                .filter(file -> file.endsWith(name))
                .map(ProjectFiles::read)
                .toList();
    }
}
