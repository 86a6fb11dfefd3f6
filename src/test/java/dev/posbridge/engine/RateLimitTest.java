package dev.posbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posbridge.sandbox.Fault;
import dev.posbridge.sandbox.Fault.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Gameball asks us to wait: we do, and a record that waited was not tried more often for it. */
@TestInstance(Lifecycle.PER_CLASS)
class RateLimitTest {
    private EngineFixture engine;
    private int round;

    @BeforeAll
    void start(@TempDir Path folder) {
        engine = EngineFixture.in(folder).start();
    }

    @AfterAll
    void close() {
        engine.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "0"})
    void waitsAsLongAsGameballAsksAndCountsNoAttempt(String seconds) {
        String night = night();
        fail(Fault.of(Kind.RATE_LIMIT)
                .withPath("orders")
                .withRetryAfter(seconds)
                .withCount(2));
        long began = System.nanoTime();
        engine.ingestAndSettle(night + ".csv", Till.sale(night + "-1", night + "-ann", "10.00"));

        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(Integer.parseInt(seconds)));
        assertThat(engine.ledger().mostAttempts(night + "-1")).isEqualTo(1);
    }

    /** The date is that of a server whose clock is wrong. Without a time it would be 30 seconds: see QuotasTest. */
    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "Wed, 21 Oct 2015 07:28:00 GMT"})
    void endsAStormOf429WithoutUsingUpAttempts(String retryAfter) {
        String night = night();
        fail(Fault.of(Kind.RATE_LIMIT)
                .withPath("orders")
                .withIds("generic-csv-" + night + "-1")
                .withRetryAfter(retryAfter)
                .withCount(3));
        engine.ingestAndSettle(
                night + ".csv",
                Till.sale(night + "-1", night + "-ann", "10.00"),
                Till.refund(night + "-2", night + "-1", night + "-ann", "4.00"),
                Till.sale(night + "-3", night + "-ann", "5.00"));

        assertThat(recordsOf(night)).hasSize(3).allMatch(text -> text.endsWith("delivered"));
        assertThat(engine.ledger().mostAttempts(night + "-")).isEqualTo(1);
        engine.assertEqualBooks();
    }

    private void fail(Fault fault) {
        engine.sandbox().faults().add(fault);
    }

    private String night() {
        engine.sandbox().faults().clear();
        return "N" + ++round + "x";
    }

    private List<String> recordsOf(String night) {
        return engine.records().stream()
                .filter(text -> text.contains(night + "-"))
                .toList();
    }
}
