package dev.posbridge.delivery;

import dev.posbridge.Answered;
import dev.posbridge.GameballRefusedException;
import dev.posbridge.RecordRejectedException;
import dev.posbridge.gameball.Call;
import dev.posbridge.ledger.Delivery;
import dev.posbridge.ledger.Outcome;
import dev.posbridge.pos.Reason;
import dev.posbridge.pos.RecordKind;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;

/** Buries a record that was refused for its own fault; the records around it go on. Thread-safe. */
public final class DeadLetterSteps {
    private static final int BELIEVED_AT_ATTEMPT = 5;

    public void bury(
            @ExchangeProperty("delivery") Delivery delivery,
            @ExchangeProperty("lane") Work work,
            @ExchangeProperty("call") Call call,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
        Outcome outcome = isToBeHeardAgain(delivery, work, failure)
                ? Outcome.unknown(0, failure.getMessage(), true)
                : outcome(failure);
        if (failure instanceof GameballRefusedException refused) {
            Answered answered = new Answered(refused.status(), refused.code(), refused.requestId());
            outcome = outcome.because(refused.getMessage(), answered).calling(call.words());
        }
        work.settle(delivery.recordId(), outcome);
    }

    /**
     * A refusal that names nothing may be one that somebody between us and Gameball has damaged, such as that a time is taken. An
     * order or a refund can be sent again under its id, and may have arrived before: it is tried some times until that is
     * believed, for a second answer may be damaged like the first. A till hears it at once.
     */
    private static boolean isToBeHeardAgain(Delivery delivery, Work work, Exception failure) {
        boolean namesNothing = failure instanceof GameballRefusedException refused
                && refused.reason() == Reason.GAMEBALL_REFUSED
                && refused.code() == null
                && refused.requestId() == null;
        boolean hasAnId = delivery.kind() == RecordKind.SALE || delivery.kind() == RecordKind.REFUND;
        return namesNothing && hasAnId && delivery.attempt() < BELIEVED_AT_ATTEMPT && work.urgency() != Urgency.TILL;
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
