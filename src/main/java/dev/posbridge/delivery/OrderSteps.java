package dev.posbridge.delivery;

import dev.posbridge.GameballRefusedException;
import dev.posbridge.gameball.Call;
import dev.posbridge.gameball.Meaning;
import dev.posbridge.gameball.Merging;
import dev.posbridge.gameball.OrderAnswer;
import dev.posbridge.gameball.OrderRequest;
import dev.posbridge.gameball.Payloads;
import dev.posbridge.gameball.Verdict;
import dev.posbridge.harness.Guard;
import dev.posbridge.ledger.Delivery;
import dev.posbridge.ledger.Outcome;
import dev.posbridge.pos.Reason;
import dev.posbridge.pos.Sale;
import dev.posbridge.settings.Account;
import java.time.Instant;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;

/** Sends a sale as an order. Thread-safe. */
public final class OrderSteps {
    /** So many milliseconds in a row may be other transactions' of the customer. */
    static final int MOST_TIMES_TAKEN = 8;

    private final Calls calls;
    private final Payloads payloads;
    private final Account account;
    /** A prime, and a step that visits all of them. */
    private static final int OTHER_MILLIS = 997;

    private static final int STEP_MILLIS = 389;

    private final RestoredLedger restored;

    public OrderSteps(Calls calls, Payloads payloads, Account account, RestoredLedger restored) {
        this.calls = calls;
        this.payloads = payloads;
        this.account = account;
        this.restored = restored;
    }

    public OrderRequest request(@ExchangeProperty("delivery") Delivery delivery) {
        return payloads.order((Sale) delivery.posRecord(), delivery.sentTime());
    }

    /**
     * Settles the sale by the answer.
     *
     * @param tries of this attempt before, from 0
     * @return the order as it is to be sent once more, or null when the sale is settled
     * @throws GameballRefusedException where the sale is dead
     */
    public OrderRequest settle(
            @Body String body,
            @Header(Exchange.HTTP_RESPONSE_CODE) int status,
            @Header("Retry-After") String retryAfter,
            @ExchangeProperty("request") OrderRequest sent,
            @ExchangeProperty("delivery") Delivery delivery,
            @ExchangeProperty("lane") Work work,
            @ExchangeProperty(Exchange.LOOP_INDEX) int tries) {
        Verdict<OrderAnswer> verdict = calls.judge(Call.ORDER, status, body, retryAfter, OrderAnswer.class)
                .ifItNames(answer -> mayBeOf(answer.customerId(), sent.customerId()));
        if (verdict.meaning() == Meaning.REDEMPTION_GONE && sent.redemption() != null && deliversLate()) {
            return sent.withoutRedemption();
        }
        if (verdict.meaning() == Meaning.TIME_TAKEN && tries < MOST_TIMES_TAKEN) {
            return payloads.order((Sale) delivery.posRecord(), otherTime(delivery, tries + 1));
        }
        work.settle(delivery.recordId(), outcome(verdict, sent, delivery));
        return null;
    }

    /**
     * The time to tell instead of one that Gameball has of this customer already: a millisecond later, which is free where two
     * came in order; then others of the same second, which follow from the id, so that hundreds that a till booked in one
     * minute do not look for theirs at the same places.
     *
     * @param tries of this attempt before; 0 for the time itself
     */
    static Instant otherTime(Delivery delivery, int tries) {
        int later = tries < 2
                ? tries
                : 2 + Math.floorMod(delivery.orderId().hashCode() + tries * STEP_MILLIS, OTHER_MILLIS);
        return delivery.sentTime().plusMillis(later);
    }

    /** Where accounts are merged, Gameball may name the customer by another of their ids. */
    private boolean mayBeOf(String named, String customerId) {
        return named == null || account.merging() != Merging.NONE || named.equalsIgnoreCase(customerId);
    }

    private boolean deliversLate() {
        return account.lateRedemption() == Account.LateRedemption.DELIVER;
    }

    private Outcome outcome(Verdict<OrderAnswer> verdict, OrderRequest sent, Delivery delivery) {
        if (verdict.meaning() == Meaning.ID_TAKEN && delivery.sentBefore() && !Guard.OWN_ID_IS_DELIVERED.isOff()) {
            return Outcome.delivered(null);
        }
        if (verdict.meaning() == Meaning.ID_TAKEN && restored.mayHaveSent(delivery.sentTime())) {
            Outcome unknown = Outcome.unknown(0, "Gameball has order " + delivery.orderId() + " already", true);
            return Calls.heard(unknown, verdict, Call.ORDER);
        }
        if (verdict.meaning() == Meaning.CUSTOMER_INACTIVE) {
            return Calls.heard(Outcome.skipped(Reason.CUSTOMER_INACTIVE), verdict, Call.ORDER);
        }
        OrderAnswer answer = verdict.orThrow("order " + delivery.orderId());
        boolean lostRedemption = ((Sale) delivery.posRecord()).redemption() != null && sent.redemption() == null;
        Outcome delivered = lostRedemption
                ? Outcome.deliveredWith(answer.rewardedPoints(), Reason.REDEMPTION_LATE)
                : Outcome.delivered(answer.rewardedPoints());
        return delivered.redeeming(answer.redeemedPoints());
    }
}
