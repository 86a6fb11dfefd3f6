package dev.posbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posbridge.sandbox.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose fault it is when nothing else is there to tell: a record's, or that of Gameball as a whole. */
class ProbeTest {
    private static final int EVENTS = 20;

    /** How many calls can be on their way however slow the machine is: what bounds the events that a failure may cost. */
    private static final int CALLS_AT_ONCE = 2;

    @TempDir
    private Path folder;

    private EngineFixture engine;

    @BeforeEach
    void start() {
        engine = EngineFixture.in(folder)
                .set("posbridge.delivery.attempts", "4")
                .set("posbridge.delivery.concurrency", String.valueOf(CALLS_AT_ONCE))
                .start();
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void buriesARefundThatFailsAloneThoughNothingElseIsLeftToDeliver() {
        engine.ingestAndSettle("1.csv", Till.sale("R1", "ann", "10.00"));
        engine.sandbox()
                .faults()
                .add(Fault.of(Fault.Kind.ERROR).withPath("transactions/refund").withError(500, 5000));
        engine.ingestAndSettle("2.csv", Till.refund("R2", "R1", "ann", "4.00"));

        assertThat(engine.records()).containsExactly("sale R1 delivered", "refund R2 dead given-up");
    }

    @Test
    void spendsNoEventOnFindingOutWhetherGameballIsBack() {
        engine.ingestAndSettle("1.csv", rows("sale"));
        engine.sandbox().faults().add(Fault.of(Fault.Kind.ERROR).withError(503, 5003));
        engine.ingest("2.csv", rows("event"));
        await().until(() -> answers("503") > 12);
        engine.sandbox().faults().clear();
        engine.awaitSettled();

        long dead = engine.outcomes().of("dead").records();
        assertThat(dead).as("three that failed, and what was under way then").isBetween(1L, 3L + CALLS_AT_ONCE - 1);
        assertThat(engine.held().events()).isEqualTo(EVENTS - (int) dead);
    }

    private static Till.Row[] rows(String kind) {
        return IntStream.range(0, EVENTS)
                .mapToObj(n -> "event".equals(kind)
                        ? Till.event("E" + n, "c" + n, "survey")
                        : Till.sale("R" + n, "c" + n, "10.00"))
                .toArray(Till.Row[]::new);
    }

    private long answers(String status) throws IOException {
        try (InputStream json =
                engine.sandbox().uri().resolve("/sandbox/state").toURL().openStream()) {
            return new ObjectMapper()
                    .readTree(json)
                    .path("answers")
                    .path(status)
                    .asLong();
        }
    }
}
