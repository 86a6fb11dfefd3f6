package dev.posbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posbridge.sandbox.Fault;
import dev.posbridge.sandbox.Fault.Kind;
import dev.posbridge.sandbox.Fault.When;
import dev.posbridge.sandbox.SandboxOrder;
import dev.posbridge.sandbox.SandboxSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever goes wrong with a batch call or its job: each sale arrives once, and in its customer's order. */
@TestInstance(Lifecycle.PER_CLASS)
class BatchTroubleTest {
    private EngineFixture engine;
    private int round;

    @BeforeAll
    void start(@TempDir Path folder) {
        engine = EngineFixture.in(
                        folder,
                        SandboxSettings.defaults()
                                .withJobLatency(Duration.ZERO)
                                .withJobStatusShape(SandboxSettings.JobStatusShape.ALTERNATE))
                .set("posbridge.gameball.answer-timeout", "500ms")
                .set("posbridge.delivery.job-deadline", "400ms")
                .set("posbridge.delivery.mode", "batch")
                .start();
    }

    @AfterAll
    void close() {
        engine.close();
    }

    static Stream<Named<Fault>> troubles() {
        List<Fault> faults = new ArrayList<>();
        for (When when : When.values()) {
            for (Kind kind : List.of(Kind.JOB_LOST, Kind.JOB_FAILED, Kind.JOB_UNKNOWN_STATUS)) {
                faults.add(Fault.of(kind).withWhen(when));
            }
            for (Kind kind : List.of(Kind.CLOSE, Kind.ERROR, Kind.HTML)) {
                faults.add(Fault.of(kind).withWhen(when));
            }
        }
        faults.add(Fault.of(Kind.JOB_STUCK));
        faults.add(Fault.of(Kind.JOB_HALF_FAILED));
        faults.add(Fault.of(Kind.EMPTY_JSON).withWhen(When.AFTER));
        faults.add(Fault.of(Kind.RATE_LIMIT).withRetryAfter("0"));
        return Stream.of("batch/orders", "batch/customers", "batch/balance-inquiry")
                .flatMap(path -> faults.stream()
                        .map(fault -> Named.of(path + " " + fault.kind() + " " + fault.when(), fault.withPath(path))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("troubles")
    void deliversOnceThroughTrouble(Fault fault) {
        String night = "N" + ++round + "x";
        engine.sandbox().faults().add(fault.withCount(1));
        engine.ingestAndSettle(
                night + ".csv",
                IntStream.range(0, 60)
                        .mapToObj(n -> Till.sale(night + n, night + "c" + n % 30, n + 1 + ".00")
                                .at("2026-01-31 12:00:" + String.format("%02d", n)))
                        .toArray(Till.Row[]::new));

        assertThat(engine.sandbox().faults().list()).isEmpty();
        assertThat(engine.deadLetters()).isEmpty();
        assertThat(engine.held().orders()).isEqualTo(60L * round);
        assertThat(engine.held().repeatedOrders()).isZero();
        assertInOrder(night);
        engine.assertEqualBooks();
    }

    private void assertInOrder(String night) {
        Map<String, Integer> last = new HashMap<>();
        for (SandboxOrder order : engine.sandbox().book().orders()) {
            if (order.customerId().startsWith(night)) {
                int number = Integer.parseInt(order.orderId().substring(("generic-csv-" + night).length()));
                Integer before = last.put(order.customerId(), number);
                assertThat(before == null || before < number)
                        .as(order.orderId() + " after " + before)
                        .isTrue();
            }
        }
    }
}
