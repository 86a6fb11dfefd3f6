package dev.posbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.posbridge.engine.FaultyNetwork.Fault;
import dev.posbridge.ledger.HealthBook;
import dev.posbridge.sandbox.SandboxOrder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The network fails below HTTP, at any byte: whatever arrived or did not, every sale is there once. */
@TestInstance(Lifecycle.PER_CLASS)
class FaultyNetworkTest {
    private EngineFixture engine;
    private FaultyNetwork network;
    private int round;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        engine = EngineFixture.in(folder);
        network = FaultyNetwork.before(engine.sandbox().uri());
        engine.set("posbridge.gameball.url", network.uri())
                .set("posbridge.gameball.answer-timeout", "500ms")
                .start();
    }

    @AfterAll
    void close() throws IOException {
        engine.close();
        network.close();
    }

    static Stream<Arguments> faults() {
        return Stream.of("customers/", "customers ", "orders ", "transactions/refund", "events", "batch/", "batches/")
                .flatMap(path -> Stream.of(
                        Arguments.of(path, Fault.CUT_REQUEST, 0),
                        Arguments.of(path, Fault.CUT_REQUEST, 60),
                        Arguments.of(path, Fault.RESET_REQUEST, 100),
                        Arguments.of(path, Fault.HALF_OPEN, 0),
                        Arguments.of(path, Fault.CUT_ANSWER, 0),
                        Arguments.of(path, Fault.CUT_ANSWER, 20),
                        Arguments.of(path, Fault.RESET_ANSWER, 0),
                        Arguments.of(path, Fault.DRIP, 0)));
    }

    @ParameterizedTest(name = "{0}{1} {2}")
    @MethodSource("faults")
    void deliversOnceWhereverACallBreaksOff(String path, Fault fault, int bytes) {
        String night = "N" + ++round + "x";
        if (path.startsWith("batch")) {
            network.next(Fault.CUT_ANSWER, "orders ", 0);
        }
        network.next(fault, path, bytes);
        long events = engine.held().events();
        engine.ingestAndSettle(
                night + ".csv",
                Till.sale(night + "-1", night + "-ann", "10.00"),
                Till.refund(night + "-2", night + "-1", night + "-ann", "4.00"),
                Till.event(night + "-3", night + "-ann", "survey"),
                Till.sale(night + "-4", night + "-ann", "5.00"));

        assertThat(network.isSpent()).as("the call was made").isTrue();
        assertThat(engine.records().stream().filter(text -> text.contains(night + "-")))
                .contains(
                        "sale " + night + "-1 delivered",
                        "refund " + night + "-2 delivered",
                        "sale " + night + "-4 delivered");
        assertThat(engine.sandbox().book().orders())
                .filteredOn(order -> order.orderId().contains(night + "-"))
                .extracting(SandboxOrder::repeats)
                .containsExactly(0, 0);
        assertThat(engine.held().events() - events).isBetween(0L, 1L);
        engine.assertEqualBooks();
    }

    @Test
    void keepsEverythingWhileNobodyListensAndGoesOnByItself() throws IOException {
        String night = "N" + ++round + "x";
        network.down();
        engine.ingest(
                night + ".csv",
                Till.sale(night + "-1", night + "-ann", "10.00"),
                Till.sale(night + "-2", night + "-bob", "5.00"),
                Till.sale(night + "-3", night + "-cid", "5.00"));
        await().until(this::isTriedInVain);
        network.up();
        engine.awaitSettled();

        assertThat(engine.records().stream().filter(text -> text.contains(night + "-")))
                .hasSize(3)
                .allMatch(text -> text.endsWith("delivered"));
        engine.assertEqualBooks();
    }

    /** As the watcher is told once three calls have failed. */
    private boolean isTriedInVain() {
        return engine.engine().health().reported().stream()
                .anyMatch(concern -> "gameball".equals(concern.name()) && concern.state() == HealthBook.State.RED);
    }
}
