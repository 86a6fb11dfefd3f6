package dev.posbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posbridge.ledger.LedgerView;
import dev.posbridge.sandbox.Fault;
import dev.posbridge.sandbox.Fault.Kind;
import dev.posbridge.sandbox.Fault.When;
import dev.posbridge.sandbox.SandboxSettings;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The job that says which orders arrived goes wrong itself: they are asked about again, and each is there once. */
@TestInstance(Lifecycle.PER_CLASS)
class VerificationJobsTest {
    private EngineFixture engine;
    private List<String> customers;
    private int round;

    @BeforeAll
    void start(@TempDir Path folder) {
        engine = EngineFixture.in(
                        folder, SandboxSettings.defaults().withJobStatusShape(SandboxSettings.JobStatusShape.ALTERNATE))
                .start();
        customers = customersOfOneLane();
    }

    @AfterAll
    void close() {
        engine.close();
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                        Kind.JOB_LOST,
                        Kind.JOB_FAILED,
                        Kind.JOB_UNKNOWN_STATUS,
                        Kind.JOB_STUCK,
                        Kind.JOB_HALF_FAILED,
                        Kind.JOB_SHUFFLED)
                .flatMap(kind -> Stream.of(When.values()).map(when -> Arguments.of(kind, when)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("faults")
    void asksAgainWhereTheJobGoesWrongAndSendsOnlyWhatIsMissing(Kind kind, When when) {
        engine.sandbox().faults().clear();
        String night = "N" + ++round + "x";
        // One customer each of one lane, so that all are asked about together; two of four orders did arrive.
        loseAnswer(night + "-1", When.AFTER);
        loseAnswer(night + "-2", When.AFTER);
        loseAnswer(night + "-3", When.BEFORE);
        loseAnswer(night + "-4", When.BEFORE);
        engine.sandbox()
                .faults()
                .add(Fault.of(kind)
                        .withWhen(when)
                        .withPath("batch/orders/transactions")
                        .withCount(1));
        engine.ingestAndSettle(
                night + ".csv",
                IntStream.rangeClosed(1, 4)
                        .mapToObj(n -> Till.sale(night + "-" + n, customers.get(n - 1), "10.00"))
                        .toArray(Till.Row[]::new));

        assertThat(engine.sandbox().faults().list()).isEmpty();
        assertThat(engine.records().stream().filter(text -> text.contains(night + "-")))
                .hasSize(4)
                .allMatch(text -> text.endsWith("delivered"));
        assertThat(engine.sandbox().book().orders())
                .filteredOn(order -> order.orderId().contains(night + "-"))
                .hasSize(4)
                .allSatisfy(order -> assertThat(order.repeats()).isLessThanOrEqualTo(repeats(kind)));
        engine.assertEqualBooks();
    }

    /** What a job says it failed to look up may have arrived: sent again under its id, which Gameball refuses. */
    private static int repeats(Kind kind) {
        return kind == Kind.JOB_HALF_FAILED ? 1 : 0;
    }

    /** As many customers as there are lanes and a few more: some of them share one. */
    private List<String> customersOfOneLane() {
        engine.ingestAndSettle(
                "first.csv",
                IntStream.range(0, 300)
                        .mapToObj(n -> Till.sale("first-" + n, "customer" + n, "1.00"))
                        .toArray(Till.Row[]::new));
        return engine.ledger().records().stream()
                .collect(Collectors.groupingBy(LedgerView.Seen::lane))
                .values()
                .stream()
                .max(Comparator.comparingInt(List::size))
                .orElseThrow()
                .stream()
                .map(LedgerView.Seen::customer)
                .limit(4)
                .toList();
    }

    private void loseAnswer(String id, When when) {
        engine.sandbox()
                .faults()
                .add(Fault.of(Kind.CLOSE)
                        .withWhen(when)
                        .withPath("orders")
                        .withIds("generic-csv-" + id)
                        .withCount(1));
    }
}
