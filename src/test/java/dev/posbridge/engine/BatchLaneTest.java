package dev.posbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posbridge.ledger.DeadLetters;
import dev.posbridge.sandbox.Fault;
import dev.posbridge.sandbox.Fault.Kind;
import dev.posbridge.sandbox.SandboxOrder;
import dev.posbridge.sandbox.SandboxSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many sales go by the thousand, whatever becomes of the jobs: each arrives once, and in its customer's order. */
class BatchLaneTest {
    /** Where an answer or a job is late, what it was about may go one by one: here that is nobody's question. */
    private static final String NOBODY_IS_LATE = "60s";

    private EngineFixture engine;

    @TempDir
    private Path folder;

    @BeforeEach
    void prepare() {
        engine = EngineFixture.in(
                        folder,
                        SandboxSettings.defaults()
                                .withJobLatency(Duration.ZERO)
                                .withJobStatusShape(SandboxSettings.JobStatusShape.ALTERNATE))
                .set("posbridge.gameball.answer-timeout", NOBODY_IS_LATE)
                .set("posbridge.delivery.job-deadline", NOBODY_IS_LATE);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void sendsManySalesInTwoCallsAThousandAndNewCustomersInFour() throws IOException {
        engine.set("posbridge.delivery.linger", "2s").start();
        engine.ingestAndSettle("1.csv", sales("R", 1000, 1000));

        assertThat(engine.held().orders()).isEqualTo(1000);
        assertThat(engine.held().customers()).isEqualTo(1000);
        Map<String, Long> calls = calls();
        assertThat(calls.keySet())
                .containsExactlyInAnyOrder(
                        "POST batch/balance-inquiry",
                        "POST batch/customers",
                        "POST batch/orders",
                        "GET batches/{id}/status");
        assertThat(calls)
                .containsEntry("POST batch/balance-inquiry", 1L)
                .containsEntry("POST batch/customers", 1L)
                .containsEntry("POST batch/orders", 1L);
        engine.assertEqualBooks();
    }

    @Test
    void sendsFewSalesOneByOne() throws IOException {
        engine.start();
        engine.ingestAndSettle("1.csv", sales("R", 24, 24));

        assertThat(calls()).containsEntry("POST orders", 24L).doesNotContainKey("POST batch/orders");
    }

    @Test
    void sendsFewSalesByBatchWhereItIsToldTo() throws IOException {
        engine.set("posbridge.delivery.mode", "batch").start();
        engine.ingestAndSettle("1.csv", sales("R", 3, 2));

        assertThat(calls()).doesNotContainKey("POST orders").containsKey("POST batch/orders");
        engine.assertEqualBooks();
    }

    @Test
    void sendsManySalesOneByOneWhereItIsToldTo() throws IOException {
        engine.set("posbridge.delivery.mode", "single").start();
        engine.ingestAndSettle("1.csv", sales("R", 60, 30));

        assertThat(calls()).containsEntry("POST orders", 60L).doesNotContainKey("POST batch/orders");
    }

    @ParameterizedTest
    @EnumSource(SandboxSettings.JobEntryNames.class)
    void keepsEachCustomersOrderThoughJobsWorkInAnyOrder(SandboxSettings.JobEntryNames names) {
        engine.close();
        engine = EngineFixture.in(folder, SandboxSettings.defaults().withJobEntryNames(names))
                .set("posbridge.gameball.answer-timeout", NOBODY_IS_LATE)
                .set("posbridge.delivery.job-deadline", NOBODY_IS_LATE)
                .start();
        engine.sandbox().faults().add(Fault.of(Kind.JOB_SHUFFLED));
        List<Till.Row> rows = new ArrayList<>(List.of(sales("R", 300, 40)));
        rows.add(150, Till.refund("X1", "R7", "c7", "1.00"));
        rows.add(Till.voided("X2", "R299", "c19"));
        engine.ingestAndSettle("1.csv", rows.toArray(Till.Row[]::new));

        assertInOrder();
        assertThat(engine.held().refunds()).isEqualTo(2);
        engine.assertEqualBooks();
    }

    @Test
    void buriesWhatGameballRefusesWithItsWordsAndNothingElse() {
        engine.start();
        engine.sandbox()
                .faults()
                .add(Fault.of(Kind.ERROR)
                        .withIds("generic-csv-R3", "generic-csv-R50")
                        .withError(422, 3003)
                        .withMessage("channel is invalid"));
        engine.ingestAndSettle("1.csv", sales("R", 60, 60));

        assertThat(engine.held().orders()).isEqualTo(58);
        assertThat(engine.deadLetters())
                .hasSize(2)
                .extracting(DeadLetters.DeadLetter::apiCode)
                .containsOnly(3003);
        assertThat(engine.deadLetters())
                .allSatisfy(dead -> assertThat(dead.message()).contains("channel is invalid"));
        engine.assertEqualBooks();
    }

    @Test
    void takesGameballsWordsFromTheJobWhereItRefusesMany() {
        engine.start();
        engine.sandbox()
                .faults()
                .add(Fault.of(Kind.ERROR)
                        .withIds(IntStream.range(0, 60)
                                .mapToObj(n -> "generic-csv-R" + n)
                                .toArray(String[]::new))
                        .withError(422, 3003)
                        .withMessage("channel is invalid"));
        engine.ingestAndSettle("1.csv", sales("R", 100, 100));

        assertThat(engine.held().orders()).isEqualTo(40);
        assertThat(engine.deadLetters()).hasSize(60).allSatisfy(dead -> assertThat(dead.message())
                .contains("in a batch (\"channel is invalid\")"));
        engine.assertEqualBooks();
    }

    @Test
    void sendsRedemptionsOneByOne() throws IOException {
        engine.start();
        Till.Row[] rows = sales("R", 60, 60);
        rows[30] = rows[30].with("points_hold", "hold-1");
        engine.ingestAndSettle("1.csv", rows);

        assertThat(calls()).containsEntry("POST orders", 2L);
        assertThat(engine.outcomes().reasons()).containsEntry("redemption-late", 1L);
        engine.assertEqualBooks();
    }

    @Test
    void sendsOnlyWhatIsDocumentedWhereItIsToldTo() throws IOException {
        engine.set("posbridge.gameball.batch-orders", "documented").start();
        Till.Row[] rows = sales("R", 60, 60);
        rows[30] = rows[30].with("product_id", "tea").with("quantity", "1").with("unit_price", "1.00");
        engine.ingestAndSettle("1.csv", rows);

        assertThat(calls()).containsEntry("POST orders", 1L);
        engine.assertEqualBooks();
    }

    @Test
    void skipsManySalesOfCustomersWhomTheAccountDoesNotWant() throws IOException {
        engine.createCustomer("c1");
        engine.set("posbridge.account.unknown-customers", "skip").start();
        engine.ingestAndSettle("1.csv", sales("R", 120, 30));

        assertThat(engine.held().orders()).isEqualTo(4);
        assertThat(engine.outcomes().reasons()).containsEntry("customer-unknown", 116L);
        assertThat(calls()).doesNotContainKey("GET customers/{id}/balance");
        engine.assertEqualBooks();
    }

    @Test
    void goesOnWithJobsOfAnEarlierProcess() throws IOException {
        engine.close();
        engine = EngineFixture.in(folder, SandboxSettings.defaults().withJobLatency(Duration.ofSeconds(1)))
                .set("posbridge.gameball.answer-timeout", NOBODY_IS_LATE)
                .set("posbridge.delivery.job-deadline", NOBODY_IS_LATE)
                .start();
        engine.ingest("1.csv", sales("R", 60, 60));
        await().until(() -> haveHandedOver(3 * 60));
        engine.stop();
        engine.start().awaitSettled();

        assertThat(engine.held().orders()).isEqualTo(60);
        assertThat(engine.held().repeatedOrders()).isZero();
        assertThat(calls()).containsEntry("POST batch/orders", 1L).doesNotContainKey("POST batch/orders/transactions");
        engine.assertEqualBooks();
    }

    /** Customers asked about, customers created, orders: each list is handed over once Gameball's id of its job is stored. */
    private boolean haveHandedOver(long objects) {
        return engine.ledger().status().batches().objects() >= objects;
    }

    private void assertInOrder() {
        Map<String, Long> last = new HashMap<>();
        for (SandboxOrder order : engine.sandbox().book().orders()) {
            long number = Long.parseLong(order.orderId().replaceAll("\\D", ""));
            Long before = last.put(order.customerId(), number);
            assertThat(before == null || before < number)
                    .as(order.orderId() + " after " + before)
                    .isTrue();
        }
    }

    private Map<String, Long> calls() throws IOException {
        JsonNode state;
        try (InputStream answer =
                engine.sandbox().uri().resolve("/sandbox/state").toURL().openStream()) {
            state = new ObjectMapper().readTree(answer);
        }
        Map<String, Long> calls = new HashMap<>();
        state.path("calls")
                .properties()
                .forEach(entry -> calls.put(
                        entry.getKey().replace("/api/v4.0/integrations/", ""),
                        entry.getValue().asLong()));
        return calls;
    }

    /** Sales R0, R1, ... of customers c0, c1, ... by turns. */
    private static Till.Row[] sales(String key, int count, int customers) {
        return IntStream.range(0, count)
                .mapToObj(n -> Till.sale(key + n, "c" + n % customers, n % 50 + 1 + ".00")
                        .at("2026-01-31 12:" + String.format("%02d", n / 60 % 60) + ":"
                                + String.format("%02d", n % 60)))
                .toArray(Till.Row[]::new);
    }
}
