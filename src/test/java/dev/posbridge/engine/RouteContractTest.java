package dev.posbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posbridge.GameballRefusedException;
import dev.posbridge.RecordRejectedException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.errorhandler.DefaultErrorHandlerDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What a person may rely on when reading {@code routes/}; all problems of a file are told at once. */
class RouteContractTest {
    private static final Path ROUTES = Path.of("routes");
    private static final int LONGEST_FILE = 70;
    private static final Set<String> REACHING_OUT = Set.of("bean", "to");
    private static final String PLACE =
            "(direct|timer|seda):[a-z{}-]+|((jms:queue|queue|tills|file|sftp):)?\\{\\{[a-z.-]+}}";

    static Stream<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(ROUTES)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void isAFileOfOneResponsibilityThatSaysWhatItIs(Path file) throws IOException {
        List<String> problems = new ArrayList<>();
        List<Map<?, ?>> entries = read(file);
        if (Files.readAllLines(file).size() > LONGEST_FILE) {
            problems.add("has more than " + LONGEST_FILE + " lines");
        }
        String name = file.getFileName().toString().replace(".yaml", "");
        Map<?, ?> first = body(entries.get(0));
        if (!name.equals("error-handling") && !name.equals(first.get("id"))) {
            problems.add("begins with \"" + first.get("id") + "\"");
        }
        for (Map<?, ?> entry : entries) {
            String description = String.valueOf(body(entry).get("description"));
            if (!description.matches("[A-Z][^.]+\\.( [A-Z][^.]+\\.)?")) {
                problems.add(body(entry).get("id") + " is described by \"" + description + "\"");
            }
        }
        assertThat(problems).as(file.toString()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void namesEveryStepThatReachesOutAndLeavesPlacesAndNumbersToTheSettings(Path file) throws IOException {
        List<String> problems = new ArrayList<>();
        look(read(file), problems);
        assertThat(problems).as(file.toString()).isEmpty();
    }

    @Test
    void hasOneErrorPolicyWithoutAnIdSoThatItCoversEveryRoute() throws IOException {
        List<Map<?, ?>> policies = new ArrayList<>();
        for (Path file : files().toList()) {
            for (Map<?, ?> entry : read(file)) {
                if (entry.get("routeConfiguration") instanceof Map<?, ?> policy) {
                    policies.add(policy);
                }
            }
        }
        assertThat(policies).hasSize(1);
        assertThat(policies.get(0).get("id")).isNull();
    }

    @Test
    void startsEveryRouteUnderTheErrorPolicy(@TempDir Path folder) throws IOException {
        try (EngineFixture engine = EngineFixture.in(folder)
                .set("posbridge.checkout.enabled", "true")
                .start(Engine.Mode.SERVICE)) {
            ModelCamelContext context = (ModelCamelContext) engine.engine().camel();

            assertThat(context.getRoutes()).hasSameSizeAs(context.getRouteDefinitions());
            assertThat(context.getRouteDefinitions())
                    .extracting(RouteDefinition::getId)
                    .containsAll(idsOfFiles())
                    .contains("inbox-acme", "inbox-generic-csv", "checkout-queue-order");
            assertThat(context.getRouteDefinitions()).allSatisfy(RouteContractTest::assertIsUnderTheErrorPolicy);
            assertThat(context.getRoutes())
                    .allSatisfy(route -> assertThat(route.getDescription()).isNotBlank());
        }
    }

    private static void assertIsUnderTheErrorPolicy(RouteDefinition route) {
        assertThat(route.getErrorHandlerFactory()).as(route.getId()).isInstanceOf(DefaultErrorHandlerDefinition.class);
        List<OnExceptionDefinition> handlers = route.getOutputs().stream()
                .filter(OnExceptionDefinition.class::isInstance)
                .map(OnExceptionDefinition.class::cast)
                .toList();
        assertThat(handlers).as(route.getId()).singleElement().satisfies(handler -> assertThat(handler.getExceptions())
                .containsExactly(RecordRejectedException.class.getName(), GameballRefusedException.class.getName()));
    }

    private static List<String> idsOfFiles() throws IOException {
        return files().flatMap(file -> read(file).stream())
                .filter(entry -> entry.containsKey("route"))
                .map(entry -> String.valueOf(body(entry).get("id")))
                .toList();
    }

    private static void look(Object node, List<String> problems) {
        if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (REACHING_OUT.contains(key) && !(value instanceof Map<?, ?> step && step.get("id") != null)) {
                    problems.add("a step without id: " + key + ": " + value);
                }
                if (key.equals("uri") && !String.valueOf(value).matches(PLACE)) {
                    problems.add("a place that nobody can change: " + value);
                }
                if (key.equals("parameters") && value instanceof Map<?, ?> parameters) {
                    parameters.forEach((name, setting) -> lookAtNumber(name + ": " + setting, problems));
                }
                look(value, problems);
            });
        } else if (node instanceof List<?> list) {
            list.forEach(value -> look(value, problems));
        }
    }

    private static void lookAtNumber(String setting, List<String> problems) {
        if (setting.matches(".*: [^{]*[1-9][^}]*")) {
            problems.add("a number that nobody can change: " + setting);
        }
    }

    private static Map<?, ?> body(Map<?, ?> entry) {
        return (Map<?, ?>) entry.values().iterator().next();
    }

    private static List<Map<?, ?>> read(Path file) {
        try (Reader reader = Files.newBufferedReader(file)) {
            Object read = new Load(LoadSettings.builder().build()).loadFromReader(reader);
            return Arrays.stream(((List<?>) read).toArray())
                    .<Map<?, ?>>map(entry -> (Map<?, ?>) entry)
                    .toList();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
