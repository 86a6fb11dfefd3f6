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
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** What is installed says nothing that the program does not know: a misspelt variable would be passed over in silence. */
class PackagingTest {
    private static final Path PACKAGING = Path.of("deploy");
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void setsOnlyVariablesThatAreSettings() throws IOException {
        Set<String> known =
                KnownSettings.KEYS.stream().map(KnownSettings::environmentName).collect(Collectors.toSet());
        for (String file :
                List.of("systemd/posbridge.service", "kubernetes/one.yaml", "kubernetes/nodes.yaml", "compose.yaml")) {
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
                + Files.readString(PACKAGING.resolve("Containerfile"));
        List<String> named = Pattern.compile("(?:/opt/posbridge/|\\b(?=deploy/))([A-Za-z][A-Za-z0-9./-]*[A-Za-z])")
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();

        assertThat(named).contains("deploy/systemd/posbridge.service", "deploy/Containerfile", "posbridge");
        assertThat(named).allMatch(name -> Files.exists(Path.of(name)));
        assertThat(Files.readString(PACKAGING.resolve("release.xml"))).contains("<directory>deploy</directory>");
    }

    @Test
    void runsOnePodWhoseProbesFoldersAndKeysAreThere() throws IOException {
        List<JsonNode> parts = parts("kubernetes/one.yaml");
        JsonNode claim = parts.get(0);
        JsonNode deployment = parts.get(1);
        JsonNode pod = deployment.at("/spec/template/spec");

        assertThat(claim.at("/spec/accessModes")).isEqualTo(JSON.valueToTree(List.of("ReadWriteOnce")));
        assertThat(deployment.at("/spec/replicas").asInt()).isEqualTo(1);
        assertThat(deployment.at("/spec/strategy/type").asText()).isEqualTo("Recreate");
        requireOurPod(deployment, byName(pod.path("volumes"), "name").keySet());
        assertThat(pod.at("/volumes/0/persistentVolumeClaim/claimName").asText())
                .isEqualTo(claim.at("/metadata/name").asText());
    }

    @Test
    void runsSeveralPodsThatAreTakenAwayOneAtATime() throws IOException {
        List<JsonNode> parts = parts("kubernetes/nodes.yaml");
        JsonNode service = parts.get(0);
        JsonNode budget = parts.get(1);
        JsonNode set = parts.get(2);
        JsonNode pod = set.at("/spec/template/spec");
        Map<String, String> mounts = byName(pod.at("/containers/0/volumeMounts"), "mountPath");
        Map<String, String> variables = byName(pod.at("/containers/0/env"), "value");
        JsonNode labels = set.at("/spec/template/metadata/labels");

        assertThat(set.at("/kind").asText()).isEqualTo("StatefulSet");
        assertThat(set.at("/spec/replicas").asInt()).isEqualTo(3);
        assertThat(set.at("/spec/serviceName")).isEqualTo(service.at("/metadata/name"));
        assertThat(service.at("/spec/selector")).isEqualTo(labels);
        assertThat(service.at("/spec/ports/0/targetPort")).isEqualTo(pod.at("/containers/0/ports/0/name"));
        assertThat(budget.at("/kind").asText()).isEqualTo("PodDisruptionBudget");
        assertThat(budget.at("/spec/maxUnavailable").asInt()).isEqualTo(1);
        assertThat(budget.at("/spec/selector/matchLabels")).isEqualTo(labels);
        Set<String> volumes = new TreeSet<>(byName(pod.path("volumes"), "name").keySet());
        volumes.add(set.at("/spec/volumeClaimTemplates/0/metadata/name").asText());
        requireOurPod(set, volumes);
        assertThat(variables.get("POSBRIDGE_LEDGER_URL")).startsWith("jdbc:postgresql://");
        assertThat(variables.get("POSBRIDGE_LEDGER_PASSWORD_FILE")).startsWith(mounts.get("ledger") + "/");
    }

    private static void requireOurPod(JsonNode owner, Set<String> volumes) {
        JsonNode pod = owner.at("/spec/template/spec");
        JsonNode container = pod.at("/containers/0");
        Map<String, String> variables = byName(container.path("env"), "value");
        Map<String, String> mounts = byName(container.path("volumeMounts"), "mountPath");

        assertThat(owner.at("/spec/selector/matchLabels")).isEqualTo(owner.at("/spec/template/metadata/labels"));
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
        assertThat(volumes).isEqualTo(mounts.keySet());
        assertThat(pod.path("terminationGracePeriodSeconds").asInt()).isGreaterThanOrEqualTo(45);
    }

    @Test
    void composesThreeNodesThatFindTheirDatabaseTheirBrokersAndTheirSecrets() throws IOException {
        JsonNode compose = parts("compose.yaml").get(0);
        JsonNode node = compose.path("x-node");
        JsonNode settings = node.path("environment");
        Set<String> services = names(compose.path("services"));
        Set<String> secrets = names(compose.path("secrets"));

        assertThat(services).containsExactlyInAnyOrder("db", "broker-live", "broker-backup", "node1", "node2", "node3");
        assertThat(names(node.path("depends_on"))).isSubsetOf(services);
        for (JsonNode secret : node.path("secrets")) {
            assertThat(secrets).contains(secret.asText());
        }
        assertThat(settings.properties())
                .filteredOn(set -> set.getKey().endsWith("_FILE"))
                .hasSize(4)
                .allMatch(set -> secrets.contains(set.getValue().asText().replace("/run/secrets/", "")));
        assertThat(hosts(settings.path("POSBRIDGE_LEDGER_URL").asText())).containsExactly("db");
        assertThat(hosts(settings.path("POSBRIDGE_BROKER_URL").asText()))
                .containsExactly("broker-live", "broker-backup");
        assertThat(settings.path("POSBRIDGE_LEDGER_USER"))
                .isEqualTo(compose.at("/services/db/environment/POSTGRES_USER"));
        assertThat(settings.path("POSBRIDGE_BROKER_USER"))
                .isEqualTo(compose.at("/services/broker-live/environment/ARTEMIS_USER"));
        // What it says is what the program takes, too.
        Map<String, String> taken = new TreeMap<>();
        KnownSettings.KEYS.forEach(key -> {
            JsonNode value = settings.get(KnownSettings.environmentName(key));
            if (value != null && !key.endsWith("-file")) {
                taken.put(key, value.asText());
            }
        });
        Settings read = SettingsReader.read(Path.of("").toAbsolutePath(), null, Map.of(), taken);
        assertThat(read.ledgerServer().url()).endsWith("/posbridge");
        assertThat(read.broker().external().addresses()).hasSize(2);

        Set<String> folders = new TreeSet<>();
        for (String name : List.of("node1", "node2", "node3")) {
            JsonNode own = compose.path("services").path(name);
            assertThat(own.path("hostname").asText()).isEqualTo(name);
            own.path("volumes").forEach(volume -> folders.add(volume.asText()));
            assertThat(own.path("volumes").get(0).asText())
                    .isEqualTo(name + ":" + settings.path("POSBRIDGE_DATA_DIR").asText());
        }
        for (String folder : folders) {
            String from = folder.split(":")[0];
            assertThat(
                            from.startsWith("../")
                                    ? Files.isDirectory(Path.of(from.substring(3)))
                                    : compose.path("volumes").has(from))
                    .as(folder)
                    .isTrue();
        }
    }

    private static List<String> hosts(String url) {
        return Pattern.compile("//([a-z-]+):")
                .matcher(url)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static Set<String> names(JsonNode map) {
        Set<String> names = new TreeSet<>();
        map.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<JsonNode> parts(String file) throws IOException {
        List<JsonNode> parts = new ArrayList<>();
        new Load(LoadSettings.builder().setSchema(new CoreSchema()).build())
                .loadAllFromString(Files.readString(PACKAGING.resolve(file)))
                .forEach(part -> parts.add(JSON.valueToTree(part)));
        return parts;
    }

    private static Map<String, String> byName(JsonNode list, String field) {
        Map<String, String> found = new TreeMap<>();
        list.forEach(one -> found.put(one.path("name").asText(), one.path(field).asText()));
        return found;
    }
}
