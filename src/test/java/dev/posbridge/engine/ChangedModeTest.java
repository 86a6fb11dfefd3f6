package dev.posbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posbridge.ledger.Pauses;
import dev.posbridge.ledger.RecordState;
import dev.posbridge.sandbox.SandboxOrder;
import dev.posbridge.sandbox.SandboxSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was stored under one setting is delivered under another: how sales lie in the ledger follows from the setting of then. */
class ChangedModeTest {
    private EngineFixture engine;

    @TempDir
    private Path folder;

    @BeforeEach
    void prepare() {
        engine = EngineFixture.in(folder).set("posbridge.gameball.answer-timeout", "60s");
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void sendsOneByOneWhatWasStoredToGoByBatch() throws IOException {
        storeWithMode("batch", "1.csv", sales("R", 0, 60));
        engine.set("posbridge.delivery.mode", "single").start();
        resume();
        engine.ingestAndSettle("2.csv", sales("R", 60, 60));

        assertThat(calls()).containsEntry("POST orders", 120L).doesNotContainKey("POST batch/orders");
        assertAllInOrder(120);
    }

    @Test
    void sendsByBatchWhatWasStoredToGoOneByOneAndWhatCameAfterIt() throws IOException {
        storeWithMode("single", "1.csv", sales("R", 0, 60));
        engine.set("posbridge.delivery.mode", "batch").start();
        resume();
        engine.ingestAndSettle("2.csv", sales("R", 60, 60));

        assertThat(calls()).doesNotContainKey("POST orders").containsKey("POST batch/orders");
        assertAllInOrder(120);
    }

    @Test
    void sendsOneByOneWhatIsLessThanAThresholdThatWasRaised() throws IOException {
        storeWithMode("auto", "1.csv", sales("R", 0, 60));
        engine.set("posbridge.delivery.batch-threshold", "500").start();
        resume();
        engine.awaitSettled();

        assertThat(calls()).containsEntry("POST orders", 60L).doesNotContainKey("POST batch/orders");
        assertAllInOrder(60);
    }

    @Test
    void keepsBackWhatIsPausedOfAStoreThoughTheModeIsAnother() {
        engine.set("posbridge.delivery.mode", "batch").start();
        pauses().add(null, "north", null, "a test");
        Till.Row[] rows = sales("R", 0, 60);
        rows[10] = rows[10].with("store_id", "north");
        engine.ingest("1.csv", rows);
        // It and what its customer bought later.
        await().until(() -> engine.ledger().count(RecordState.DELIVERED) == 60 - 5);
        engine.stop();
        engine.set("posbridge.delivery.mode", "single").start();
        engine.ingest("2.csv", sales("R", 60, 60));
        await().until(() -> engine.ledger().count(RecordState.DELIVERED) == 120 - 11);
        assertThat(engine.held().orders()).isEqualTo(120 - 11);
        resume();
        engine.awaitSettled();

        assertAllInOrder(120);
    }

    @Test
    void endsJobsThatWereAtWorkWhenTheModeBecameAnother() throws IOException {
        engine.close();
        engine = EngineFixture.in(folder, SandboxSettings.defaults().withJobLatency(Duration.ofSeconds(1)))
                .set("posbridge.gameball.answer-timeout", "60s")
                .set("posbridge.delivery.job-deadline", "60s")
                .set("posbridge.delivery.mode", "batch")
                .start();
        engine.ingest("1.csv", sales("R", 0, 60));
        await().until(() -> engine.ledger().count(RecordState.SENDING) > 0
                && engine.ledger().sendingByNobody() == 0);
        engine.stop();
        engine.set("posbridge.delivery.mode", "single").start().awaitSettled();

        assertThat(calls()).containsEntry("POST batch/orders", 1L).doesNotContainKey("POST batch/orders/transactions");
        assertAllInOrder(60);
    }

    @Test
    void knowsAgainWhatWasStoredUnderTheOtherMode() {
        storeWithMode("batch", "1.csv", sales("R", 0, 60));
        engine.set("posbridge.delivery.mode", "single").start();
        resume();
        engine.awaitSettled();
        engine.stop();
        engine.set("posbridge.delivery.mode", "batch").start();
        engine.ingestAndSettle("2.csv", sales("R", 0, 90));

        assertThat(engine.outcomes().of("duplicate").records()).isEqualTo(60);
        assertAllInOrder(90);
    }

    /** Everything is paused, so that it lies there when the next process comes. */
    private void storeWithMode(String mode, String file, Till.Row... rows) {
        engine.set("posbridge.delivery.mode", mode).start();
        pauses().add(null, null, null, "a test");
        engine.ingest(file, rows);
        assertThat(engine.ledger().count(RecordState.PENDING)).isEqualTo(rows.length);
        engine.stop();
    }

    private Pauses pauses() {
        return new Pauses(engine.engine().ledger().database());
    }

    private void resume() {
        pauses().lift();
    }

    private void assertAllInOrder(int orders) {
        assertThat(engine.held().orders()).isEqualTo(orders);
        assertThat(engine.held().repeatedOrders()).isZero();
        Map<String, Long> last = new HashMap<>();
        for (SandboxOrder order : engine.sandbox().book().orders()) {
            long number = Long.parseLong(order.orderId().replaceAll("\\D", ""));
            Long before = last.put(order.customerId(), number);
            assertThat(before == null || before < number)
                    .as(order.orderId() + " after " + before)
                    .isTrue();
        }
        engine.assertEqualBooks();
    }

    private Map<String, Long> calls() throws IOException {
        JsonNode state = new ObjectMapper().readTree(engine.state());
        Map<String, Long> calls = new HashMap<>();
        state.path("calls")
                .properties()
                .forEach(entry -> calls.put(
                        entry.getKey().replace("/api/v4.0/integrations/", ""),
                        entry.getValue().asLong()));
        return calls;
    }

    /** Ten customers by turns. */
    private static Till.Row[] sales(String key, int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(n -> Till.sale(key + n, "c" + n % 10, n % 50 + 1 + ".00")
                        .at("2026-01-31 12:" + String.format("%02d", n / 60 % 60) + ":"
                                + String.format("%02d", n % 60)))
                .toArray(Till.Row[]::new);
    }
}
