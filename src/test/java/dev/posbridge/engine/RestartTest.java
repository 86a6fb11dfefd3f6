package dev.posbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posbridge.sandbox.Fault;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process finds that was killed while it sent: the attempt is committed, and nobody knows its end. */
class RestartTest {
    private EngineFixture engine;

    @BeforeEach
    void takeIn(@TempDir Path folder) {
        engine = EngineFixture.in(folder).start(Engine.Mode.INTAKE_ONLY);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void doesNotSendASaleAgainThatHadArrived() {
        engine.ingest("1.csv", Till.sale("R1", "ann", "10.00"), Till.sale("R2", "ann", "5.00"));
        killWhileSending("R1");
        engine.post(
                "orders",
                "{\"customerId\":\"ann\",\"orderId\":\"generic-csv-R1\",\"orderDate\":\"2026-01-31T12:00:00Z\","
                        + "\"totalPaid\":10}");
        engine.start().awaitSettled();

        assertThat(engine.records()).containsExactly("sale R1 delivered", "sale R2 delivered");
        assertThat(engine.held().repeatedOrders()).isZero();
        engine.assertEqualBooks();
    }

    @Test
    void sendsASaleOnceThatHadNotArrived() {
        engine.ingest("1.csv", Till.sale("R1", "ann", "10.00"), Till.sale("R2", "ann", "5.00"));
        killWhileSending("R1");
        engine.start().awaitSettled();

        assertThat(engine.sandbox().book().orders())
                .extracting(order -> order.orderId())
                .containsExactly("generic-csv-R1", "generic-csv-R2");
        assertThat(engine.held().repeatedOrders()).isZero();
        engine.assertEqualBooks();
    }

    @Test
    void sendsARefundOnceWhetherItHadArrivedOrNot() {
        engine.ingest("1.csv", Till.sale("R1", "ann", "10.00"), Till.refund("R2", "R1", "ann", "4.00"));
        engine.stop();
        engine.start().awaitSettled();
        killWhileSending("R2");
        engine.start().awaitSettled();

        assertThat(engine.records()).containsExactly("sale R1 delivered", "refund R2 delivered");
        assertThat(engine.held().refunds()).isEqualTo(1);
        engine.assertEqualBooks();
    }

    @Test
    void doesNotSendAnEventAgainOfWhichNobodyKnowsWhetherItArrived() {
        engine.ingest("1.csv", Till.event("E1", "ann", "survey"));
        killWhileSending("E1");
        engine.start().awaitSettled();

        assertThat(engine.records()).containsExactly("event E1 dead event-unknown");
        assertThat(engine.held().events()).isZero();
    }

    @Test
    void keepsEverythingWhileGameballIsAwayAndGoesOnByItself() {
        engine.stop();
        engine.start();
        engine.sandbox().faults().add(Fault.of(Fault.Kind.ERROR).withCount(30));
        engine.ingestAndSettle(
                "1.csv",
                Till.sale("R1", "ann", "10.00"),
                Till.sale("R2", "bob", "5.00"),
                Till.refund("R3", "R1", "ann", "4.00"));

        assertThat(engine.records()).containsExactly("sale R1 delivered", "sale R2 delivered", "refund R3 delivered");
        engine.assertEqualBooks();
    }

    /** Leaves the ledger as a process does that dies between committing an attempt and hearing its answer. */
    private void killWhileSending(String key) {
        engine.engine()
                .ledger()
                .database()
                .update(handle -> handle.execute(
                        "update record set state = 1, attempts = 1, sent_time = happened_at, settled_at = null where key = ?",
                        key));
        engine.engine().ledger().database().update(handle -> handle.execute("update file set state = 1"));
        engine.stop();
    }
}
