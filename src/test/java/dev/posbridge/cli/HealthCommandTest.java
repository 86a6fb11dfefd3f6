package dev.posbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posbridge.engine.DataFolder;
import dev.posbridge.ledger.HealthBook;
import dev.posbridge.ledger.LedgerDatabase;
import dev.posbridge.sandbox.Sandbox;
import dev.posbridge.sandbox.SandboxSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthCommandTest {
    @TempDir
    private Path data;

    private Sandbox sandbox;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(SandboxSettings.defaults());
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void endsWithTheColourOfWhatTheLedgerShowsWhereNothingRuns() throws Exception {
        assertThat(ingest("EOD_07_20260130.csv").exit()).isZero();
        assertThat(run("health")).isEqualTo(new Cli.Seen(0, "Health: green. Nothing runs here.\n", ""));
        assertThat(run("health", "--quiet")).isEqualTo(new Cli.Seen(0, "", ""));

        assertThat(ingest("EOD_07_20260131.csv").exit()).isEqualTo(3);
        Cli.Seen yellow = run("health");
        assertThat(yellow.exit()).isEqualTo(3);
        assertThat(yellow.out())
                .matches("Health: yellow\\. Nothing runs here\\.\n"
                        + "  dead letters is yellow since \\S+ \\S+ \\S+: 1 dead letter waits for a person\\. Look with posbridge "
                        + "dead-letters summary, then correct and replay, or discard\\. "
                        + "\\(docs/runbook\\.md#dead-letters\\)\n");

        Cli.Seen full = run("health", "--set", "posbridge.data-dir.least-free=99999999GiB");
        assertThat(full.exit()).isEqualTo(7);
        assertThat(full.out()).startsWith("Health: red. ").contains("\n  disk is red since ");

        JsonNode json = new ObjectMapper().readTree(run("health", "--json").out());
        assertThat(json.path("state").asText()).isEqualTo("yellow");
        assertThat(json.path("backlog").path("deadLetters").asLong()).isEqualTo(1);
        assertThat(json.path("holder").isNull()).isTrue();
    }

    @Test
    void saysThatRecordsWaitWhereNothingRunsThatWouldDeliverThem() {
        run("pause", "--reason", "wrong prices");
        ingest("EOD_07_20260130.csv");
        run("pause", "--reason", "wrong prices");
        ingest("EOD_07_20260131.csv");
        Cli.Seen waiting = run("health");
        assertThat(waiting.exit()).isEqualTo(3);
        assertThat(waiting.out()).contains("records wait for delivery, and nothing runs. Start posbridge run.");
    }

    @Test
    @SuppressWarnings("try") // the folder is only held
    void tellsWhatARunningServiceSaysOfItself() throws Exception {
        ingest("EOD_07_20260130.csv");
        try (DataFolder ignored = DataFolder.take(data, "posbridge run", Duration.ZERO);
                LedgerDatabase database = LedgerDatabase.open(data.resolve("ledger.db"))) {
            HealthBook health = new HealthBook(database);
            health.clear();
            health.report("gameball", HealthBook.State.RED, "Gameball refuses the key.");
            health.report("disk", HealthBook.State.GREEN, "");
            health.keep();
            Cli.Seen red = run("health");
            assertThat(red.exit()).isEqualTo(7);
            assertThat(red.out())
                    .matches("Health: red\\. Running: posbridge run, process \\d+, since \\S+\n"
                            + "  gameball is red since \\S+ \\S+ \\S+: Gameball refuses the key\\. "
                            + "\\(docs/runbook\\.md#gameball\\)\n");
            assertThat(run("health", "--json").out()).contains("\"holder\" : \"posbridge run, process ");
        }
    }

    private Cli.Seen ingest(String file) {
        return run("ingest", "--vendor", "acme", "samples/acme/" + file);
    }

    private Cli.Seen run(String... arguments) {
        return Cli.run(Cli.with(data, sandbox.uri(), arguments));
    }
}
