package dev.posbridge.ledger;

import static dev.posbridge.ledger.LedgerFixture.deadSale;
import static dev.posbridge.ledger.LedgerFixture.sale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posbridge.ledger.segment.DamagedSegmentException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What counts and states say against each other is told, and a damaged state is believed by nobody. */
class LedgerCheckTest {
    private LedgerFixture ledger;
    private JobBook jobs;

    @BeforeEach
    void open(@TempDir Path folder) {
        ledger = LedgerFixture.in(folder);
        jobs = new JobBook(ledger.database());
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void findsNothingWhateverBecameOfTheSales() {
        ledger.give("1", sales("R", 30));
        ledger.reject(ledger.stage("2", sales("S", 30)));
        ledger.give("3", deadSale("D", "ann", "1.00"));
        ledger.stage("4", sales("T", 30));
        assertThat(ledger.problems()).isEmpty();

        Job job = LedgerFixture.claim(jobs);
        assertThat(ledger.problems()).isEmpty();
        List<JobOutcome> outcomes = new ArrayList<>(
                jobs.carried(job).stream().map(JobOutcome::delivered).toList());
        outcomes.subList(0, 3).clear();
        jobs.settle(job, outcomes, 0, "completed");
        assertThat(ledger.problems()).isEmpty();

        LedgerCheck.Result result = new LedgerCheck(ledger.database()).check();
        assertThat(result.segments()).isEqualTo(2);
        assertThat(result.sales()).isEqualTo(57);
    }

    @Test
    void tellsOfACountThatIsNotThatOfTheStates() {
        ledger.give("1", sales("R", 30));
        ledger.database().update(handle -> handle.execute("update segment_state set open = 29"));

        assertThat(ledger.problems())
                .containsExactly("segment 1: 30 of its sales wait or are being sent, counted were 29");
    }

    @Test
    void tellsOfAStateThatIsNotWhatWasStored() {
        ledger.give("1", sales("R", 30));
        ledger.database().update(handle -> handle.select("select id, states from segment_state")
                .map((row, context) -> Map.entry(row.getLong(1), row.getBytes(2)))
                .list()
                .forEach(segment -> {
                    segment.getValue()[0] = 4;
                    handle.execute(
                            "update segment_state set states = ? where id = ?", segment.getValue(), segment.getKey());
                }));

        assertThat(ledger.problems())
                .containsExactly("segment 1: found another checksum of its states than was stored. "
                        + "The ledger is damaged there; restore it from a backup.");
        assertThatThrownBy(() -> LedgerFixture.claim(jobs)).isInstanceOf(DamagedSegmentException.class);
    }

    @Test
    void tellsOfASaleThatIsInTwoPlaces() {
        ledger.give("1", sales("R", 30));
        ledger.database()
                .update(
                        handle -> handle.execute(
                                "insert into record (id, file_id, identity_id, kind, key, lane, state, "
                                        + "amount_e4, meaning, content, happened_at, line, revision) values (5,1,1,1,'X',0,4,0,0,0,0,1,5)"));

        assertThat(ledger.problems()).containsExactly("record 5: it has a row, and its segment says another state");
    }

    @Test
    void tellsOfASaleInTheHandsOfAJobThatIsOver() {
        ledger.give("1", sales("R", 25));
        LedgerFixture.claim(jobs);
        ledger.database().update(handle -> handle.execute("update job set state = 1"));

        assertThat(ledger.problems()).hasSize(25).startsWith("record 1: it is in the hands of job 1, which is over");
    }

    @Test
    void tellsOfAFileThatCountsAsSettledAndIsNot() {
        ledger.give("1", sales("R", 25));
        ledger.database().update(handle -> handle.execute("update file set state = 2"));

        assertThat(ledger.problems()).containsExactly("1: the file counts as settled, but sales of it wait");
    }

    private static Entry[] sales(String key, int count) {
        Entry[] sales = new Entry[count];
        for (int n = 0; n < count; n++) {
            sales[n] = sale(key + n, "customer" + n, "1.00");
        }
        return sales;
    }
}
