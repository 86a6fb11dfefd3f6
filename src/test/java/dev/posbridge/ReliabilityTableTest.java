package dev.posbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What docs/reliability.md names as proof must be there, and every fault must have one. */
class ReliabilityTableTest {
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+Test)(?:\\.(\\w+))?`");
    private static final String FAULTS = "| fault | what follows | test |";

    @Test
    void namesOnlyTestsThatExist() {
        List<MatchResult> named = NAMED.matcher(text()).results().toList();

        assertThat(named).hasSizeGreaterThan(30);
        assertThat(named).allSatisfy(test -> assertThat(source(test.group(1)))
                .as(test.group())
                .contains(test.group(2) == null ? "class " + test.group(1) : "void " + test.group(2) + "("));
    }

    @Test
    void namesATestForEveryFault() {
        List<String> faults = text().lines()
                .dropWhile(line -> !line.equals(FAULTS))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .toList();

        assertThat(faults).hasSizeGreaterThan(25);
        assertThat(faults).allSatisfy(fault -> assertThat(
                        NAMED.matcher(fault.substring(fault.lastIndexOf(" | "))).find())
                .as(fault)
                .isTrue());
    }

    private static String text() {
        return ProjectFiles.read(Path.of("docs/reliability.md"));
    }

    /** The sources of that name: two packages may each have one. */
    private static String source(String testClass) {
        return ProjectFiles.under("src/test/java")
                .filter(file -> file.endsWith(testClass + ".java"))
                .map(ProjectFiles::read)
                .collect(Collectors.joining());
    }
}
