package dev.posbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CustomersTest {
    private final Sandbox sandbox = Sandbox.start(SandboxSettings.defaults());
    private final Caller caller = new Caller(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void doesNotKnowACustomerNobodySaved() {
        assertThat(caller.get("customers/ann/balance").error()).isEqualTo("404/7000 customer \"ann\" is not found");
        assertThat(caller.get("customers/ann").error()).isEqualTo("404/7000 customer \"ann\" is not found");
    }

    @Test
    void createsThenUpdatesACustomer() {
        caller.post(
                "customers",
                "{'customerId':'ann','mobile':'+447700900123','customerAttributes':{'displayName':'Ann','custom':{}}}");
        Caller.Got again = caller.post("customers", "{'customerId':'ann','email':'ann@example.org'}");

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text()).isEqualTo("{\"gameballId\":100001}");
        SandboxCustomer ann = sandbox.book().customer("ann").orElseThrow();
        assertThat(ann.displayName()).isEqualTo("Ann");
        assertThat(ann.mobile()).isEqualTo("+447700900123");
        assertThat(ann.email()).isEqualTo("ann@example.org");
        assertThat(ann.updates()).isEqualTo(1);
        assertThat(ann.createdBy()).isEqualTo("customer");
    }

    @Test
    void decodesTheCustomerIdInThePath() {
        caller.post("customers", "{'customerId':'a/b c+d'}");

        assertThat(caller.get("customers/a%2Fb%20c+d/balance").status()).isEqualTo(200);
        assertThat(caller.get("customers/a%2Fb%20c+d").json().get("customerId").asText())
                .isEqualTo("a/b c+d");
    }

    @Test
    void answersEveryFieldOfABalance() {
        caller.post("orders", Caller.order("ann", "R-1", "10:00:00", "25.99"));

        assertThat(caller.get("customers/ann/balance").json())
                .isEqualTo(
                        Caller.tree(
                                """
                        {"totalPointsBalance":25,"totalPointsValue":0.25,"availablePointsBalance":25,
                         "availablePointsValue":0.25,"pendingPoints":0,"pendingPointsValue":0,"currency":"USD",
                         "pointsName":"Points","nextExpiringPointsAmount":0,"nextExpiringPointsValue":0,
                         "nextExpiringPointsDate":"2099-12-31T00:00:00","totalEarnedPoints":25}
                        """));
    }

    @Test
    void alternatesBetweenTheTwoDocumentedAnswersWhenAskedTo() {
        SandboxSettings settings =
                SandboxSettings.defaults().withCustomerAnswer(SandboxSettings.CustomerAnswer.ALTERNATE);
        try (Sandbox alternating = Sandbox.start(settings)) {
            Caller other = new Caller(alternating);

            assertThat(other.post("customers", "{'customerId':'ann'}").json().has("gameballId"))
                    .isTrue();
            assertThat(other.post("customers", "{'customerId':'ann'}").json().fieldNames())
                    .toIterable()
                    .containsExactly("customerId", "name", "email", "mobile", "createdAt");
        }
    }

    @Test
    void refusesAReferralCodeThatIsNobodys() {
        caller.post("customers", "{'customerId':'ann'}");
        String code = caller.get("customers/ann").json().get("referralCode").asText();

        assertThat(caller.post("customers", "{'customerId':'bob','referrerCode':'" + code + "'}")
                        .status())
                .isEqualTo(200);
        assertThat(caller.post("customers", "{'customerId':'eve','referrerCode':'GB999999'}")
                        .error())
                .isEqualTo("422/7002 referrerCode \"GB999999\" is not valid");
        assertThat(sandbox.book().customer("eve")).isEmpty();
    }

    @Test
    void keepsEventsInOrderAndCreatesTheirCustomer() {
        Caller.Got got = caller.post("events", "{'customerId':'ann','events':{'visit':{},'review':{'stars':{'n':5}}}}");

        assertThat(got.text()).isEqualTo("{\"success\":true,\"message\":\"Events processed\"}");
        assertThat(sandbox.book().events()).extracting(SandboxEvent::name).containsExactly("visit", "review");
        assertThat(sandbox.book().customer("ann").orElseThrow().createdBy()).isEqualTo("event");
    }

    @Test
    void demandsTheMergingIdentifierOnEveryCallAboutACustomer() {
        try (Sandbox merging = Sandbox.start(SandboxSettings.defaults().withMerging(Merging.MOBILE))) {
            Caller other = new Caller(merging);
            String demanded = "422/3000 mobile is required: this account merges channels by it";

            assertThat(other.post("customers", "{'customerId':'ann','email':'a@example.org'}")
                            .error())
                    .isEqualTo(demanded);
            assertThat(other.post("orders", Caller.order("ann", "R-1", "10:00:00", "1"))
                            .error())
                    .isEqualTo(demanded);
            assertThat(other.post("transactions/refund", Caller.refund("ann", "F-1", "R-1", "10:00:00", "1"))
                            .error())
                    .isEqualTo(demanded);
            assertThat(other.post("events", "{'customerId':'ann','events':{'visit':{}}}")
                            .error())
                    .isEqualTo(demanded);
            assertThat(other.post(
                                    "transactions/hold",
                                    "{'customerId':'ann','transactionTime':'2026-01-31T10:00:00Z','pointsToHold':1}")
                            .error())
                    .isEqualTo(demanded);
            assertThat(other.post("customers", "{'customerId':'ann','mobile':'+4477'}")
                            .status())
                    .isEqualTo(200);
        }
    }
}
