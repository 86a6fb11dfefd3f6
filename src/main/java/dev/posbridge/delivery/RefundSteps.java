package dev.posbridge.delivery;

import dev.posbridge.GameballRefusedException;
import dev.posbridge.gameball.Call;
import dev.posbridge.gameball.Meaning;
import dev.posbridge.gameball.Payloads;
import dev.posbridge.gameball.RefundAnswer;
import dev.posbridge.gameball.RefundRequest;
import dev.posbridge.gameball.Verdict;
import dev.posbridge.harness.Guard;
import dev.posbridge.ledger.Delivery;
import dev.posbridge.ledger.LedgerClock;
import dev.posbridge.ledger.Outcome;
import dev.posbridge.pos.Reason;
import dev.posbridge.pos.Refund;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;

/** Sends a refund, once its sale is delivered. Thread-safe. */
public final class RefundSteps {
    private final Calls calls;
    private final Payloads payloads;
    private final long parkMillis;
    private final RestoredLedger restored;

    /** @param parkMillis how long a refund waits for a sale that Gameball does not have */
    public RefundSteps(Calls calls, Payloads payloads, long parkMillis, RestoredLedger restored) {
        this.calls = calls;
        this.payloads = payloads;
        this.parkMillis = parkMillis;
        this.restored = restored;
    }

    /** @param tries of this attempt before, from 0; each moves the time within its second */
    public RefundRequest request(
            @ExchangeProperty("delivery") Delivery delivery, @ExchangeProperty(Exchange.LOOP_INDEX) Integer tries) {
        Refund refund = (Refund) delivery.posRecord();
        return payloads.refund(
                refund,
                refund.customer(),
                delivery.originalOrderId(),
                delivery.amount(),
                OrderSteps.otherTime(delivery, tries == null ? 0 : tries));
    }

    /**
     * Settles the refund by the answer.
     *
     * @return the refund as it is to be sent once more, or null when it is settled
     * @throws GameballRefusedException where it is dead
     */
    public RefundRequest settle(
            @Body String body,
            @Header(Exchange.HTTP_RESPONSE_CODE) int status,
            @Header("Retry-After") String retryAfter,
            @ExchangeProperty("delivery") Delivery delivery,
            @ExchangeProperty("lane") Work work,
            @ExchangeProperty(Exchange.LOOP_INDEX) int tries) {
        Verdict<RefundAnswer> verdict = calls.judge(Call.REFUND, status, body, retryAfter, RefundAnswer.class)
                .ifItNames(answer -> answer.refundTransactionId() == null
                        || answer.refundTransactionId().equalsIgnoreCase(delivery.orderId()));
        if (verdict.meaning() == Meaning.TIME_TAKEN && tries < OrderSteps.MOST_TIMES_TAKEN) {
            return request(delivery, tries + 1);
        }
        work.settle(delivery.recordId(), outcome(verdict, delivery).noting(delivery.note()));
        return null;
    }

    private Outcome outcome(Verdict<RefundAnswer> verdict, Delivery delivery) {
        return switch (verdict.meaning()) {
            case CUSTOMER_INACTIVE -> Calls.heard(Outcome.skipped(Reason.CUSTOMER_INACTIVE), verdict, Call.REFUND);
            case SALE_NOT_THERE ->
                Calls.heard(
                        Outcome.parked(
                                Reason.ORIGINAL_NOT_FOUND,
                                "Gameball does not have its sale " + delivery.originalOrderId(),
                                LedgerClock.millis() + parkMillis),
                        verdict,
                        Call.REFUND);
            case ID_TAKEN ->
                (delivery.sentBefore()
                                        || restored.mayHaveSent(delivery.sentTime())
                                        || restored.mayHaveReversed(delivery.orderId()))
                                && !Guard.OWN_ID_IS_DELIVERED.isOff()
                        ? Outcome.delivered(null)
                        : points(verdict, delivery);
            default -> points(verdict, delivery);
        };
    }

    private static Outcome points(Verdict<RefundAnswer> verdict, Delivery delivery) {
        return Outcome.delivered(verdict.orThrow("refund " + delivery.orderId()).refundEquivalentPoints());
    }
}
