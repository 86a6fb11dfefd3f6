package dev.posbridge.gameball;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posbridge.gameball.JobStatus.State;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobStatusTest {
    private final Answers answers = new Answers();

    @ParameterizedTest
    @CsvSource({
        "queued, QUEUED, false",
        "pending, QUEUED, false",
        "running, RUNNING, false",
        "processing, RUNNING, false",
        "completed, COMPLETED, true",
        "Completed, COMPLETED, true",
        "failed, FAILED, true",
        "stopped, STOPPED, true",
        "resting, UNKNOWN, false"
    })
    void understandsBothVocabularies(String word, State state, boolean terminal) {
        JobStatus status = read("{\"status\": \"" + word + "\"}");

        assertThat(status).isEqualTo(new JobStatus(null, state, word, -1, -1, -1, List.of(), List.of()));
        assertThat(state.isTerminal()).isEqualTo(terminal);
    }

    @Test
    void isOfTheJobThatItNames() {
        assertThat(read("{\"status\": \"completed\", \"jobId\": 7}").mayBeOf("7"))
                .isTrue();
        assertThat(read("{\"status\": \"completed\", \"jobId\": 7}").mayBeOf("8"))
                .isFalse();
        assertThat(read("{\"status\": \"completed\", \"batchId\": \"7\"}").mayBeOf("8"))
                .isFalse();
        assertThat(read("{\"status\": \"completed\", \"batchId\": \"b-7\"}").mayBeOf("8"))
                .isTrue();
        assertThat(read("{\"status\": \"completed\"}").mayBeOf("8")).isTrue();
    }

    @Test
    void readsTheShapeWithAResponse() {
        JobStatus status = read(
                """
                {"status": "completed", "totalCount": 3, "finishedCount": 2, "errorCount": 1, "response": {
                  "successful": [{"customerId": "c1", "orderId": "o1"}, {"customerId": "c2"}],
                  "failed": [{"customerId": "c3", "error": "channel is invalid"}]}}
                """);

        assertThat(status)
                .isEqualTo(new JobStatus(
                        null,
                        State.COMPLETED,
                        "completed",
                        3,
                        2,
                        1,
                        List.of(entry("c1", "o1", null), entry("c2", null, null)),
                        List.of(entry("c3", null, "channel is invalid"))));
    }

    @Test
    void readsTheShapeWithResultsAndErrors() {
        JobStatus status = read(
                """
                {"batchId": "7", "status": "processing", "progress": 50, "totalItems": 2, "processedItems": 1,
                 "failedItems": 1, "results": ["c1"], "errors": [{"orderId": "o2", "message": "no"}]}
                """);

        assertThat(status)
                .isEqualTo(new JobStatus(
                        "7",
                        State.RUNNING,
                        "processing",
                        2,
                        1,
                        1,
                        List.of(entry("c1", null, null)),
                        List.of(entry(null, "o2", "no"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"customerId\": \"o1\", \"transactions\": [%s]}",
                "{\"customerId\": \"o1\", \"response\": {\"count\": 1, \"transactions\": [%s]}}"
            })
    void findsAnOrdersHistoryWhereverItLies(String entry) {
        String payment = "{\"transactionType\": \"Payment\", \"amount\": 12.5, \"transactionId\": \"o1\"}";
        JobStatus status = read("{\"status\": \"completed\", \"response\": {\"successful\": ["
                + entry.formatted(payment) + "], \"failed\": null}}");

        assertThat(status.successful())
                .containsExactly(new JobEntry(
                        "o1",
                        null,
                        null,
                        List.of(new OrderTransaction(null, "Payment", new BigDecimal("12.5"), "o1", null))));
    }

    @Test
    void toleratesEntriesOfAnyShape() {
        JobStatus status = read("{\"status\": \"failed\", \"response\": {\"failed\": [null, 5, [], {},"
                + " {\"error\": {\"message\": \"deep\"}}, {\"transactions\": \"none\"}]}}");

        assertThat(status.failed())
                .containsExactly(
                        entry(null, null, null),
                        entry("5", null, null),
                        entry(null, null, null),
                        entry(null, null, null),
                        entry(null, null, "deep"),
                        entry(null, null, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"totalCount\": 5}",
                "{\"status\": null}",
                "{\"status\": \"completed\", \"response\": {\"successful\": [{\"transactions\": [5]}]}}"
            })
    void isUnclearWithoutAStateOrWithAHistoryThatIsNone(String body) {
        assertThat(answers.judge(200, body, null, JobStatus.class).meaning()).isEqualTo(Meaning.UNCLEAR);
    }

    private JobStatus read(String body) {
        return answers.judge(200, body, null, JobStatus.class).orThrow("job 7");
    }

    private static JobEntry entry(String customerId, String orderId, String message) {
        return new JobEntry(customerId, orderId, message, List.of());
    }
}
