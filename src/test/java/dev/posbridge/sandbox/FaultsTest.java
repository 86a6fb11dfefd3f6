package dev.posbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsTest {
    private static final String ORDER = Caller.order("ann", "R-1", "10:00:00", "10");
    private static final String TWO_ORDERS = "{'body':[" + Caller.order("ann", "R-1", "10:00:00", "10") + ","
            + Caller.order("bob", "R-2", "10:00:00", "10") + "]}";

    private final Sandbox sandbox = Sandbox.start(SandboxSettings.defaults().withQuotas(SandboxSettings.QuotaRule.OFF));
    private final Caller caller = new Caller(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void failsTheNextCallsAndThenNoMore() {
        fault("{'kind':'error','status':500,'code':5003,'message':'away','count':2}");

        assertThat(caller.post("orders", ORDER).error()).isEqualTo("500/5003 away");
        assertThat(caller.get("customers/ann").error()).isEqualTo("500/5003 away");
        assertThat(caller.post("orders", ORDER).status()).isEqualTo(200);
    }

    @Test
    void failsAboutAsManyCallsAsTheRateSaysAndTheSameOnesEachTime() {
        List<Integer> failed = failedOfTwoHundred();

        assertThat(failed).hasSizeBetween(40, 80).isEqualTo(failedOfTwoHundred());
    }

    @Test
    void failsOnlyTheMethodThePathAndTheIdsItNames() {
        fault("{'kind':'error','method':'POST','path':'orders','ids':['R-1','R-9'],'status':422,'code':3009}");

        assertThat(caller.get("orders/R-1/transactions").status()).isEqualTo(200);
        assertThat(caller.post("customers", "{'customerId':'R-1'}").status()).isEqualTo(200);
        assertThat(caller.post("orders", Caller.order("ann", "R-2", "10:00:00", "1"))
                        .status())
                .isEqualTo(200);
        assertThat(caller.post("orders", Caller.order("ann", "R-1", "10:00:01", "1"))
                        .error())
                .isEqualTo("422/3009 a fault of the sandbox");
    }

    @Test
    void failsTheNamedObjectsOfABatch() {
        fault("{'kind':'error','ids':['R-1'],'message':'customer is inactive'}");
        String job = BatchJobsTest.start(caller, "batch/orders", TWO_ORDERS);

        assertThat(BatchJobsTest.ended(caller, job).at("/response/failed").toString())
                .isEqualTo("[{\"customerId\":\"ann\",\"orderId\":\"R-1\",\"message\":\"customer is inactive\"}]");
        assertThat(sandbox.book().orders()).extracting(SandboxOrder::orderId).containsExactly("R-2");
    }

    @ParameterizedTest
    @CsvSource({"before, 0", "after, 1"})
    void closesTheConnectionBeforeOrAfterTheEffect(String when, int orders) {
        fault("{'kind':'close','path':'orders','when':'" + when + "'}");

        assertThatThrownBy(() -> caller.post("orders", ORDER))
                .isInstanceOf(UncheckedIOException.class)
                .hasCauseInstanceOf(IOException.class);
        assertThat(sandbox.book().totals().orders()).isEqualTo(orders);
    }

    @ParameterizedTest
    @CsvSource({"before, 0", "after, 1"})
    void hangsBeforeOrAfterTheEffectAndAnswersOthers(String when, int orders) {
        fault("{'kind':'hang','path':'orders','when':'" + when + "'}");

        assertThatThrownBy(() -> caller.send(caller.posting("orders", ORDER).timeout(Duration.ofMillis(500))))
                .hasCauseInstanceOf(HttpTimeoutException.class);
        assertThat(sandbox.book().totals().orders()).isEqualTo(orders);
        assertThat(caller.get("customers/eve").status()).isEqualTo(404);
    }

    @Test
    void failsAfterTheEffectToo() {
        fault("{'kind':'error','when':'after','count':1}");

        assertThat(caller.post("orders", ORDER).status()).isEqualTo(503);
        assertThat(caller.post("orders", ORDER).error())
                .isEqualTo("422/9004 a transaction with id \"R-1\" exists already");
    }

    @Test
    void closesTheConnectionOverARefusalToo() {
        caller.post("orders", ORDER);
        fault("{'kind':'close','when':'after','count':1}");

        assertThatThrownBy(() -> caller.post("orders", ORDER)).hasCauseInstanceOf(IOException.class);
        assertThat(caller.get("/sandbox/state").json().at("/answers/none").asInt())
                .isEqualTo(1);
        assertThat(sandbox.book().order("R-1").orElseThrow().repeats()).isEqualTo(1);
    }

    @Test
    void cutsTheAnswerInTheMiddle() {
        fault("{'kind':'cut-answer'}");

        assertThatThrownBy(() -> caller.post("orders", ORDER)).hasCauseInstanceOf(IOException.class);
        assertThat(sandbox.book().totals().orders()).isEqualTo(1);
    }

    @Test
    void dripsTheAnswer() {
        fault("{'kind':'slow-drip','delay':'5ms'}");
        long began = System.nanoTime();

        assertThat(caller.post("customers", "{'customerId':'ann'}").text()).isEqualTo("{\"gameballId\":100001}");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(100));
    }

    @Test
    void sendsHalfADocumentAnEmptyOneOrAPageOfHtml() {
        fault("{'kind':'truncated-json','count':1}");
        fault("{'kind':'empty-json','count':1}");
        fault("{'kind':'html','count':1}");

        assertThat(caller.post("customers", "{'customerId':'ann'}").text()).isEqualTo("{\"gameball");
        assertThat(caller.post("customers", "{'customerId':'bob'}").text()).isEqualTo("{}");
        Caller.Got page = caller.post("customers", "{'customerId':'eve'}");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).startsWith("<!DOCTYPE html>");
        assertThat(page.response().headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(sandbox.book().customers())
                .extracting(SandboxCustomer::customerId)
                .containsExactly("ann", "bob");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "3600", "Sat, 31 Jan 2026 10:00:00 GMT", "soon"})
    void refusesWithAnyRetryAfter(String value) {
        fault("{'kind':'rate-limit','retryAfter':'" + value + "'}");

        Caller.Got got = caller.get("customers/ann");

        assertThat(got.error()).isEqualTo("429/429 too many requests");
        assertThat(got.response().headers().firstValue("Retry-After")).contains(value);
    }

    @Test
    void revokesTheKeyAndGivesItBack() {
        fault("{'kind':'key-revoked'}");
        assertThat(caller.get("customers/ann").error()).isEqualTo("401/1000 the API key is not valid");

        caller.delete("/sandbox/faults");
        assertThat(caller.get("customers/ann").status()).isEqualTo(404);
    }

    @Test
    void takesLonger() {
        fault("{'kind':'latency','delay':'150ms'}");
        long began = System.nanoTime();
        caller.get("customers/ann");

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofMillis(150));
    }

    @ParameterizedTest
    @CsvSource({"before, 0", "after, 2"})
    void losesAJobWithOrWithoutItsWork(String when, int orders) {
        fault("{'kind':'job-lost','when':'" + when + "'}");
        String job = BatchJobsTest.start(caller, "batch/orders", TWO_ORDERS);
        endOfAnotherJob();

        assertThat(caller.get("batches/" + job + "/status").error())
                .isEqualTo("404/404 job \"" + job + "\" is not found");
        assertThat(sandbox.book().totals().orders()).isEqualTo(orders);
    }

    @Test
    void leavesAJobStuckHalfWayUntilItIsStopped() {
        fault("{'kind':'job-stuck'}");
        String job = BatchJobsTest.start(caller, "batch/orders", TWO_ORDERS);
        endOfAnotherJob();

        assertThat(BatchJobsTest.status(caller, job).toString())
                .isEqualTo("{\"jobId\":5001,\"status\":\"running\",\"totalCount\":2,\"finishedCount\":1,"
                        + "\"errorCount\":0,\"response\":{\"successful\":[],\"failed\":[]}}");
        caller.post("batches/" + job + "/stop", "{}");
        assertThat(BatchJobsTest.status(caller, job).at("/response/successful")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"before, 0", "after, 2"})
    void saysThatAJobFailedWithOrWithoutItsWork(String when, int orders) {
        fault("{'kind':'job-failed','when':'" + when + "'}");
        String job = BatchJobsTest.start(caller, "batch/orders", TWO_ORDERS);

        assertThat(BatchJobsTest.ended(caller, job).toString())
                .isEqualTo("{\"jobId\":5001,\"status\":\"failed\",\"totalCount\":2,\"finishedCount\":2,"
                        + "\"errorCount\":2,\"response\":{\"successful\":[],\"failed\":[]}}");
        assertThat(sandbox.book().totals().orders()).isEqualTo(orders);
    }

    @Test
    void failsTheSecondHalfOfAJob() {
        fault("{'kind':'job-half-failed'}");
        String job = BatchJobsTest.start(caller, "batch/orders", TWO_ORDERS);

        assertThat(BatchJobsTest.ended(caller, job).at("/response/failed").toString())
                .isEqualTo("[{\"customerId\":\"bob\",\"orderId\":\"R-2\","
                        + "\"message\":\"internal server error, try again later\"}]");
        assertThat(sandbox.book().orders()).extracting(SandboxOrder::orderId).containsExactly("R-1");
    }

    @Test
    void shufflesAJob() {
        fault("{'kind':'job-shuffled'}");
        String ids = String.join(
                ",", IntStream.range(0, 50).mapToObj(i -> "'R-" + i + "'").toList());
        String job = BatchJobsTest.start(caller, "batch/orders/transactions", "{'body':[" + ids + "]}");

        assertThat(BatchJobsTest.ended(caller, job).at("/response/failed").findValuesAsText("customerId"))
                .hasSize(50)
                .isNotEqualTo(IntStream.range(0, 50).mapToObj(i -> "R-" + i).toList());
    }

    @Test
    void saysAWordNobodyKnows() {
        fault("{'kind':'job-unknown-status','when':'after'}");
        String job = BatchJobsTest.start(caller, "batch/orders", TWO_ORDERS);

        await().until(() ->
                BatchJobsTest.status(caller, job).get("status").asText().equals("archiving"));
        assertThat(sandbox.book().totals().orders()).isEqualTo(2);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            {'kind':'boom'}                | kind must be one of latency, error, rate-limit, key-revoked, close, hang, cut-answer, slow-drip, truncated-json, empty-json, html, job-lost, job-stuck, job-failed, job-half-failed, job-shuffled, job-unknown-status, found "boom"
            {'status':503}                 | kind is required
            {'kind':'error','rat':0.1}     | rat is not a field of this call
            {'kind':'error','when':'then'} | when must be one of before, after, found "then"
            {'kind':'error','status':700}  | status must be a whole number from 200 to 599, found 700
            {'kind':'error','rate':2}      | rate must be from 0 to 1, found 2
            {'kind':'error','ids':[1]}     | ids[0] must be a string, found 1
            {'kind':'latency','delay':'1 minute'} | delay must be a duration like 200ms, 2s or 1m, found "1 minute"
            """)
    void refusesAFaultItDoesNotUnderstand(String json, String message) {
        assertThat(caller.post("/sandbox/faults", json).error()).isEqualTo("422/3000 " + message);
        assertThat(sandbox.faults().list()).isEmpty();
    }

    @Test
    void takesFaultsAtItsStart() {
        SandboxSettings settings = SandboxSettings.defaults().withFaults(List.of(Fault.of(Fault.Kind.ERROR)));
        try (Sandbox broken = Sandbox.start(settings)) {
            assertThat(new Caller(broken).get("customers/ann").error()).isEqualTo("503/5000 a fault of the sandbox");
        }
    }

    private static List<Integer> failedOfTwoHundred() {
        SandboxSettings settings = SandboxSettings.defaults()
                .withQuotas(SandboxSettings.QuotaRule.OFF)
                .withFaults(List.of(Fault.of(Fault.Kind.ERROR).withRate(0.3)));
        try (Sandbox shaky = Sandbox.start(settings)) {
            Caller other = new Caller(shaky);
            return IntStream.range(0, 200)
                    .filter(i -> other.get("customers/ann").status() == 503)
                    .boxed()
                    .toList();
        }
    }

    private void fault(String json) {
        Caller.Got got = caller.post("/sandbox/faults", json);
        assertThat(got.status()).as(got.text()).isEqualTo(200);
    }

    /** Jobs run one after another: when a later one has ended, the earlier one has had its turn. */
    private void endOfAnotherJob() {
        sandbox.faults().clear();
        BatchJobsTest.ended(caller, BatchJobsTest.start(caller, "batch/customers", "{'body':[{'customerId':'z'}]}"));
    }
}
