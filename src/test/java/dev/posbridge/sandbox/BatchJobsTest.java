package dev.posbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BatchJobsTest {
    private static final Set<String> ENDS = Set.of("completed", "failed", "stopped");
    private static final String ORDERS = "{'body':["
            + Caller.order("ann", "R-1", "10:00:00", "10") + ","
            + Caller.order("ann", "R-1", "10:00:00", "10") + ","
            + Caller.order("bob", "R-2", "10:00:00", "-5") + ","
            + Caller.order("bob", "R-3", "10:00:00", "5") + "]}";

    @Test
    void tellsEachOrdersFateInTheFirstShape() {
        try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults())) {
            Caller caller = new Caller(sandbox);

            assertThat(ended(caller, start(caller, "batch/orders", ORDERS)))
                    .isEqualTo(
                            Caller.tree(
                                    """
                            {"jobId":5001,"status":"completed","totalCount":4,"finishedCount":4,"errorCount":2,
                             "response":{
                              "successful":[{"customerId":"ann","orderId":"R-1"},{"customerId":"bob","orderId":"R-3"}],
                              "failed":[
                               {"customerId":"ann","orderId":"R-1",
                                "message":"a transaction with id \\"R-1\\" exists already"},
                               {"customerId":"bob","orderId":"R-2",
                                "message":"totalPaid must not be negative, found -5"}]}}
                            """));
            assertThat(sandbox.book().orders()).extracting(SandboxOrder::jobId).containsExactly(5001L, 5001L);
            assertThat(sandbox.book().totals().points()).isEqualTo(15);
        }
    }

    @Test
    void tellsOnlyCustomerIdsInTheSecondShape() {
        SandboxSettings settings = SandboxSettings.defaults()
                .withJobStatusShape(SandboxSettings.JobStatusShape.PROCESSED_ITEMS)
                .withJobEntryNames(SandboxSettings.JobEntryNames.BY_CUSTOMER_ID_ONLY);
        try (Sandbox sandbox = Sandbox.start(settings)) {
            Caller caller = new Caller(sandbox);

            assertThat(ended(caller, start(caller, "batch/orders", ORDERS)))
                    .isEqualTo(
                            Caller.tree(
                                    """
                            {"batchId":"5001","status":"completed","progress":100,"totalItems":4,"processedItems":4,
                             "failedItems":2,
                             "results":[{"customerId":"ann"},{"customerId":"bob"}],
                             "errors":[
                              {"customerId":"ann","error":"a transaction with id \\"R-1\\" exists already"},
                              {"customerId":"bob","error":"totalPaid must not be negative, found -5"}]}
                            """));
        }
    }

    @Test
    void alternatesShapesFromJobToJob() {
        SandboxSettings settings =
                SandboxSettings.defaults().withJobStatusShape(SandboxSettings.JobStatusShape.ALTERNATE);
        try (Sandbox sandbox = Sandbox.start(settings)) {
            Caller caller = new Caller(sandbox);

            assertThat(ended(caller, start(caller, "batch/orders", ORDERS)).has("finishedCount"))
                    .isTrue();
            assertThat(ended(caller, start(caller, "batch/orders", ORDERS)).has("processedItems"))
                    .isTrue();
        }
    }

    @Test
    void findsEveryOrderByIdAlsoOneThatEarnedNothing() {
        try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults())) {
            Caller caller = new Caller(sandbox);
            caller.post("orders", Caller.order("ann", "R-1", "10:00:00", "0.50"));

            assertThat(ended(caller, start(caller, "batch/orders/transactions", "{'body':['R-1','r-1']}"))
                            .get("response"))
                    .isEqualTo(
                            Caller.tree(
                                    """
                            {"successful":[{"customerId":"R-1","transactions":[
                               {"transactionDate":"2026-01-31T10:00:00Z","gameballTransactionId":11000004,
                                "transactionType":"Payment","amount":0.50,"transactionId":"R-1","equivalentPoints":0}],
                               "count":1}],
                             "failed":[{"customerId":"r-1","message":"order is not found"}]}
                            """));
        }
    }

    @Test
    void savesCustomersKeepsEventsAndAnswersBalances() {
        try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults())) {
            Caller caller = new Caller(sandbox);

            ended(caller, start(caller, "batch/customers", "{'body':[{'customerId':'ann'},{'customerId':'bob'}]}"));
            ended(caller, start(caller, "batch/events", "{'body':[{'customerId':'ann','events':{'visit':{}}}]}"));
            JsonNode balances = ended(
                            caller,
                            start(
                                    caller,
                                    "batch/balance-inquiry",
                                    "{'body':[{'customerId':'ann'},{'customerId':'eve'}]}"))
                    .get("response");

            assertThat(sandbox.book().customers())
                    .extracting(SandboxCustomer::customerId)
                    .containsExactly("ann", "bob");
            assertThat(sandbox.book().events()).hasSize(1);
            assertThat(balances.at("/successful/0/totalPointsBalance").asInt(-1))
                    .isZero();
            assertThat(balances.at("/failed/0").toString())
                    .isEqualTo("{\"customerId\":\"eve\",\"message\":\"customer \\\"eve\\\" is not found\"}");
        }
    }

    @Test
    void doesNothingMoreOnceAJobIsStopped() {
        SandboxSettings settings = SandboxSettings.defaults().withJobLatency(Duration.ofHours(1));
        try (Sandbox sandbox = Sandbox.start(settings)) {
            Caller caller = new Caller(sandbox);
            String job = start(caller, "batch/orders", ORDERS);

            assertThat(status(caller, job).get("status").asText()).isEqualTo("queued");
            assertThat(caller.send(caller.request("batches/" + job + "/stop").POST(HttpRequest.BodyPublishers.noBody()))
                            .text())
                    .isEqualTo("{\"batchId\":\"5001\",\"status\":\"stopped\",\"message\":\"Batch operation stopped\"}");
            assertThat(status(caller, job).get("status").asText()).isEqualTo("stopped");
            assertThat(caller.post("batches/" + job + "/stop", "{}")
                            .json()
                            .get("message")
                            .asText())
                    .isEqualTo("Batch operation has ended before");
            assertThat(sandbox.book().totals().orders()).isZero();
        }
    }

    @Test
    void doesNotKnowAJobThatWasNeverStarted() {
        try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults())) {
            Caller caller = new Caller(sandbox);

            assertThat(caller.get("batches/17/status").error()).isEqualTo("404/404 job \"17\" is not found");
            assertThat(caller.get("batches/x/status").error()).isEqualTo("404/404 job \"x\" is not found");
        }
    }

    static String start(Caller caller, String path, String body) {
        Caller.Got got = caller.post(path, body);
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        return got.json().get("jobId").asText();
    }

    static JsonNode status(Caller caller, String job) {
        return caller.get("batches/" + job + "/status").json();
    }

    static JsonNode ended(Caller caller, String job) {
        return await().pollDelay(Duration.ofMillis(30))
                .until(
                        () -> status(caller, job),
                        status -> ENDS.contains(status.path("status").asText()));
    }
}
