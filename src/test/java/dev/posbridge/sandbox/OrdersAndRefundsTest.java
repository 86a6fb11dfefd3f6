package dev.posbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OrdersAndRefundsTest {
    private final Sandbox sandbox = Sandbox.start(SandboxSettings.defaults());
    private final Caller caller = new Caller(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void createsAnUnknownCustomerWithTheOrder() {
        Caller.Got got = caller.post("orders", Caller.order("ann", "R-1", "10:00:00", "12.50"));

        assertThat(got.json())
                .isEqualTo(Caller.tree(
                        "{\"customerId\":\"ann\",\"redeemedPoints\":0,\"rewardedPoints\":12,\"lineItems\":[]}"));
        assertThat(sandbox.book().customer("ann").orElseThrow().createdBy()).isEqualTo("order");
        assertThat(sandbox.book().order("R-1").orElseThrow().totalPaid()).isEqualByComparingTo("12.50");
    }

    @Test
    void refusesAnOrderIdThatWasUsedAndCountsTheAttempt() {
        caller.post("orders", Caller.order("ann", "R-1", "10:00:00", "12.50"));

        assertThat(caller.post("orders", Caller.order("ann", "R-1", "10:00:00", "12.50"))
                        .error())
                .isEqualTo("422/9004 a transaction with id \"R-1\" exists already");
        assertThat(sandbox.book().order("R-1").orElseThrow().repeats()).isEqualTo(1);
        assertThat(sandbox.book().totals().repeatedOrderIds()).containsExactly("R-1");
    }

    @Test
    void takesOrderIdsThatDifferInCaseForTwo() {
        caller.post("orders", Caller.order("ann", "R-1", "10:00:00", "1"));

        assertThat(caller.post("orders", Caller.order("ann", "r-1", "10:00:01", "1"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void refusesEqualTimesOfOneCustomerOverOrdersAndRefunds() {
        caller.post("orders", Caller.order("ann", "R-1", "10:00:00.000", "5"));

        assertThat(caller.post("orders", Caller.order("ann", "R-2", "10:00:00", "5"))
                        .error())
                .isEqualTo("422/9003 a transaction of customer \"ann\" with time 2026-01-31T10:00:00Z exists already");
        assertThat(caller.post("orders", Caller.order("ann", "R-2", "10:00:00.001", "5"))
                        .status())
                .isEqualTo(200);
        assertThat(caller.post("orders", Caller.order("bob", "R-3", "10:00:00", "5"))
                        .status())
                .isEqualTo(200);
        caller.post("transactions/refund", Caller.refund("ann", "F-1", "R-1", "10:00:00", "1"));
        assertThat(caller.post("transactions/refund", Caller.refund("ann", "F-2", "R-1", "10:00:00", "1"))
                        .error())
                .isEqualTo("422/9003 a transaction of customer \"ann\" with time 2026-02-01T10:00:00Z exists already");
    }

    @Test
    void refundsInPartsUntilNothingIsLeft() {
        caller.post("orders", Caller.order("ann", "R-1", "10:00:00", "10.00"));

        Caller.Got part = caller.post("transactions/refund", Caller.refund("ann", "F-1", "R-1", "10:00:00", "3.33"));
        assertThat(part.json())
                .isEqualTo(
                        Caller.tree(
                                """
                        {"gameballTransactionId":"11000006","refundTransactionId":"F-1","refundAmount":3.33,
                         "refundEquivalentPoints":3}
                        """));
        assertThat(caller.post("transactions/refund", Caller.refund("ann", "F-2", "R-1", "10:00:01", "6.68"))
                        .error())
                .isEqualTo("422/9000 refundAmount 6.68 is more than what is left of order \"R-1\": 6.67");
        Caller.Got rest = caller.post("transactions/refund", Caller.refund("ann", "F-2", "R-1", "10:00:01", "null"));
        assertThat(rest.json().get("refundAmount").decimalValue()).isEqualByComparingTo("6.67");
        assertThat(rest.json().get("refundEquivalentPoints").asInt()).isEqualTo(7);
        assertThat(caller.post("transactions/refund", Caller.refund("ann", "F-3", "R-1", "10:00:02", "null"))
                        .error())
                .isEqualTo("422/9001 order \"R-1\" is refunded already");
        assertThat(sandbox.book().customer("ann").orElseThrow().pointsBalance()).isZero();
        assertThat(sandbox.book().totals().totalRefunded()).isEqualByComparingTo("10");
    }

    @Test
    void refusesARefundIdThatWasUsed() {
        caller.post("orders", Caller.order("ann", "R-1", "10:00:00", "10.00"));
        caller.post("transactions/refund", Caller.refund("ann", "F-1", "R-1", "10:00:00", "1"));

        assertThat(caller.post("transactions/refund", Caller.refund("ann", "F-1", "R-1", "10:00:00", "1"))
                        .error())
                .isEqualTo("422/9004 a transaction with id \"F-1\" exists already");
        assertThat(sandbox.book().refunds()).hasSize(1);
        assertThat(sandbox.book().totals().repeatedRefundIds()).containsExactly("F-1");
    }

    @Test
    void doesNotFindTheOrderOfSomebodyElse() {
        caller.post("orders", Caller.order("ann", "R-1", "10:00:00", "10.00"));

        assertThat(caller.post("transactions/refund", Caller.refund("ann", "F-1", "R-2", "10:00:00", "1"))
                        .error())
                .isEqualTo("404/9005 order \"R-2\" of customer \"ann\" is not found");
        assertThat(caller.post("transactions/refund", Caller.refund("bob", "F-1", "R-1", "10:00:00", "1"))
                        .error())
                .isEqualTo("404/9005 order \"R-1\" of customer \"bob\" is not found");
    }

    @Test
    void tellsAnOrdersHistory() {
        caller.post("orders", Caller.order("ann", "R/1", "10:00:00", "10.50"));
        caller.post("transactions/refund", Caller.refund("ann", "F-1", "R/1", "11:00:00", "0.50"));

        assertThat(caller.get("orders/R%2F1/transactions").json())
                .isEqualTo(
                        Caller.tree(
                                """
                        {"transactions":[
                          {"transactionDate":"2026-01-31T10:00:00Z","gameballTransactionId":11000004,
                           "transactionType":"Payment","amount":10.50,"transactionId":"R/1","equivalentPoints":0},
                          {"transactionDate":"2026-01-31T10:00:00Z","gameballTransactionId":11000005,
                           "transactionType":"PaymentReward","amount":10.50,"transactionId":"R/1",
                           "equivalentPoints":10},
                          {"transactionDate":"2026-02-01T11:00:00Z","gameballTransactionId":11000006,
                           "transactionType":"PartialRefund","amount":0.50,"transactionId":"F-1",
                           "equivalentPoints":0}],
                         "count":3}
                        """));
    }

    @Test
    void hasAnEmptyHistoryForAnUnknownOrderAndForOneThatEarnedNothing() {
        caller.post("orders", Caller.order("ann", "R-1", "10:00:00", "0.50"));

        assertThat(caller.get("orders/R-1/transactions").text()).isEqualTo("{\"transactions\":[],\"count\":0}");
        assertThat(caller.get("orders/R-2/transactions").text()).isEqualTo("{\"transactions\":[],\"count\":0}");
    }

    @Test
    void countsEverythingThatArrivesInOneSequence() {
        caller.post("customers", "{'customerId':'ann'}");
        caller.post("orders", Caller.order("ann", "R-1", "10:00:00", "10"));
        caller.post("transactions/refund", Caller.refund("ann", "F-1", "R-1", "10:00:00", "1"));
        caller.post("events", "{'customerId':'ann','events':{'visit':{}}}");

        assertThat(sandbox.book().customers().get(0).sequence()).isEqualTo(1);
        assertThat(sandbox.book().orders().get(0).sequence()).isEqualTo(2);
        assertThat(sandbox.book().refunds().get(0).sequence()).isEqualTo(3);
        assertThat(sandbox.book().events().get(0).sequence()).isEqualTo(4);
    }
}
