package dev.posbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.posbridge.LedgerUnavailableException;
import dev.posbridge.NoRoomException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ledger has no room: SQLite's own limit says what a full disk says. */
class FullLedgerTest {
    private static final int SALES = 300;

    @TempDir
    private Path folder;

    @Test
    void acknowledgesNothingWhileThereIsNoRoomAndGoesOnWhenThereIs() {
        try (EngineFixture engine = EngineFixture.in(folder).start(Engine.Mode.SERVICE)) {
            engine.ingestAndSettle("0.csv", Till.sale("R", "ann", "1.00"));
            engine.ledger().limit(engine.ledger().pages());
            engine.drop("1.csv", sales("inbox"));
            Path shown = engine.write("2.csv", sales("shown"));
            assertThat(catchThrowable(() -> engine.engine().ingest(shown, EngineFixture.VENDOR)))
                    .as("by the ledger, or already by whoever waits since the inbox's file was not taken")
                    .isInstanceOfAny(LedgerUnavailableException.class, NoRoomException.class)
                    .hasMessageContaining("full");
            assertThat(engine.folder().resolve("inbox/generic-csv/1.csv")).exists();
            assertThat(engine.held().orders()).isEqualTo(1);
            engine.ledger().limit(Integer.MAX_VALUE);

            await().until(() ->
                    !engine.folder().resolve("inbox/generic-csv/1.csv").toFile().exists());
            // Where the inbox was at it before the other failed, intake may still wait its moment.
            await().ignoreException(NoRoomException.class)
                    .until(() -> engine.engine().ingest(shown, EngineFixture.VENDOR) > 0);
            engine.awaitSettled().assertEqualBooks();
            assertThat(engine.held().orders()).isEqualTo(1 + 2 * SALES);
            assertThat(engine.held().repeatedOrders()).isZero();
        }
    }

    private static Till.Row[] sales(String name) {
        return IntStream.range(0, SALES)
                .mapToObj(n -> Till.sale(name + n, "c" + n % 40, "1.00"))
                .toArray(Till.Row[]::new);
    }
}
