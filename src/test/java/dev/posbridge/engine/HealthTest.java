package dev.posbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posbridge.ConfigurationException;
import dev.posbridge.FreePort;
import dev.posbridge.ledger.Pauses;
import dev.posbridge.sandbox.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a watcher on this machine sees of the service, while things outside of it fail and recover. */
class HealthTest {
    private static final int SALES = 3_000;

    @TempDir
    private Path folder;

    private ManagementPort management;
    private EngineFixture engine;

    @BeforeEach
    void findAPort() throws IOException {
        management = new ManagementPort(FreePort.next());
        engine = EngineFixture.in(folder).set("posbridge.health.port", Integer.toString(management.number()));
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void goesOnByItselfWhenTheLedgerThatWasFullHasRoomAgain() throws Exception {
        engine.start(Engine.Mode.SERVICE);
        awaitHealth(200, "green");
        engine.ledger().limit(engine.ledger().pages() + 20);
        engine.drop("day.csv", sales());
        awaitHealth(503, "red");
        await().until(() -> concern("disk").equals("red"));
        assertThat(concern("intake generic-csv")).isEqualTo("red");
        assertThat(folder.resolve("inbox/generic-csv/day.csv"))
                .as("not acknowledged")
                .exists();
        assertThat(engine.held().orders()).isZero();

        engine.ledger().limit(1_000_000);
        await().until(() -> engine.held().orders() == SALES);
        engine.awaitSettled();
        awaitHealth(200, "green");
        assertThat(folder.resolve("inbox/generic-csv/day.csv")).doesNotExist();
        engine.assertEqualBooks();
    }

    @Test
    void takesNothingInWhileTheDiskHasLessRoomThanItShall() throws Exception {
        engine.set("posbridge.data-dir.least-free", "99999999GiB").start(Engine.Mode.SERVICE);
        engine.drop("day.csv", Till.sale("R1", "ann", "10.00"));
        awaitHealth(503, "red");
        assertThat(concern("disk")).isEqualTo("red");
        assertThatThrownBy(() -> engine.ingest("other.csv", Till.sale("R2", "ann", "10.00")))
                .hasMessageContaining("(posbridge.data-dir.least-free). Make room");
        assertThat(folder.resolve("inbox/generic-csv/day.csv")).exists();
        assertThat(engine.files()).isEmpty();

        engine.stop();
        engine.set("posbridge.data-dir.least-free", "1KiB").start(Engine.Mode.SERVICE);
        await().until(() -> engine.held().orders() == 1);
        awaitHealth(200, "green");
    }

    @Test
    void isRedWhileGameballRefusesOrIsAwayAndYellowWhilePaused() throws Exception {
        engine.start(Engine.Mode.SERVICE);
        engine.sandbox().faults().add(Fault.of(Fault.Kind.ERROR).withError(503, 5003));
        engine.ingest("day.csv", Till.sale("R1", "mobile_447700900123", "10.00"));
        await().until(() -> concern("gameball").equals("red"));
        assertThat(management.get("/health").body()).doesNotContain("R1").doesNotContain("447700900123");
        assertSaysStatesAndTimesOnly();
        engine.sandbox().faults().clear();
        engine.awaitSettled();
        awaitHealth(200, "green");
        new Pauses(engine.engine().ledger().database()).add(null, null, null, "wrong prices");
        awaitHealth(200, "yellow");
        assertThat(management.get("/health").body()).doesNotContain("prices");
        assertSaysStatesAndTimesOnly();
    }

    @Test
    void hasLookedBeforeItsFirstAnswer() throws Exception {
        engine.set("posbridge.data-dir.least-free", "99999999GiB").start(Engine.Mode.SERVICE);
        assertThat(management.get("/health").statusCode()).isEqualTo(503);
        assertThat(concern("disk")).isEqualTo("red");
        assertThat(concern("gameball")).isEqualTo("green");
        assertThat(concern("ledger")).isEqualTo("green");
        assertThat(concern("delivery")).isEqualTo("green");
        assertThat(engine.engine().health().kept())
                .as("what status tells beside the service")
                .extracting(kept -> kept.name() + " " + kept.state().word())
                .contains("delivery green", "disk red", "gameball green", "ledger green");
    }

    /** Not a word of what was found: that is personal to the shop. */
    private void assertSaysStatesAndTimesOnly() throws Exception {
        JsonNode answer = json(management.get("/health"));
        assertThat(answer.fieldNames()).toIterable().containsExactly("schemaVersion", "state", "concerns");
        assertThat(answer.path("concerns").fieldNames())
                .toIterable()
                .contains("delivery", "disk", "gameball", "intake generic-csv", "ledger")
                .allMatch(name -> name.matches("delivery|disk|gameball|ledger|intake generic-csv|sets of [a-z0-9-]+"));
        answer.path("concerns").forEach(concern -> {
            assertThat(concern.fieldNames()).toIterable().containsExactly("state", "since");
            assertThat(concern.path("state").asText()).isIn("green", "yellow", "red");
            assertThat(Instant.parse(concern.path("since").asText())).isBeforeOrEqualTo(Instant.now());
        });
    }

    @Test
    void answersNothingElseAndRefusesAPortThatIsTaken() throws Exception {
        engine.start(Engine.Mode.SERVICE);
        assertThat(management.get("/").statusCode()).isEqualTo(404);
        assertThat(management.get("/health/../x").statusCode()).isEqualTo(404);
        HttpRequest post = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + management.number() + "/health"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(post, HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(405);
        engine.stop();
        try (ServerSocket taken = new ServerSocket(management.number(), 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> engine.start(Engine.Mode.SERVICE))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("posbridge.health.port is " + taken.getLocalPort()
                            + ", which cannot be opened on 127.0.0.1 (");
        }
    }

    private void awaitHealth(int status, String state) {
        await().until(() -> {
            HttpResponse<String> answer = management.get("/health");
            return answer.statusCode() == status
                    && json(answer).path("state").asText().equals(state);
        });
    }

    private String concern(String name) throws Exception {
        return json(management.get("/health"))
                .path("concerns")
                .path(name)
                .path("state")
                .asText();
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return new ObjectMapper().readTree(answer.body());
    }

    private static Till.Row[] sales() {
        return IntStream.range(0, SALES)
                .mapToObj(n -> Till.sale("R" + n, "c" + n % 100, "10.00"))
                .toArray(Till.Row[]::new);
    }
}
