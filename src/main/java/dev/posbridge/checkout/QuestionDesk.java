package dev.posbridge.checkout;

import dev.posbridge.delivery.Calls;
import dev.posbridge.gameball.ActivitiesAnswer;
import dev.posbridge.gameball.Call;
import dev.posbridge.gameball.OrderTransactions;
import dev.posbridge.gameball.Payloads;
import dev.posbridge.gameball.PreviewAnswer;
import dev.posbridge.gameball.PreviewRequest;
import dev.posbridge.ledger.Delivery;
import dev.posbridge.ledger.DeskBook;
import dev.posbridge.pos.Event;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;

/** What an order would earn, what became of one, what a customer did; and events, which leave nothing to ask. Thread-safe. */
public final class QuestionDesk {
    private final Calls calls;
    private final Payloads payloads;
    private final DeskBook book;

    QuestionDesk(Calls calls, Payloads payloads, DeskBook book) {
        this.calls = calls;
        this.payloads = payloads;
        this.book = book;
    }

    public PreviewRequest preview(@ExchangeProperty("visit") Visit visit) {
        return Explanations.made(() -> payloads.preview(((Request.Preview) visit.request()).sale()));
    }

    public void previewed(
            @Body String body,
            @Header(Exchange.HTTP_RESPONSE_CODE) int status,
            @Header("Retry-After") String retryAfter,
            @ExchangeProperty("visit") Visit visit) {
        PreviewAnswer preview = Explanations.orThrow(
                calls.judge(Call.ORDER_PREVIEW, status, body, retryAfter, PreviewAnswer.class),
                "the preview of an order");
        visit.answer(new Replies.Preview(true, preview.totalPoints(), preview.totalCoupons(), preview.customerFound()));
    }

    public String orderId(@ExchangeProperty("visit") Visit visit) {
        return ((Request.Details) visit.request()).orderId();
    }

    /** An order that earned nothing may have no transactions, as one that nobody knows: the state says more. */
    public void detailed(
            @Body String body,
            @Header(Exchange.HTTP_RESPONSE_CODE) int status,
            @Header("Retry-After") String retryAfter,
            @ExchangeProperty("visit") Visit visit) {
        String orderId = orderId(visit);
        OrderTransactions found = Explanations.orThrow(
                calls.judge(Call.ORDER_TRANSACTIONS, status, body, retryAfter, OrderTransactions.class),
                "the transactions of order " + orderId);
        visit.answer(new Replies.Transactions(
                true,
                orderId,
                book.stateOfOrder(orderId).orElse(null),
                found.transactions().stream()
                        .map(one -> new Replies.Transaction(
                                one.transactionType(),
                                one.transactionDate(),
                                one.amount(),
                                one.equivalentPoints(),
                                one.transactionId()))
                        .toList()));
    }

    public String activities(@ExchangeProperty("visit") Visit visit) {
        return ((Request.History) visit.request()).query();
    }

    public void listed(
            @Body String body,
            @Header(Exchange.HTTP_RESPONSE_CODE) int status,
            @Header("Retry-After") String retryAfter,
            @ExchangeProperty("visit") Visit visit) {
        ActivitiesAnswer found = Explanations.orThrow(
                calls.judge(Call.ACTIVITIES, status, body, retryAfter, ActivitiesAnswer.class),
                "the activities of customer " + visit.customerId());
        visit.answer(new Replies.History(
                true,
                visit.customerId(),
                found.activities().stream().map(QuestionDesk::reply).toList(),
                Boolean.TRUE.equals(found.hasMore())));
    }

    private static Replies.Activity reply(ActivitiesAnswer.Activity activity) {
        return new Replies.Activity(
                activity.activityId(),
                activity.activityType(),
                activity.activityDate(),
                activity.activityTime(),
                activity.points(),
                activity.score(),
                activity.transactionId(),
                activity.campaignName(),
                activity.couponCode(),
                activity.reason());
    }

    /** The event as the events' route takes it, though nothing of it is stored: it is sent at most once, or not at all. */
    public Delivery event(@ExchangeProperty("visit") Visit visit) {
        Event event = ((Request.Tell) visit.request()).event();
        boolean known = book.standing(event.customer().id()).isPresent();
        return new Delivery(
                0, event, null, event.customer().id(), null, null, event.at(), 1, false, known, false, true);
    }

    public void told(@ExchangeProperty("visit") Visit visit) {
        visit.answer(Replies.Done.DONE);
    }
}
