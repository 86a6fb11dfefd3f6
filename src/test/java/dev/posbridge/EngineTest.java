package dev.posbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineTest {
    @TempDir
    private Path folder;

    @Test
    void deliversWhatAFileHolds() {
        try (EngineFixture engine = EngineFixture.in(folder).start()) {
            engine.ingestAndSettle(
                    "day.csv",
                    Till.sale("R1", "ann", "10.00"),
                    Till.refund("R2", "R1", "ann", "4.00"),
                    Till.customer("bob", "Bob"),
                    Till.event("E1", "bob", "survey"));
            assertThat(engine.records())
                    .containsExactly(
                            "sale R1 delivered", "refund R2 delivered", "customer bob delivered", "event E1 delivered");
            engine.assertEqualBooks();
        }
    }
}
