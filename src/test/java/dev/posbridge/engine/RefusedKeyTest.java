package dev.posbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posbridge.sandbox.Fault;
import dev.posbridge.sandbox.SandboxSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A wrong key costs nothing but time, and is shown nowhere. */
class RefusedKeyTest {
    private static final String API_KEY = "gb_test_marker4711";
    private static final String SECRET = "gb_test_secretmarker4712";

    private static final int SALES = 600;
    private static final String ONE_BY_ONE = "1000000";

    @TempDir
    private Path folder;

    private EngineFixture engine;

    @AfterEach
    void close() {
        engine.close();
    }

    @ParameterizedTest
    @CsvSource({"one by one, " + ONE_BY_ONE + ", " + SALES, "by batch, 25, 5000"})
    void keepsEverythingWhileTheKeyIsRevokedAndGoesOnByItself(String way, String threshold, int sales)
            throws IOException {
        engine = EngineFixture.in(folder)
                .set("posbridge.delivery.batch-threshold", threshold)
                .set("posbridge.delivery.job-deadline", "5m")
                .start();
        engine.ingest("1.csv", sales(sales));
        await().pollInterval(Duration.ofMillis(1)).until(() -> engine.held().orders() > 20);
        engine.sandbox().faults().add(Fault.of(Fault.Kind.KEY_REVOKED));
        await().until(() -> engine.engine().refusal() != null);

        assertThat(engine.engine().refusal())
                .matches(
                        "Gameball refused our key or account for .+ "
                                + "\\(401, code 1000: \"the API key is not valid\", request [^)]+\\)\\. Check "
                                + "posbridge.gameball.api-key and .secret-key; everything is kept and goes on once they work\\.");
        engine.sandbox().faults().clear();
        await().until(() -> engine.ledger().isSettled());
        assertThat(engine.engine().refusal()).isNull();
        assertThat(engine.outcomes().of("delivered").records()).isEqualTo(sales);
        assertThat(engine.ledger().mostAttempts("")).isEqualTo(1);
        assertThat(refusedCalls()).isBetween(1L, 2L);
        engine.assertEqualBooks();
    }

    @Test
    void makesThreeRefusedCallsAtMostUntilTheKeyIsAnother() throws IOException {
        Path apiKey = engineFile("api.key", API_KEY + "-old");
        Path secret = engineFile("secret.key", SECRET);
        engine = EngineFixture.in(folder)
                .set("posbridge.delivery.batch-threshold", ONE_BY_ONE)
                .set("posbridge.gameball.api-key-file", apiKey.toString())
                .set("posbridge.gameball.secret-key-file", secret.toString())
                .start();
        engine.ingest("1.csv", sales(SALES));
        await().pollInterval(Duration.ofMillis(1)).until(() -> engine.held().orders() > 20);
        engine.sandbox().faults().add(Fault.of(Fault.Kind.KEY_REVOKED));
        await().until(() -> engine.engine().refusal() != null);
        long underWay = refusedCalls();
        await().until(() -> refusedCalls() > underWay);
        engine.sandbox().faults().clear();
        Files.writeString(apiKey, API_KEY);
        engine.awaitSettled();

        assertThat(refusedCalls()).isBetween(2L, 3L);
        assertThat(engine.outcomes().of("delivered").records()).isEqualTo(SALES);
        assertThat(engine.ledger().mostAttempts("")).isEqualTo(1);
        engine.assertEqualBooks();
    }

    @Test
    void goesOnWithAReplacedKeyFileAndShowsNoKeyAnywhere() throws IOException {
        Path apiKey = engineFile("api.key", API_KEY + "-old");
        Path secret = engineFile("secret.key", SECRET + "-old");
        engine = EngineFixture.in(folder, SandboxSettings.defaults().withKeys(API_KEY, SECRET))
                .set("posbridge.gameball.api-key-file", apiKey.toString())
                .set("posbridge.gameball.secret-key-file", secret.toString())
                .start();
        engine.ingest("1.csv", sales(20));
        await().until(() -> engine.engine().refusal() != null);
        Files.writeString(secret, SECRET);
        Files.writeString(apiKey, API_KEY);
        engine.sandbox()
                .faults()
                .add(Fault.of(Fault.Kind.ERROR)
                        .withPath("orders")
                        .withError(422, 3000)
                        .withCount(1));
        engine.awaitSettled();

        assertThat(engine.outcomes().of("delivered").records()).isEqualTo(19);
        assertThat(engine.settings().toString()).doesNotContain("marker");
        engine.stop();
        assertThat(filesThatHold("marker")).isEmpty();
    }

    /** One sale each of so many customers, all over the lanes. */
    private static Till.Row[] sales(int customers) {
        return IntStream.range(0, customers)
                .mapToObj(n -> Till.sale("R" + n, "c" + n, "10.00"))
                .toArray(Till.Row[]::new);
    }

    /** As the sandbox counts them. */
    private long refusedCalls() throws IOException {
        URI state = engine.sandbox().uri().resolve("/sandbox/state");
        try (InputStream json = state.toURL().openStream()) {
            return new ObjectMapper().readTree(json).path("answers").path("401").asLong();
        }
    }

    private Path engineFile(String name, String text) throws IOException {
        return Files.writeString(Files.createDirectories(folder.resolve("keys")).resolve(name), text);
    }

    private List<Path> filesThatHold(String text) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> holds(file, text))
                    .toList();
        }
    }

    private static boolean holds(Path file, String text) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException problem) {
            throw new java.io.UncheckedIOException(problem);
        }
    }
}
