package dev.posbridge.delivery;

import dev.posbridge.GameballRefusedException;
import dev.posbridge.RecordRejectedException;
import dev.posbridge.ledger.Delivery;
import dev.posbridge.ledger.Outcome;
import dev.posbridge.pos.Reason;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;

/** Buries a record that was refused for its own fault; the records around it go on. Thread-safe. */
public final class DeadLetterSteps {
    public void bury(
            @ExchangeProperty("delivery") Delivery delivery,
            @ExchangeProperty("lane") Work work,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
        work.settle(delivery.recordId(), outcome(failure));
    }

    private static Outcome outcome(Exception failure) {
        if (failure instanceof GameballRefusedException refused && refused.reason() == Reason.CUSTOMER_INACTIVE) {
            return Outcome.skipped(Reason.CUSTOMER_INACTIVE);
        }
        if (failure instanceof GameballRefusedException refused) {
            return Outcome.dead(
                    refused.reason(), refused.getMessage(), refused.status(), refused.code(), refused.requestId());
        }
        RecordRejectedException rejected = (RecordRejectedException) failure;
        return Outcome.dead(rejected.reason(), rejected.getMessage());
    }
}
