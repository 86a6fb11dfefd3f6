package dev.posbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posbridge.ledger.DeadLetters;
import dev.posbridge.sandbox.Fault;
import dev.posbridge.sandbox.Fault.Kind;
import dev.posbridge.sandbox.Fault.When;
import dev.posbridge.sandbox.SandboxOrder;
import dev.posbridge.sandbox.SandboxSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Gameball answers badly, or not at all: whatever it does, a sale arrives once, and only its own fault kills it. */
@TestInstance(Lifecycle.PER_CLASS)
class FaultyGameballTest {
    private EngineFixture engine;
    private int round;

    @BeforeAll
    void start(@TempDir Path folder) {
        engine = EngineFixture.in(
                        folder,
                        SandboxSettings.defaults()
                                .withJobStatusShape(SandboxSettings.JobStatusShape.ALTERNATE)
                                .withCustomerAnswer(SandboxSettings.CustomerAnswer.ALTERNATE))
                .set("posbridge.gameball.answer-timeout", "500ms")
                .start();
    }

    @AfterAll
    void close() {
        engine.close();
    }

    static Stream<Named<Fault>> troubles() {
        List<Fault> faults = new ArrayList<>();
        for (When when : When.values()) {
            for (Kind kind : List.of(Kind.CLOSE, Kind.HANG, Kind.HTML, Kind.ERROR)) {
                faults.add(Fault.of(kind).withWhen(when));
            }
        }
        for (Kind kind : List.of(Kind.CUT_ANSWER, Kind.TRUNCATED_JSON, Kind.EMPTY_JSON, Kind.SLOW_DRIP)) {
            faults.add(Fault.of(kind).withWhen(When.AFTER));
        }
        return Stream.of("orders", "transactions/refund", "customers", "batch/", "batches/")
                .flatMap(path -> faults.stream()
                        .map(fault -> Named.of(path + " " + fault.kind() + " " + fault.when(), fault.withPath(path))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("troubles")
    void deliversOnceThroughTrouble(Fault fault) {
        String night = night();
        boolean ofVerification = fault.path().startsWith("batch");
        if (ofVerification) {
            engine.sandbox()
                    .faults()
                    .add(Fault.of(Kind.CLOSE)
                            .withWhen(When.AFTER)
                            .withPath("orders")
                            .withCount(1));
        }
        engine.sandbox().faults().add(fault.withCount(2));
        engine.ingestAndSettle(
                night + ".csv",
                Till.sale(night + "-1", night + "-ann", "10.00"),
                Till.refund(night + "-2", night + "-1", night + "-ann", "4.00"),
                Till.sale(night + "-3", night + "-ann", "5.00"));

        assertThat(engine.sandbox().faults().list()).isEmpty();
        assertThat(engine.deadLetters())
                .filteredOn(dead -> dead.fileName().startsWith(night + "."))
                .isEmpty();
        assertThat(recordsOf(night))
                .containsExactly(
                        "sale " + night + "-1 delivered",
                        "refund " + night + "-2 delivered",
                        "sale " + night + "-3 delivered");
        assertThat(engine.sandbox().book().orders())
                .filteredOn(order -> order.orderId().contains(night + "-"))
                .extracting(SandboxOrder::repeats)
                .containsOnly(0)
                .hasSize(2);
        engine.assertEqualBooks();
    }

    @ParameterizedTest
    @CsvSource({"422, 2001", "500, 5003", "503, 5000", "502, 0"})
    void triesAgainWhatGameballSurelyOrPerhapsDidNotDo(int status, int code) {
        String night = night();
        fail(fault().withError(status, code).withCount(2));
        engine.ingestAndSettle(night + ".csv", Till.sale(night + "-1", night + "-ann", "10.00"));

        assertThat(recordsOf(night)).containsExactly("sale " + night + "-1 delivered");
        engine.assertEqualBooks();
    }

    @Test
    void movesATimeThatIsTakenByOneMillisecond() {
        String night = night();
        fail(fault().withError(422, 9003).withCount(1));
        engine.ingestAndSettle(night + ".csv", Till.sale(night + "-1", night + "-ann", "10.00"));

        assertThat(engine.sandbox().book().order("generic-csv-" + night + "-1"))
                .get()
                .satisfies(order -> assertThat(order.orderDate().toString()).isEqualTo("2026-01-31T12:00:00.001Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "422, 9003, dead time-taken",
        "422, 9004, dead order-id-reused",
        "422, 3009, skipped customer-inactive",
        "422, 3003, dead gameball-refused",
        "404, 7000, dead gameball-refused",
        "422, 3011, dead gameball-refused",
        "400, 0, dead gameball-refused"
    })
    void endsOnlyTheRecordThatIsRefused(int status, int code, String end) {
        String night = night();
        fail(fault().withIds("generic-csv-" + night + "-1")
                .withError(status, code)
                .withMessage("no"));
        engine.ingestAndSettle(
                night + ".csv",
                Till.sale(night + "-1", night + "-ann", "10.00"),
                Till.sale(night + "-2", night + "-ann", "5.00"));

        assertThat(recordsOf(night)).containsExactly("sale " + night + "-1 " + end, "sale " + night + "-2 delivered");
    }

    @Test
    void saysWhatGameballSaidOfADeadRecord() {
        String night = night();
        fail(fault().withError(422, 3003).withMessage("channel is invalid"));
        engine.ingestAndSettle(night + ".csv", Till.sale(night + "-1", night + "-ann", "10.00"));

        DeadLetters.DeadLetter letter = engine.deadLetters().stream()
                .filter(dead -> dead.fileName().equals(night + ".csv"))
                .findFirst()
                .orElseThrow();
        assertThat(letter.position()).isEqualTo(night + ".csv:2");
        assertThat(letter.status()).isEqualTo(422);
        assertThat(letter.apiCode()).isEqualTo(3003);
        assertThat(letter.attempts()).isEqualTo(1);
        assertThat(letter.message())
                .isEqualTo(
                        "Gameball refused order generic-csv-" + night + "-1 (422, code 3003: \"channel is invalid\", "
                                + "request " + letter.requestId() + "). Correct what Gameball names and replay.");
    }

    private Fault fault() {
        return Fault.of(Kind.ERROR).withPath("orders");
    }

    private void fail(Fault fault) {
        engine.sandbox().faults().add(fault);
    }

    private String night() {
        engine.sandbox().faults().clear();
        return "N" + ++round + "x";
    }

    private List<String> recordsOf(String night) {
        return engine.records().stream()
                .filter(text -> text.contains(night + "-"))
                .toList();
    }
}
