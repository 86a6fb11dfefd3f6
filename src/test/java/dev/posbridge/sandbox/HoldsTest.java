package dev.posbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HoldsTest {
    private final HandMovedTime time = new HandMovedTime();
    private final Sandbox sandbox = Sandbox.start(SandboxSettings.defaults(), time.time());
    private final Caller caller = new Caller(sandbox);

    @BeforeEach
    void giveAnnAHundredPoints() {
        caller.post("orders", Caller.order("ann", "R-0", "09:00:00", "100"));
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void holdsPointsAndReleasesThem() {
        String reference = hold("'pointsToHold':60").json().get("holdReference").asText();

        assertThat(available()).isEqualTo(40);
        assertThat(hold("'pointsToHold':41").error()).isEqualTo("422/9008 points to hold: 41, available: 40");
        assertThat(caller.get("transactions/hold/" + reference).json())
                .isEqualTo(
                        Caller.tree(
                                """
                        {"customerId":"ann","holdAmount":0.60,"holdEquivalentPoints":60,"state":"active",
                         "dateToExpire":"2026-01-31T10:10:00Z"}
                        """));
        assertThat(caller.delete("transactions/hold/" + reference).text())
                .isEqualTo("{\"success\":true,\"message\":\"Hold released successfully\"}");
        assertThat(available()).isEqualTo(100);
        assertThat(caller.delete("transactions/hold/" + reference).error())
                .isEqualTo("404/9006 hold \"" + reference + "\" is not found, used or expired");
    }

    @Test
    void redeemsAHoldWithAnOrderOnce() {
        String reference =
                hold("'amountToHold':0.60").json().get("holdReference").asText();

        assertThat(redeem("R-1", "10:00:00", reference)
                        .json()
                        .get("redeemedPoints")
                        .asInt())
                .isEqualTo(60);
        assertThat(available()).isEqualTo(50);
        assertThat(redeem("R-2", "10:00:01", reference).error())
                .isEqualTo("404/9006 hold \"" + reference + "\" is not found, used or expired");
        assertThat(sandbox.book().order("R-2")).isEmpty();
    }

    @Test
    void forgetsAHoldAfterTenMinutes() {
        String reference = hold("'pointsToHold':60").json().get("holdReference").asText();
        time.pass(Duration.ofMinutes(10));

        assertThat(redeem("R-1", "10:00:00", reference).error())
                .isEqualTo("404/9006 hold \"" + reference + "\" is not found, used or expired");
        assertThat(caller.get("transactions/hold/" + reference)
                        .json()
                        .get("state")
                        .asText())
                .isEqualTo("expired");
        assertThat(available()).isEqualTo(100);
    }

    @Test
    void takesTheHashOfTheCustomerUntilTheNextTransaction() {
        String hash = caller.get("customers/ann/hash").json().get("hash").asText();

        assertThat(hash).matches("\\d{6}");
        assertThat(hold("'pointsToHold':10,'hash':'" + hash + "'").status()).isEqualTo(200);
        assertThat(hold("'pointsToHold':10,'hash':'" + hash + "'").error())
                .isEqualTo("422/3003 hash is not the customer's, or of an earlier transaction");
    }

    @Test
    void demandsTheOneTimePasswordWhereTheAccountDoes() {
        try (Sandbox strict = Sandbox.start(SandboxSettings.defaults().withOtp("246810"))) {
            Caller till = new Caller(strict);
            till.post("orders", Caller.order("ann", "R-0", "09:00:00", "100"));
            String hold = "{'customerId':'ann','transactionTime':'2026-01-31T10:00:00Z','pointsToHold':10";

            assertThat(till.post("transactions/hold", hold + "}").error())
                    .isEqualTo("412/2000 otp is required: this account demands a one-time password");
            assertThat(till.post("transactions/otp", "{'customerId':'ann','points':10}")
                            .status())
                    .isEqualTo(200);
            assertThat(till.post("transactions/hold", hold + ",'otp':'1'}").error())
                    .isEqualTo("422/3003 otp is not the one that was sent");
            assertThat(till.post("transactions/hold", hold + ",'otp':'246810'}").status())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"'hash':'1'", "'pointsToHold':1,'amountToHold':1"})
    void demandsExactlyOneMeasure(String fields) {
        assertThat(hold(fields).error())
                .isEqualTo("422/3000 exactly one of pointsToHold, amountToHold, ruleId is required");
    }

    private Caller.Got hold(String fields) {
        return caller.post(
                "transactions/hold", "{'customerId':'ann','transactionTime':'2026-01-31T10:00:00Z'," + fields + "}");
    }

    private Caller.Got redeem(String orderId, String at, String reference) {
        String order = Caller.order("ann", orderId, at, "10");
        return caller.post(
                "orders",
                order.substring(0, order.length() - 1) + ",'redemption':{'pointsHoldReference':'" + reference + "'}}");
    }

    private int available() {
        return caller.get("customers/ann/balance")
                .json()
                .get("availablePointsBalance")
                .asInt();
    }
}
