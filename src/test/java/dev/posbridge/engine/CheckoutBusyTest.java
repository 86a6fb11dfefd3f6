package dev.posbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.posbridge.sandbox.Fault;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More tills ask than the desk can see to. */
class CheckoutBusyTest {
    private static final int MOST_WAITING = 2_000;

    @Test
    void tellsTillsThatItIsBusyWhereTooManyWait(@TempDir Path folder) {
        try (EngineFixture engine = EngineFixture.in(folder)
                        .set("posbridge.checkout.enabled", "true")
                        .set("posbridge.checkout.concurrency", "1")
                        .set("posbridge.checkout.deadline", "5m")
                        .set("posbridge.gameball.answer-timeout", "2m")
                        .start(Engine.Mode.SERVICE);
                DeskTill till = new DeskTill(engine)) {
            engine.sandbox().faults().add(Fault.of(Fault.Kind.HANG).withPath("customers"));
            for (int request = 0; request < MOST_WAITING + 10; request++) {
                till.send("balance", session -> session.createTextMessage("{\"customerId\":\"ann\"}"));
            }

            JsonNode reply = DeskTill.read(till.next(Duration.ofSeconds(60)));
            assertThat(reply.get("error").asText()).isEqualTo("busy");
            assertThat(reply.get("message").asText())
                    .isEqualTo("More ask than the desk can see to at once. Ask again in a moment.");
            // Else the engine would wait for the call that hangs.
            engine.sandbox().close();
        }
    }
}
