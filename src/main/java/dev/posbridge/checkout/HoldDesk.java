package dev.posbridge.checkout;

import dev.posbridge.delivery.Calls;
import dev.posbridge.gameball.Call;
import dev.posbridge.gameball.HoldAnswer;
import dev.posbridge.gameball.HoldReleased;
import dev.posbridge.gameball.HoldRequest;
import dev.posbridge.gameball.OneTimePasswordAnswer;
import dev.posbridge.gameball.OneTimePasswordRequest;
import dev.posbridge.gameball.Payloads;
import java.time.Clock;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;

/** Sets points aside for an order, and lets them go. Thread-safe. */
public final class HoldDesk {
    private final Calls calls;
    private final Payloads payloads;
    private final Clock clock;

    HoldDesk(Calls calls, Payloads payloads, Clock clock) {
        this.calls = calls;
        this.payloads = payloads;
        this.clock = clock;
    }

    public HoldRequest request(@ExchangeProperty("visit") Visit visit) {
        Request.Hold asked = (Request.Hold) visit.request();
        return Explanations.made(() -> payloads.hold(
                asked.customer(),
                ReceiptReader.position(visit.operation()),
                clock.instant(),
                asked.measure(),
                asked.otp(),
                asked.hash()));
    }

    /** @return the hold's reference, where nobody is left who could use it; else null */
    public String held(
            @Body String body,
            @Header(Exchange.HTTP_RESPONSE_CODE) int status,
            @Header("Retry-After") String retryAfter,
            @ExchangeProperty("visit") Visit visit) {
        boolean hasPassword = ((Request.Hold) visit.request()).otp() != null;
        HoldAnswer hold = Explanations.orThrow(
                calls.judge(Call.HOLD, status, body, retryAfter, HoldAnswer.class),
                hasPassword,
                "a hold for customer " + visit.customerId());
        visit.answer(new Replies.Hold(
                true, visit.customerId(), hold.holdReference(), hold.holdEquivalentPoints(), hold.holdAmount()));
        return visit.isAnswered() ? hold.holdReference() : null;
    }

    public OneTimePasswordRequest password(@ExchangeProperty("visit") Visit visit) {
        Request.Hold asked = (Request.Hold) visit.request();
        return Explanations.made(() ->
                payloads.oneTimePassword(asked.customer(), ReceiptReader.position(visit.operation()), asked.measure()));
    }

    public void passwordSent(
            @Body String body,
            @Header(Exchange.HTTP_RESPONSE_CODE) int status,
            @Header("Retry-After") String retryAfter,
            @ExchangeProperty("visit") Visit visit) {
        Explanations.orThrow(
                calls.judge(Call.ONE_TIME_PASSWORD, status, body, retryAfter, OneTimePasswordAnswer.class),
                "a one-time password for customer " + visit.customerId());
        visit.answer(new Replies.PasswordSent(true, true));
    }

    public String reference(@ExchangeProperty("visit") Visit visit) {
        return ((Request.Release) visit.request()).holdReference();
    }

    public void released(
            @Body String body,
            @Header(Exchange.HTTP_RESPONSE_CODE) int status,
            @Header("Retry-After") String retryAfter,
            @ExchangeProperty("visit") Visit visit) {
        Explanations.orThrow(
                calls.judge(Call.HOLD_RELEASE, status, body, retryAfter, HoldReleased.class), "the release of a hold");
        visit.answer(Replies.Done.DONE);
    }
}
