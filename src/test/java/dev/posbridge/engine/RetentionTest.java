package dev.posbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.posbridge.ledger.LedgerDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is past its days goes while the service runs; what guards against sending twice stays. */
class RetentionTest {
    private static final int SALES = 60;

    @TempDir
    private Path folder;

    private EngineFixture engine;

    @BeforeEach
    void takeInADay() {
        engine = EngineFixture.in(folder).start(Engine.Mode.SERVICE);
        engine.drop("day.csv", day("10.00"));
        Path today = folder.resolve("data/archive/generic-csv/" + LocalDate.now() + "/day.csv");
        await().until(() -> engine.held().orders() == SALES && Files.exists(today));
        engine.awaitSettled();
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void deletesWhatIsPastItsDaysAndStillKnowsEverySale() throws Exception {
        Path archive = folder.resolve("data/archive/generic-csv");
        Path old = archive.resolve("2026-01-01");
        Files.move(archive.resolve(LocalDate.now().toString()), old);
        long hundredDays = Instant.now().minus(100, ChronoUnit.DAYS).toEpochMilli();
        database().update(handle -> {
            handle.execute("update file set ended_at = ?", hundredDays);
            handle.execute("update record set settled_at = ? where settled_at is not null", hundredDays);
            handle.execute("update dead_letter set created_at = ?", hundredDays);
        });
        assertThat(texts()).as("before").isGreaterThan(1_000);
        engine.stop();

        engine.set("posbridge.retention.payloads", "90d")
                .set("posbridge.retention.archive", "90d")
                .set("posbridge.retention.rejected", "90d")
                .set("posbridge.retention.raw-input", "90d")
                .start(Engine.Mode.SERVICE);
        await().until(() -> texts() < 300);
        await().until(() -> !Files.exists(old));
        await().until(() -> engine.deadLetters().get(0).raw() == null);
        assertThat(engine.records()).contains("sale R0 delivered", "sale R59 delivered");

        engine.drop("again.csv", day("10.0"));
        engine.drop("changed.csv", Till.sale("R1", "c1", "12.00"), Till.refund("F1", "R2", "", "5.00"));
        await().until(() -> engine.files().size() == 3 && engine.held().refunds() == 1);
        engine.awaitSettled();
        assertThat(engine.held().orders()).as("nothing is sent twice").isEqualTo(SALES);
        assertThat(engine.deadLetters()).anySatisfy(letter -> assertThat(letter.message())
                .isEqualTo("changed.csv:2: receipt \"R1\" was delivered before and says something else now; what "
                        + "it said then is no longer kept. Correct it at Gameball by hand."));
    }

    @Test
    void keepsEverythingForEverWhereNobodySaidOtherwise() throws Exception {
        long before = texts();
        database().update(handle -> handle.execute("update file set ended_at = 1 where state = 2"));
        engine.stop();
        engine.start(Engine.Mode.SERVICE);
        engine.ingestAndSettle("next.csv", Till.sale("N1", "ann", "10.00"));
        assertThat(texts()).isGreaterThanOrEqualTo(before);
    }

    private static Till.Row[] day(String total) {
        return Stream.concat(
                        IntStream.range(0, SALES).mapToObj(n -> Till.sale("R" + n, "c" + n, total)),
                        Stream.of(Till.sale("X1", "ann", "no money")))
                .toArray(Till.Row[]::new);
    }

    private LedgerDatabase database() {
        return engine.engine().ledger().database();
    }

    /** How much the ledger keeps of what records said. */
    private long texts() {
        return database()
                .read(handle -> handle.select("select coalesce((select sum(length(bodies)) from segment_body), 0) + "
                                + "coalesce((select sum(length(canonical) + coalesce(length(raw), 0)) from payload p join "
                                + "record r on r.id = p.record_id where r.state = 4), 0)")
                        .mapTo(Long.class)
                        .one());
    }
}
