package dev.posbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.posbridge.sandbox.Fault;
import dev.posbridge.sandbox.SandboxSettings;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many tills at once, beside a file, under the documented limits. */
class CheckoutLoadTest {
    private static final int TILLS = 200;

    private EngineFixture engine;
    private DeskTill tills;

    @BeforeEach
    void open(@TempDir Path folder) {
        engine = EngineFixture.limited(folder, SandboxSettings.defaults().withLatency(Duration.ofMillis(5)))
                .set("posbridge.checkout.enabled", "true")
                .set("posbridge.checkout.deadline", "25s")
                .set("posbridge.delivery.mode", "single")
                .set("posbridge.gameball.quotas", "documented")
                .set("posbridge.account.quota-share", "100%")
                .start(Engine.Mode.SERVICE);
        tills = new DeskTill(engine);
    }

    @AfterEach
    void close() {
        tills.close();
        engine.close();
    }

    @Test
    void answersTwoHundredTillsWhileAFileIsDelivered() throws JMSException {
        engine.ingest(
                "night.csv",
                IntStream.range(0, 400)
                        .mapToObj(number -> Till.sale("N" + number, "c" + number % 40, "1.00"))
                        .toArray(Till.Row[]::new));
        await().until(() -> engine.held().orders() > 5);
        Map<String, String> asked = new HashMap<>();
        for (int number = 0; number < TILLS; number++) {
            String customer = "c" + number % 40;
            asked.put(tills.send("customer", request("{'customerId':'" + customer + "'}")), customer);
        }

        for (int number = 0; number < TILLS; number++) {
            Message reply = tills.next(Duration.ofSeconds(25));
            JsonNode read = DeskTill.read(reply);
            assertThat(read.get("ok").asBoolean()).as(read.toString()).isTrue();
            assertThat(read.get("customerId").asText()).isEqualTo(asked.remove(reply.getJMSCorrelationID()));
        }
        assertThat(asked).isEmpty();
        assertThat(answers("422", "429")).isEmpty();
        assertThat(engine.ledger().isSettled())
                .as("the file is still being delivered")
                .isFalse();
    }

    @Test
    void givesATillItsTurnWhoseCustomerIsInTheMiddleOfAFile() {
        engine.sandbox()
                .faults()
                .add(Fault.of(Fault.Kind.LATENCY).withPath("orders").withDelay(Duration.ofMillis(100)));
        engine.ingest(
                "night.csv",
                IntStream.range(0, 60)
                        .mapToObj(number ->
                                Till.sale("N" + number, "ann", "1.00").at("2026-01-31 12:%02d:00".formatted(number)))
                        .toArray(Till.Row[]::new));
        await().until(() -> engine.held().orders() > 3);

        JsonNode order = tills.ask(
                "order", "{'vendor':'generic-csv','key':'T1','customerId':'ann','totalPaid':7,'deadline':'15s'}");
        assertThat(order.path("state").asText()).as(order.toString()).isEqualTo("delivered");
        assertThat(engine.ledger().isSettled())
                .as("the file is still being delivered")
                .isFalse();
        assertThat(answers("422", "429")).isEmpty();
    }

    private List<String> answers(String... statuses) {
        String state = engine.state();
        return List.of(statuses).stream()
                .filter(status -> state.contains("\"" + status + "\""))
                .toList();
    }

    private static java.util.function.Function<jakarta.jms.JMSContext, Message> request(String text) {
        return session -> session.createTextMessage(text.replace('\'', '"'));
    }
}
