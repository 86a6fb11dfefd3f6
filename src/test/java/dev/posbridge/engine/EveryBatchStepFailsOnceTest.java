package dev.posbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posbridge.sandbox.Fault;
import dev.posbridge.sandbox.Fault.Kind;
import dev.posbridge.sandbox.SandboxOrder;
import dev.posbridge.sandbox.SandboxSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * As {@link EveryStepFailsOnceTest}, for a night that goes by batch: new customers, a list that is not taken at first, a
 * question that fails, a job that gets stuck and is stopped, and so a verification.
 */
@TestInstance(Lifecycle.PER_CLASS)
class EveryBatchStepFailsOnceTest {
    private static final int SALES = 6;
    private static final int MOST_NIGHTS = 5;

    private final FailingSteps steps = new FailingSteps();
    private EngineFixture engine;
    private int round;

    @BeforeAll
    void start(@TempDir Path folder) {
        engine = EngineFixture.in(folder, SandboxSettings.defaults().withJobLatency(Duration.ZERO))
                .set("posbridge.delivery.mode", "batch")
                .set("posbridge.delivery.job-deadline", "400ms")
                .bind("failing-steps", steps)
                .start();
    }

    @AfterAll
    void close() {
        engine.close();
    }

    Stream<String> steps() {
        return steps.batchIds().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("steps")
    void deliversEverySaleOnceWhereAStepFailsBeforeItsWork(String step) {
        deliverWhile(step, false);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("steps")
    void deliversEverySaleOnceWhereAStepFailsAfterItsWork(String step) {
        deliverWhile(step, true);
    }

    /** A question that is answered late sends its customers another way; a step of this way is reached in one of some nights. */
    private void deliverWhile(String step, boolean after) {
        steps.failOnce(step, after);
        for (int nights = 0; nights < MOST_NIGHTS && !steps.hasFailed(); nights++) {
            deliverNight();
        }
        assertThat(steps.hasFailed()).as(step + " was reached").isTrue();
    }

    private void deliverNight() {
        String night = "N" + ++round + "x";
        engine.sandbox().faults().clear();
        engine.sandbox()
                .faults()
                .add(Fault.of(Kind.ERROR)
                        .withPath("batch/orders")
                        .withError(422, 2001)
                        .withCount(1));
        engine.sandbox()
                .faults()
                .add(Fault.of(Kind.JOB_STUCK).withPath("batch/orders").withCount(1));
        engine.sandbox().faults().add(Fault.of(Kind.ERROR).withPath("batches/").withCount(1));
        engine.ingest(
                night + ".csv",
                IntStream.range(0, SALES)
                        .mapToObj(n -> Till.sale(night + n, night + "c" + n % 3, n + 1 + ".00")
                                .at("2026-01-31 12:00:0" + n))
                        .toArray(Till.Row[]::new));

        engine.awaitSettled();
        assertThat(ordersOf(night)).hasSize(SALES);
        for (int customer = 0; customer < 3; customer++) {
            String itsCustomer = night + "c" + customer;
            assertThat(ordersOf(night).stream()
                            .filter(order -> order.customerId().equals(itsCustomer))
                            .map(SandboxOrder::orderId))
                    .isSorted();
        }
        assertThat(engine.deadLetters()).isEmpty();
        engine.assertEqualBooks();
    }

    private List<SandboxOrder> ordersOf(String night) {
        return engine.sandbox().book().orders().stream()
                .filter(order -> order.orderId().startsWith("generic-csv-" + night))
                .toList();
    }
}
