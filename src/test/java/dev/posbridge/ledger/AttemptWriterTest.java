package dev.posbridge.ledger;

import static dev.posbridge.ledger.LedgerFixture.sale;
import static org.assertj.core.api.Assertions.assertThat;

import dev.posbridge.Answered;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of attempts, how much of it, and for how long. */
class AttemptWriterTest {
    private LedgerFixture ledger;

    @BeforeEach
    void open(@TempDir Path folder) {
        ledger = LedgerFixture.in(folder);
        ledger.give("1", sale("R1", "ann", "1.00"), sale("R2", "bob", "2.00"));
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void keepsTheTwentyNewestOfARecord() {
        for (int n = 1; n <= 30; n++) {
            fail("R1", "request " + n);
        }
        fail("R2", "another");

        assertThat(requests("R1"))
                .hasSize(AttemptWriter.KEPT)
                .startsWith("request 11")
                .endsWith("request 30");
        assertThat(requests("R2")).containsExactly("another");
    }

    @Test
    void writesNothingOfAnAttemptThatDelivered() {
        settle("R1", Outcome.delivered(null).calling("POST orders"));
        assertThat(requests("R1")).isEmpty();
    }

    @Test
    void cutsWhatAServerMayWriteWithoutEnd() {
        settle(
                "R1",
                Outcome.again(0)
                        .because("x".repeat(5_000), new Answered(500, null, "r".repeat(5_000)))
                        .calling("POST orders"));
        assertThat(requests("R1")).singleElement().satisfies(id -> assertThat(id)
                .hasSize(203));
    }

    @Test
    void goesWithTheTextsOfARecordThatIsPastItsDays() {
        fail("R1", "r1");
        fail("R2", "r2");
        settle("R1", Outcome.delivered(null));
        RetentionBook retention = new RetentionBook(ledger.database());
        retention.begin();
        while (retention.step(Instant.now().plusSeconds(60), null)) {
            // another step
        }

        assertThat(requests("R1")).isEmpty();
        assertThat(requests("R2")).containsExactly("r2");
    }

    @Test
    void goesWithAPersonWhoIsForgotten() {
        fail("R1", "r1");
        fail("R2", "r2");
        new ForgetBook(ledger.database()).erase(new Person("ann", Set.of(), Set.of()));

        List<String> left = ledger.database().read(handle -> handle.select("select request_id from attempt")
                .mapTo(String.class)
                .list());
        assertThat(left).containsExactly("r2");
    }

    private void fail(String key, String request) {
        settle(
                key,
                Outcome.again(0).because("no", new Answered(503, 5000, request)).calling("POST orders"));
    }

    private void settle(String key, Outcome outcome) {
        ledger.database().update(handle -> Settling.settle(handle, id(key), outcome));
    }

    private long id(String key) {
        return new TraceBook(ledger.database()).byReceipt(key).get(0).id();
    }

    private List<String> requests(String key) {
        return ledger.database().read(handle -> handle.select(
                        "select request_id from attempt where record_id = ? order by number", id(key))
                .mapTo(String.class)
                .list());
    }
}
