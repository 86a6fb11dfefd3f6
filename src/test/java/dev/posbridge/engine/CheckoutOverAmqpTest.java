package dev.posbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.posbridge.FreePort;
import dev.posbridge.broker.PasswordHash;
import dev.posbridge.sandbox.SandboxOrder;
import dev.posbridge.sandbox.SandboxRefund;
import dev.posbridge.sandbox.SandboxSettings;
import java.nio.file.Path;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A till of another make asks the desk from outside, through the door of the broker, with user and password. */
class CheckoutOverAmqpTest {
    private static final String PASSWORD = "till-secret";

    @Test
    void seesACustomerThroughAVisitAsInGameballsGuideForTills(@TempDir Path folder) {
        int port = FreePort.next();
        EngineFixture fixture = EngineFixture.in(folder, SandboxSettings.defaults());
        Path users = fixture.write(folder.resolve("users"), "till-7 " + PasswordHash.of(PASSWORD) + " checkout\n");
        fixture.set("posbridge.broker.accept", "tcp://127.0.0.1:" + port)
                .set("posbridge.broker.users-file", users.toString())
                .set("posbridge.checkout.enabled", "true")
                .set("posbridge.checkout.deadline", "10s");
        JmsConnectionFactory make = new JmsConnectionFactory("amqp://127.0.0.1:" + port);
        try (EngineFixture engine = fixture.start(Engine.Mode.SERVICE);
                DeskTill till = new DeskTill(make.createContext("till-7", PASSWORD))) {
            visit(till);

            assertThat(engine.sandbox().book().orders())
                    .extracting(SandboxOrder::orderId, SandboxOrder::redeemedPoints)
                    .containsExactly(tuple("acme-07-3-117-20260131", 0L), tuple("acme-07-3-118-20260131", 100L));
            assertThat(engine.sandbox().book().refunds())
                    .extracting(SandboxRefund::orderId)
                    .containsExactly("acme-07-3-118-20260131");
            engine.assertEqualBooks();
        }
    }

    private static void visit(DeskTill till) {
        JsonNode created = till.ask("customer", "{'customerId':'mobile_447700900123','mobile':'+447700900123'}");
        assertThat(created.at("/created").asBoolean()).as(created.toString()).isTrue();
        assertThat(created.at("/balance/points").decimalValue()).isZero();

        till.ask("order", order("117", "18:00:00", "120.50", ""));
        JsonNode balance = till.ask("balance", "{'customerId':'mobile_447700900123'}");
        assertThat(balance.at("/balance/availablePoints").intValue()).isEqualTo(120);

        JsonNode hold = till.ask("hold", "{'customerId':'mobile_447700900123','points':100}");
        assertThat(hold.at("/amount").decimalValue()).as(hold.toString()).isEqualByComparingTo("1.00");
        JsonNode order = till.ask(
                "order",
                order(
                        "118",
                        "18:22:07",
                        "9.00",
                        ",'holdReference':'" + hold.at("/holdReference").asText() + "'"));
        assertThat(order.at("/state").asText()).as(order.toString()).isEqualTo("delivered");
        assertThat(order.at("/pointsRedeemed").intValue()).isEqualTo(100);

        JsonNode refund = till.ask(
                "refund",
                "{'vendor':'acme','key':'07-3-125-20260131','original':'07-3-118-20260131','amount':4.00,"
                        + "'refundedAt':'2026-01-31T18:30:00Z','businessDate':'2026-01-31'}");
        assertThat(refund.at("/state").asText()).as(refund.toString()).isEqualTo("delivered");
        assertThat(refund.at("/pointsTakenBack").intValue()).isEqualTo(4);
    }

    private static String order(String receipt, String time, String total, String more) {
        return "{'vendor':'acme','keyParts':{'store':'07','Till':'3','Bon':'" + receipt
                + "','businessDate':'20260131'},'customerId':'mobile_447700900123','soldAt':'2026-01-31T" + time
                + "Z','businessDate':'2026-01-31','totalPaid':" + total + more + "}";
    }
}
