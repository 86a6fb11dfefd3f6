package dev.posbridge.delivery;

import dev.posbridge.RecordRejectedException;
import dev.posbridge.gameball.Call;
import dev.posbridge.gameball.EventAnswer;
import dev.posbridge.gameball.EventRequest;
import dev.posbridge.gameball.Payloads;
import dev.posbridge.ledger.Delivery;
import dev.posbridge.ledger.Outcome;
import dev.posbridge.pos.Event;
import dev.posbridge.pos.Reason;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;

/** Sends an event, at most once: Gameball knows no id of it that could guard a second time. Thread-safe. */
public final class EventSteps {
    private final Calls calls;
    private final Payloads payloads;
    private final RestoredLedger restored;

    public EventSteps(Calls calls, Payloads payloads, RestoredLedger restored) {
        this.calls = calls;
        this.payloads = payloads;
        this.restored = restored;
    }

    public EventRequest request(@ExchangeProperty("delivery") Delivery delivery) {
        Event event = (Event) delivery.posRecord();
        if (restored.eventMayHaveBeenSent(event.key(), delivery.sentTime())) {
            throw new RecordRejectedException(
                    event.position(),
                    Reason.EVENT_UNKNOWN,
                    "the ledger was put back from a copy, and before that this event may have been sent; events have no id"
                            + " that would tell. Replay it only if it did not arrive.");
        }
        return payloads.event(event);
    }

    public void settle(
            @Body String body,
            @Header(Exchange.HTTP_RESPONSE_CODE) int status,
            @Header("Retry-After") String retryAfter,
            @ExchangeProperty("delivery") Delivery delivery,
            @ExchangeProperty("lane") Work work) {
        calls.judge(Call.EVENT, status, body, retryAfter, EventAnswer.class)
                .orThrow("event \"" + delivery.posRecord().key() + "\" of customer " + delivery.customerId());
        work.settle(delivery.recordId(), Outcome.delivered(null));
    }
}
