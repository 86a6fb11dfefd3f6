package dev.posbridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posbridge.GameballRefusedException;
import dev.posbridge.gameball.Call;
import dev.posbridge.ledger.CustomerStanding;
import dev.posbridge.ledger.Delivery;
import dev.posbridge.ledger.Outcome;
import dev.posbridge.ledger.RecordState;
import dev.posbridge.pos.CustomerDetails;
import dev.posbridge.pos.Event;
import dev.posbridge.pos.Money;
import dev.posbridge.pos.PosRecord;
import dev.posbridge.pos.Position;
import dev.posbridge.pos.Reason;
import dev.posbridge.pos.Sale;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A refusal in which Gameball names nothing may be another one that was damaged on its way. */
class DeadLetterStepsTest {
    private static final Position ROW = Position.ofRow("day.csv", 7);
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final LocalDate DAY = LocalDate.of(2026, 1, 31);

    private final Sale sale = new Sale(
            ROW,
            "R1",
            "acme-R1",
            CustomerDetails.ofId("ann"),
            NOON,
            DAY,
            new Money(new BigDecimal("10.00"), Currency.getInstance("GBP")),
            null,
            null,
            null,
            null,
            List.of(),
            null,
            null,
            null,
            null);

    private Urgency urgency = Urgency.FILE;
    private Outcome outcome;

    @Test
    void sendsASaleSomeMoreTimesWhoseRefusalNamesNothingAndThenBelievesIt() {
        assertThat(ofRefusal(sale, 1, null, null).state()).isEqualTo(RecordState.SENDING);
        assertThat(ofRefusal(sale, 4, null, null).state()).isEqualTo(RecordState.SENDING);
        assertThat(ofRefusal(sale, 5, null, null).reason()).isEqualTo(Reason.GAMEBALL_REFUSED);
    }

    @Test
    void believesWhatNamesACodeOrARequestAtOnce() {
        assertThat(ofRefusal(sale, 1, 3003, null).state()).isEqualTo(RecordState.DEAD);
        assertThat(ofRefusal(sale, 1, null, "8f2c").state()).isEqualTo(RecordState.DEAD);
    }

    @Test
    void sendsNoEventAgainAndLetsNoTillWait() {
        Event event = new Event(ROW, "E1", CustomerDetails.ofId("ann"), NOON, "visit", Map.of());
        assertThat(ofRefusal(event, 1, null, null).state()).isEqualTo(RecordState.DEAD);
        urgency = Urgency.TILL;
        assertThat(ofRefusal(sale, 1, null, null).state()).isEqualTo(RecordState.DEAD);
    }

    private Outcome ofRefusal(PosRecord record, int attempt, Integer code, String request) {
        Delivery delivery =
                new Delivery(1, record, "acme-R1", "ann", null, null, NOON, attempt, false, true, false, false);
        new DeadLetterSteps()
                .bury(
                        delivery,
                        new OneRecord(),
                        Call.ORDER,
                        new GameballRefusedException(Reason.GAMEBALL_REFUSED, 422, code, request, "refused"));
        return outcome;
    }

    /** Keeps how its record ended. */
    private final class OneRecord implements Work {
        @Override
        public Urgency urgency() {
            return urgency;
        }

        @Override
        public String customerAtWork() {
            return null;
        }

        @Override
        public boolean mayGoOn() {
            return true;
        }

        @Override
        public boolean mustWait(Delivery delivery) {
            return false;
        }

        @Override
        public void leaving() {
            // nothing is sent here
        }

        @Override
        public boolean hasLeft() {
            return true;
        }

        @Override
        public void settle(long recordId, Outcome ended) {
            outcome = ended;
        }

        @Override
        public void note(Reason reason) {
            // none is told here
        }

        @Override
        public void learn(CustomerStanding customer) {
            // none is told here
        }

        @Override
        public boolean knows(String customerId) {
            return true;
        }
    }
}
