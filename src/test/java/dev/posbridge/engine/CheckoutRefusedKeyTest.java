package dev.posbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posbridge.sandbox.Fault;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A till is told at once that our key is refused; what it sells is kept. */
class CheckoutRefusedKeyTest {
    @Test
    void acceptsAnOrderWhileOurKeyIsRefused(@TempDir Path folder) {
        try (EngineFixture engine = EngineFixture.in(folder)
                        .set("posbridge.checkout.enabled", "true")
                        .set("posbridge.checkout.deadline", "20s")
                        .start(Engine.Mode.SERVICE);
                DeskTill till = new DeskTill(engine)) {
            engine.sandbox().faults().add(Fault.of(Fault.Kind.KEY_REVOKED));
            String sale = "{'vendor':'generic-csv','key':'R1','customerId':'ann','totalPaid':10}";

            assertThat(till.ask("order", sale).get("state").asText()).isEqualTo("accepted");
            assertThat(till.ask("balance", "{'customerId':'ann'}").get("error").asText())
                    .isEqualTo("account-refused");
            assertThat(engine.records()).containsExactly("sale R1 pending");
        }
    }
}
