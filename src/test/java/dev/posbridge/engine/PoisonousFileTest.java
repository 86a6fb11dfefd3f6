package dev.posbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.posbridge.ledger.Beginning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are offered again after a process died reading them. */
class PoisonousFileTest {
    @TempDir
    private Path folder;

    private final FailingSteps steps = new FailingSteps();
    private EngineFixture engine;

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void isRejectedWhereItKilledFiveAndTheOthersFlow() throws IOException {
        interrupt(Beginning.MOST_DEATHS - 1, Till.sale("R1", "ann", "10.00"), Till.sale("R2", "bob", "5.00"));
        engine.stop();
        engine.start(Engine.Mode.SERVICE);
        engine.drop("other.csv", Till.sale("R9", "cid", "1.00"));
        Path reason = folder.resolve("data/rejected/generic-csv/day.csv.reason.txt");
        await().until(() -> Files.exists(reason) && engine.held().orders() == 1);
        engine.awaitSettled();

        assertThat(reason)
                .content()
                .contains("reason: poisonous")
                .contains("day.csv: 5 processes died one after the other while they read what follows receipt 0.");
        assertThat(engine.records()).containsExactly("sale R9 delivered");
        assertThat(engine.deadLetters()).singleElement().satisfies(letter -> assertThat(letter.message())
                .startsWith("day.csv: 5 processes died"));
    }

    @Test
    void isReadReceiptByReceiptWhereOneDiedAndNeverTwice() throws IOException {
        Till.Row[] rows = IntStream.range(0, 2_100)
                .mapToObj(n -> Till.sale("R" + n, "c" + n % 7, "1.00"))
                .toArray(Till.Row[]::new);
        interrupt(0, rows);
        assertThat(engine.ledger().receiptsStored()).isZero();
        engine.stop();
        engine.start(Engine.Mode.SERVICE);
        await().until(() -> engine.held().orders() == rows.length);
        engine.awaitSettled();

        assertThat(engine.outcomes().of("delivered").records()).isEqualTo(rows.length);
        assertThat(engine.outcomes().of("duplicate").records()).isZero();
        assertThat(engine.ledger().deathsWhileReading()).isZero();
        engine.assertEqualBooks();
    }

    /** What is left of a file whose reader died, so many having died before it. */
    private void interrupt(int diedBefore, Till.Row... rows) throws IOException {
        engine = EngineFixture.in(folder).bind("failingSteps", steps).start();
        Path file = engine.write(folder.resolve("inbox/generic-csv/day.csv"), Till.file(rows));
        steps.failOnce("store-chunk", false);
        assertThatThrownBy(() -> engine.engine().ingest(file, EngineFixture.VENDOR))
                .isNotNull();
        engine.ledger().diedReading(diedBefore);
    }
}
