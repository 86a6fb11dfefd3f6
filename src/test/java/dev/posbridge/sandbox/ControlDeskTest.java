package dev.posbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posbridge.ConfigurationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ControlDeskTest {
    private final HandMovedTime time = new HandMovedTime();
    private final Sandbox sandbox = Sandbox.start(SandboxSettings.defaults(), time.time());
    private final Caller caller = new Caller(sandbox);

    @BeforeEach
    void doALittleOfEverything() {
        caller.post("customers", "{'customerId':'ann'}");
        caller.post("orders", Caller.order("ann", "R-1", "10:00:00", "10.10"));
        caller.post("orders", Caller.order("ann", "R-1", "10:00:00", "10.10"));
        caller.post("transactions/refund", Caller.refund("ann", "F-1", "R-1", "10:00:00", "0.20"));
        caller.post("events", "{'customerId':'ann','events':{'visit':{}}}");
        caller.get("nowhere");
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void tellsWhatItHoldsAndSaw() {
        assertThat(caller.get("/sandbox/state").json())
                .isEqualTo(
                        Caller.tree(
                                """
                        {"orders":1,"refunds":1,"customers":1,"events":1,"totalPaid":"10.10","totalRefunded":"0.20",
                         "points":10,"repeatedOrders":1,"repeatedRefunds":0,"repeatedOrderIds":["R-1"],
                         "repeatedRefundIds":[],
                         "calls":{"POST customers":1,"POST events":1,"POST orders":2,"POST transactions/refund":1,
                                  "unknown":1},
                         "answers":{"200":4,"404":1,"422":1}}
                        """));
    }

    @Test
    void listsEverythingALineEach() {
        assertThat(caller.get("/sandbox/orders").text())
                .isEqualTo(
                        """
                        {"sequence":2,"arrivedAt":"2026-01-31T10:00:00Z","orderId":"R-1","customerId":"ann",\
                        "orderDate":"2026-01-31T10:00:00Z","totalPaid":"10.10","refunded":"0.20","rewardedPoints":10,\
                        "redeemedPoints":0,"branch":null,"lineItems":0,"jobId":null,"repeats":1}
                        """);
        assertThat(caller.get("/sandbox/refunds").text())
                .isEqualTo(
                        """
                        {"sequence":3,"arrivedAt":"2026-01-31T10:00:00Z","refundId":"F-1","orderId":"R-1",\
                        "customerId":"ann","transactionTime":"2026-02-01T10:00:00Z","amount":"0.20","points":0,\
                        "lineItems":0,"repeats":0}
                        """);
        assertThat(caller.get("/sandbox/customers").text())
                .isEqualTo(
                        """
                        {"sequence":1,"arrivedAt":"2026-01-31T10:00:00Z","customerId":"ann","gameballId":100001,\
                        "createdBy":"customer","email":null,"mobile":null,"displayName":null,"guest":false,\
                        "updates":0,"orders":1,"pointsBalance":10}
                        """);
        assertThat(caller.get("/sandbox/events").text())
                .isEqualTo(
                        """
                        {"sequence":4,"arrivedAt":"2026-01-31T10:00:00Z","customerId":"ann","name":"visit"}
                        """);
    }

    @Test
    void listsMoreThanAPage() {
        StringBuilder customers = new StringBuilder("{'body':[{'customerId':'c0'}");
        for (int i = 1; i < 1_000; i++) {
            customers.append(",{'customerId':'c").append(i).append("'}");
        }
        BatchJobsTest.ended(
                caller,
                BatchJobsTest.start(
                        caller, "batch/customers", customers.append("]}").toString()));

        assertThat(caller.get("/sandbox/customers").text().lines())
                .hasSize(1_001)
                .last()
                .asString()
                .contains("\"c999\"");
    }

    @Test
    void listsTheLastCalls() {
        assertThat(caller.get("/sandbox/calls").json().get(2).toString())
                .isEqualTo("{\"at\":\"2026-01-31T10:00:00Z\",\"method\":\"POST\","
                        + "\"path\":\"/api/v4.0/integrations/orders\",\"status\":\"422\"}");
        assertThat(caller.get("/sandbox/calls").json()).hasSize(6);
    }

    @Test
    void forgetsEverythingButTheFaults() {
        caller.post("/sandbox/faults", "{'kind':'error','path':'nowhere'}");
        caller.delete("/sandbox/state");

        assertThat(caller.get("/sandbox/state").json())
                .isEqualTo(
                        Caller.tree(
                                """
                        {"orders":0,"refunds":0,"customers":0,"events":0,"totalPaid":"0","totalRefunded":"0",
                         "points":0,"repeatedOrders":0,"repeatedRefunds":0,"repeatedOrderIds":[],
                         "repeatedRefundIds":[],"calls":{},"answers":{}}
                        """));
        assertThat(caller.get("/sandbox/faults").json())
                .isEqualTo(
                        Caller.tree(
                                """
                        {"faults":[{"kind":"error","when":"before","method":null,"path":"nowhere","rate":1.0,
                          "count":null,"status":503,"code":5000,"message":null,"delay":"1000ms","retryAfter":null,
                          "ids":[]}]}
                        """));
        assertThat(caller.post("orders", Caller.order("ann", "R-1", "10:00:00", "10.10"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void explainsItself() {
        assertThat(caller.withHeader("APIKey", "").get("/sandbox/").text())
                .startsWith("This is the Posbridge sandbox, a stand-in for Gameball.");
        assertThat(caller.get("/sandbox/order").error())
                .isEqualTo("404/404 \"GET order\" is no call of the sandbox: GET /sandbox/ lists them");
    }

    @Test
    void saysThatItsPortIsTaken() {
        int port = sandbox.uri().getPort();

        assertThatThrownBy(() -> Sandbox.start(SandboxSettings.defaults().withPort(port)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("sandbox port " + port + ": Address already in use, expected a free port. Name another one,"
                        + " or 0 for any free one, or end the program that listens there.");
    }
}
