package dev.posbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.posbridge.engine.FaultyNetwork.Fault;
import dev.posbridge.engine.FaultyNetwork.Trouble;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a process finds that was killed while it sent: the attempt is committed, and nobody knows its end. */
class RestartTest {
    private EngineFixture engine;
    private FaultyNetwork network;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        engine = EngineFixture.in(folder);
        network = FaultyNetwork.before(engine.sandbox().uri());
        engine.set("posbridge.gameball.url", network.uri())
                .set("posbridge.gameball.answer-timeout", "60s")
                .start();
    }

    @AfterEach
    void close() throws IOException {
        engine.close();
        network.close();
    }

    @Test
    void doesNotSendASaleAgainThatHadArrived() throws IOException {
        Trouble call = network.next(Fault.HOLD_ANSWER, "orders ", 0);
        engine.ingest("1.csv", Till.sale("R1", "ann", "10.00"), Till.sale("R2", "ann", "5.00"));
        await().until(() -> engine.held().orders() == 1);
        killWhileSending("sale R1", call);

        assertThat(engine.records()).containsExactly("sale R1 delivered", "sale R2 delivered");
        assertThat(engine.held().repeatedOrders()).isZero();
        engine.assertEqualBooks();
    }

    @Test
    void sendsASaleOnceThatHadNotArrived() throws IOException {
        Trouble call = network.next(Fault.HALF_OPEN, "orders ", 0);
        engine.ingest("1.csv", Till.sale("R1", "ann", "10.00"), Till.sale("R2", "ann", "5.00"));
        killWhileSending("sale R1", call);

        assertThat(engine.sandbox().book().orders())
                .extracting(order -> order.orderId())
                .containsExactly("generic-csv-R1", "generic-csv-R2");
        assertThat(engine.held().repeatedOrders()).isZero();
        engine.assertEqualBooks();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"HOLD_ANSWER", "HALF_OPEN"})
    void sendsARefundOnceWhetherItHadArrivedOrNot(Fault fault) throws IOException {
        Trouble call = network.next(fault, "transactions/refund", 0);
        engine.ingest("1.csv", Till.sale("R1", "ann", "10.00"), Till.refund("R2", "R1", "ann", "4.00"));
        await().until(() -> fault == Fault.HALF_OPEN || engine.held().refunds() == 1);
        killWhileSending("refund R2", call);

        assertThat(engine.records()).containsExactly("sale R1 delivered", "refund R2 delivered");
        assertThat(engine.held().refunds()).isEqualTo(1);
        engine.assertEqualBooks();
    }

    @Test
    void doesNotSendAnEventAgainOfWhichNobodyKnowsWhetherItArrived() throws IOException {
        Trouble call = network.next(Fault.HALF_OPEN, "events", 0);
        engine.ingest("1.csv", Till.event("E1", "ann", "survey"));
        killWhileSending("event E1", call);

        assertThat(engine.records()).containsExactly("event E1 dead event-unknown");
        assertThat(engine.held().events()).isZero();
    }

    @Test
    void keepsEverythingWhileGameballIsAwayAndGoesOnByItself() {
        engine.sandbox()
                .faults()
                .add(dev.posbridge.sandbox.Fault.of(dev.posbridge.sandbox.Fault.Kind.ERROR)
                        .withCount(30));
        engine.ingestAndSettle(
                "1.csv",
                Till.sale("R1", "ann", "10.00"),
                Till.sale("R2", "bob", "5.00"),
                Till.refund("R3", "R1", "ann", "4.00"));

        assertThat(engine.records()).containsExactly("sale R1 delivered", "sale R2 delivered", "refund R3 delivered");
        engine.assertEqualBooks();
    }

    /**
     * The process dies during the call, and another goes on with the ledger as it was then. What the first would do yet
     * reaches nobody.
     */
    private void killWhileSending(String record, Trouble call) throws IOException {
        await().until(call::isMet);
        assertThat(engine.records()).contains(record + " sending");
        engine.keepAsAKillWouldLeaveIt();
        network.down();
        call.end();
        engine.stop();
        network.up();
        engine.startFromWhatWasKept().awaitSettled();
    }
}
