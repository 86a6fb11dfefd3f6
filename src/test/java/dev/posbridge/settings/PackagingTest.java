package dev.posbridge.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is installed says nothing that the program does not know: a misspelt variable would be passed over in silence. */
class PackagingTest {
    private static final Path PACKAGING = Path.of("packaging");

    @Test
    void setsOnlyVariablesThatAreSettings() throws IOException {
        Set<String> known =
                KnownSettings.KEYS.stream().map(KnownSettings::environmentName).collect(Collectors.toSet());
        for (String file : List.of("systemd/posbridge.service", "kubernetes/posbridge.yaml")) {
            List<String> set = Pattern.compile("\\bPOSBRIDGE_[A-Z_]+")
                    .matcher(Files.readString(PACKAGING.resolve(file)))
                    .results()
                    .map(MatchResult::group)
                    .toList();

            assertThat(set).as(file).hasSizeGreaterThan(3).allMatch(known::contains);
        }
    }

    @Test
    void reloadsByTheCommandThatWaitsForTheAnswer() throws IOException {
        assertThat(Files.readString(PACKAGING.resolve("systemd/posbridge.service")))
                .contains("ExecStart=/opt/posbridge/posbridge run\n", "ExecReload=/opt/posbridge/posbridge reload\n");
    }

    @Test
    void restartsNothingThatARestartCannotMend() throws IOException {
        assertThat(Files.readString(PACKAGING.resolve("systemd/posbridge.service")))
                .contains("SuccessExitStatus=3", "RestartPreventExitStatus=2 5 6", "TimeoutStopSec=45");
    }
}
