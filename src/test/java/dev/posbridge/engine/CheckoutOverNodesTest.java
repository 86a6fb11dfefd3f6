package dev.posbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.posbridge.checkout.DeskRelay;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A till that reached a node that does not send is answered by the one that does, over the broker that both share. */
class CheckoutOverNodesTest {
    @Test
    void answersTillsOfAnotherNodeAndGoesOnWhereTheSharedBrokerWasGone(@TempDir Path folder) {
        try (ExternalArtemis shared = new ExternalArtemis(folder.resolve("shared")).start();
                ExternalArtemis ofOtherNode = new ExternalArtemis(folder.resolve("other")).start();
                EngineFixture engine = EngineFixture.in(folder).onPostgres()) {
            engine.set("posbridge.checkout.enabled", "true")
                    .set("posbridge.checkout.deadline", "20s")
                    .set("posbridge.broker.url", "tcp://127.0.0.1:" + shared.port())
                    .start(Engine.Mode.SERVICE);
            try (ActiveMQConnectionFactory own = connections(ofOtherNode);
                    ActiveMQConnectionFactory both = connections(shared);
                    DeskRelay relay = DeskRelay.start(own, both);
                    DeskTill till = new DeskTill(own.createContext())) {
                assertThat(relay).isNotNull();
                assertThat(till.ask("customer", "{'customerId':'ann'}")
                                .get("ok")
                                .asBoolean())
                        .isTrue();
                JsonNode order = order(till, "R1");
                assertThat(order.get("state").asText()).as(order.toString()).isEqualTo("delivered");
                assertThat(order(till, "R1").get("known").asBoolean()).isTrue();
                till.tell("order", "{'vendor':'generic-csv','key':'R2','customerId':'ann','totalPaid':10}");
                await().until(() -> engine.held().orders() == 2);

                shared.kill();
                shared.start();
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> order(till, "R3").path("ok").asBoolean());
                engine.awaitSettled();
                assertThat(engine.held().orders()).isEqualTo(3);
                assertThat(engine.held().repeatedOrders()).isZero();
            }
        }
    }

    private static JsonNode order(DeskTill till, String key) {
        return till.ask(
                "order",
                "{'vendor':'generic-csv','key':'" + key
                        + "','customerId':'ann','totalPaid':10,'soldAt':'2026-01-31T12:00:00Z'}");
    }

    private static ActiveMQConnectionFactory connections(ExternalArtemis broker) {
        return new ActiveMQConnectionFactory("tcp://127.0.0.1:" + broker.port());
    }
}
