package dev.posbridge.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What is installed says nothing that the program does not know: a misspelt variable would be passed over in silence. */
class PackagingTest {
    private static final Path PACKAGING = Path.of("packaging");
    private static final ObjectMapper JSON = new ObjectMapper();

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

    @Test
    void namesOnlyFilesThatTheArchiveHas() throws IOException {
        String text = Files.readString(Path.of("docs/packaging.md"))
                + Files.readString(PACKAGING.resolve("systemd/posbridge.service"))
                + Files.readString(PACKAGING.resolve("Dockerfile"));
        List<String> named = Pattern.compile("(?:/opt/posbridge/|\\b(?=packaging/))([A-Za-z][A-Za-z0-9./-]*[A-Za-z])")
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();

        assertThat(named).contains("packaging/systemd/posbridge.service", "packaging/Dockerfile", "posbridge");
        assertThat(named).allMatch(name -> Files.exists(Path.of(name)));
        assertThat(Files.readString(PACKAGING.resolve("release.xml"))).contains("<directory>packaging</directory>");
    }

    @Test
    void runsOnePodWhoseProbesFoldersAndKeysAreThere() throws IOException {
        Load load = new Load(LoadSettings.builder().build());
        List<Object> parts = new ArrayList<>();
        load.loadAllFromString(Files.readString(PACKAGING.resolve("kubernetes/posbridge.yaml")))
                .forEach(parts::add);
        JsonNode claim = JSON.valueToTree(parts.get(0));
        JsonNode deployment = JSON.valueToTree(parts.get(1));
        JsonNode pod = deployment.at("/spec/template/spec");
        JsonNode container = pod.at("/containers/0");
        Map<String, String> variables = byName(container.path("env"), "value");
        Map<String, String> mounts = byName(container.path("volumeMounts"), "mountPath");
        Map<String, String> volumes = byName(pod.path("volumes"), "name");

        assertThat(claim.at("/spec/accessModes")).isEqualTo(JSON.valueToTree(List.of("ReadWriteOnce")));
        assertThat(deployment.at("/spec/replicas").asInt()).isEqualTo(1);
        assertThat(deployment.at("/spec/strategy/type").asText()).isEqualTo("Recreate");
        assertThat(deployment.at("/spec/selector/matchLabels"))
                .isEqualTo(deployment.at("/spec/template/metadata/labels"));
        assertThat(container.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/live");
        assertThat(container.at("/startupProbe/httpGet/path").asText()).isEqualTo("/live");
        assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/ready");
        assertThat(variables.get("POSBRIDGE_MANAGEMENT_PORT"))
                .isEqualTo(container.at("/ports/0/containerPort").asText());
        assertThat(container.at("/livenessProbe/httpGet/port").asText())
                .isEqualTo(container.at("/ports/0/name").asText());
        assertThat(List.of("POSBRIDGE_DATA_DIR", "POSBRIDGE_INBOX"))
                .allMatch(folder -> variables.get(folder).startsWith(mounts.get("state") + "/"));
        assertThat(List.of("POSBRIDGE_GAMEBALL_API_KEY_FILE", "POSBRIDGE_GAMEBALL_SECRET_KEY_FILE"))
                .allMatch(key -> variables.get(key).startsWith(mounts.get("keys") + "/"));
        assertThat(mounts.get("settings")).isEqualTo("/opt/posbridge/config/posbridge.properties");
        assertThat(volumes.keySet()).isEqualTo(mounts.keySet());
        assertThat(pod.at("/volumes/0/persistentVolumeClaim/claimName").asText())
                .isEqualTo(claim.at("/metadata/name").asText());
        assertThat(pod.path("terminationGracePeriodSeconds").asInt()).isGreaterThanOrEqualTo(45);
    }

    private static Map<String, String> byName(JsonNode list, String field) {
        Map<String, String> found = new TreeMap<>();
        list.forEach(one -> found.put(one.path("name").asText(), one.path(field).asText()));
        return found;
    }
}
