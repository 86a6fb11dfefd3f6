package dev.posbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.posbridge.engine.FaultyNetwork.Fault;
import dev.posbridge.engine.FaultyNetwork.Trouble;
import dev.posbridge.sandbox.SandboxOrder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One call that does not end keeps nobody else waiting. */
class SlowLaneTest {
    private static final int OTHERS = 64;

    @TempDir
    private Path folder;

    @Test
    void deliversEveryOtherLaneWhileOneCallHangs() throws IOException {
        try (EngineFixture engine = EngineFixture.in(folder);
                FaultyNetwork network = FaultyNetwork.before(engine.sandbox().uri())) {
            engine.set("posbridge.gameball.url", network.uri())
                    .set("posbridge.gameball.answer-timeout", "60s")
                    .set("posbridge.delivery.mode", "single")
                    .start();
            Trouble hanging = network.next(Fault.HOLD_ANSWER, "orders ", 0);
            engine.ingest("1.csv", Till.sale("R1", "slow", "10.00"), Till.sale("R2", "slow", "5.00"));
            await().until(() -> engine.held().orders() == 1);
            engine.ingest(
                    "2.csv",
                    IntStream.range(0, OTHERS)
                            .mapToObj(n -> Till.sale("S" + n, "c" + n, "1.00"))
                            .toArray(Till.Row[]::new));
            long ofTheLane = engine.ledger().besides("R1").stream()
                    .filter(one -> one.key().startsWith("S"))
                    .count();
            await().until(() -> engine.held().orders() == 1 + OTHERS - ofTheLane);
            assertThat(engine.records()).contains("sale R1 sending");
            hanging.end();
            engine.awaitSettled().assertEqualBooks();

            assertThat(ofTheLane).isLessThan(OTHERS / 2);
            assertThat(engine.sandbox().book().orders())
                    .filteredOn(order -> order.customerId().equals("slow"))
                    .extracting(SandboxOrder::orderId)
                    .containsExactly("generic-csv-R1", "generic-csv-R2");
        }
    }
}
