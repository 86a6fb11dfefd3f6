package dev.posbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.posbridge.sandbox.SandboxOrder;
import dev.posbridge.sandbox.SandboxSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a till can ask, by messages alone. */
class CheckoutTest {
    private static final String SALE = "'vendor':'generic-csv','soldAt':'2026-01-31T12:00:00Z'";

    private EngineFixture engine;
    private DeskTill till;

    @BeforeEach
    void open(@TempDir Path folder) {
        engine = EngineFixture.in(folder, SandboxSettings.defaults().withOtp(null))
                .set("posbridge.checkout.enabled", "true")
                .set("posbridge.checkout.deadline", "10s")
                .start(Engine.Mode.SERVICE);
        till = new DeskTill(engine);
    }

    @AfterEach
    void close() {
        till.close();
        engine.close();
    }

    @Test
    void seesACustomerThroughTheWholeOfAVisit() {
        JsonNode created = till.ask(
                "customer",
                "{'customerId':'ann','mobile':'+447700900123','customer':{'firstName':'Ann','referrerCode':null}}");
        assertThat(created.at("/created").asBoolean()).as(created.toString()).isTrue();
        assertThat(created.at("/balance/points").decimalValue()).isZero();
        assertThat(till.ask("customer", "{'customerId':'ann'}").at("/created").asBoolean())
                .isFalse();

        JsonNode first = till.ask("order", "{" + SALE + ",'key':'R1','customerId':'ann','totalPaid':120.50}");
        assertThat(first.toString())
                .isEqualTo("{\"ok\":true,\"state\":\"delivered\",\"key\":\"R1\",\"orderId\":\"generic-csv-R1\","
                        + "\"pointsEarned\":120,\"pointsRedeemed\":0}");

        JsonNode balance = till.ask("balance", "{'customerId':'ann'}");
        assertThat(balance.at("/balance/availablePoints").intValue()).isEqualTo(120);
        assertThat(balance.at("/balance/availableValue").decimalValue()).isEqualByComparingTo("1.20");

        JsonNode hold = till.ask("hold", "{'customerId':'ann','points':100}");
        assertThat(hold.at("/points").intValue()).isEqualTo(100);
        JsonNode second = till.ask(
                "order",
                "{'vendor':'generic-csv','soldAt':'2026-01-31T12:05:00Z','key':'R2','customerId':'ann','totalPaid':9,"
                        + "'totalPrice':10,'holdReference':'"
                        + hold.at("/holdReference").asText() + "'}");
        assertThat(second.at("/pointsRedeemed").intValue()).isEqualTo(100);
        assertThat(second.at("/pointsEarned").intValue()).isEqualTo(9);

        JsonNode refund = till.ask(
                "refund",
                "{'vendor':'generic-csv','key':'F1','original':'R1','customerId':'ann','amount':20.50,"
                        + "'refundedAt':'2026-01-31T12:10:00Z'}");
        assertThat(refund.at("/state").asText()).as(refund.toString()).isEqualTo("delivered");
        assertThat(refund.at("/pointsTakenBack").intValue()).isEqualTo(20);

        JsonNode details = till.ask("order-details", "{'vendor':'generic-csv','key':'R1'}");
        assertThat(details.at("/state").asText()).isEqualTo("delivered");
        assertThat(details.at("/transactions")).hasSize(3);
        JsonNode history = till.ask("history", "{'customerId':'ann','limit':2}");
        assertThat(history.at("/activities/0/type").asText()).isEqualTo("PaymentReward");
        assertThat(history.at("/more").asBoolean()).isTrue();

        assertThat(engine.sandbox().book().orders())
                .extracting(SandboxOrder::orderId)
                .containsExactly("generic-csv-R1", "generic-csv-R2");
        engine.assertEqualBooks();
    }
}
