package dev.posbridge.checkout;

import dev.posbridge.broker.QueueMessage;
import dev.posbridge.broker.TillRequest;
import dev.posbridge.delivery.CustomersAtWork;
import dev.posbridge.delivery.Urgency;
import dev.posbridge.intake.AccountRules;
import dev.posbridge.ledger.Delivery;
import dev.posbridge.ledger.DeskBook;
import dev.posbridge.ledger.DeskRecord;
import dev.posbridge.ledger.Entry;
import dev.posbridge.ledger.FileOffer;
import dev.posbridge.ledger.RecordState;
import dev.posbridge.pos.Position;
import dev.posbridge.pos.Reason;
import dev.posbridge.vendor.Profile;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;

/** Orders and refunds: stored first, then sent at once if it can be, and answered by what the ledger knows then. Thread-safe. */
public final class ReceiptDesk {
    /** In place of the vendor of a request of which nobody knows whose till sent it. */
    private static final String NO_VENDOR = "checkout";

    private final DeskBook book;
    private final AccountRules rules;
    private final CustomersAtWork customers;
    private final Clock clock;

    ReceiptDesk(DeskBook book, AccountRules rules, CustomersAtWork customers, Clock clock) {
        this.book = book;
        this.rules = rules;
        this.customers = customers;
        this.clock = clock;
    }

    /** Stores what is asked; from this commit on it is done sooner or later. */
    public void store(@ExchangeProperty("visit") Visit visit) {
        Request.Receipt asked = (Request.Receipt) visit.request();
        Profile profile = asked.profile();
        visit.storedAs(book.store(today(profile), rules.apply(asked.posRecord(), null)));
    }

    /**
     * Keeps a receipt as a dead letter that could not be stored and whose till does not wait to hear so: it was paid, and
     * nobody else knows of it.
     */
    public void bury(@Body TillRequest request, @ExchangeProperty("visit") Visit visit) {
        if (visit.replyTo() != null
                || visit.stored() != null
                || !visit.operation().isStored()) {
            return;
        }
        QueueMessage message = request.message();
        String problem = visit.answer() instanceof Replies.Failed failed ? failed.message() : "It broke off.";
        book.bury(
                new FileOffer(
                        NO_VENDOR,
                        NO_VENDOR,
                        "checkout-" + today(),
                        "posbridge.checkout",
                        DeskBook.contentOf(NO_VENDOR, today()),
                        "",
                        today(),
                        null,
                        false,
                        false),
                Entry.dead(
                        null,
                        Position.ofFile(message.queue()),
                        message.asText(),
                        Reason.REQUEST_REFUSED,
                        "message " + request.correlationId() + " on " + message.queue() + ", " + message.size()
                                + " bytes: " + problem + ' ' + Reason.REQUEST_REFUSED.remedy()));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private FileOffer today(Profile profile) {
        LocalDate day = today();
        return new FileOffer(
                profile.vendor(),
                profile.identity(),
                "checkout-" + day,
                "posbridge.checkout",
                DeskBook.contentOf(profile.vendor(), day),
                profile.hash(),
                day,
                null,
                profile.matchesByProduct(),
                profile.parksUnmatched(),
                profile.again().timeTolerance(),
                null);
    }

    /** @return what is to be delivered now, or null where it is done, or must wait */
    public Delivery take(@ExchangeProperty("visit") Visit visit) throws InterruptedException {
        DeskRecord stored = visit.stored();
        boolean due = stored.state() == RecordState.PENDING && hasTurn(visit);
        Delivery taken = due ? book.take(stored.id()).orElse(null) : null;
        visit.takes(taken);
        return taken;
    }

    /** What the same customer did at another till a moment ago comes first. */
    private boolean hasTurn(Visit visit) throws InterruptedException {
        return visit.customerId() == null || customers.enter(visit, visit.customerId(), Urgency.TILL, visit::mayGoOn);
    }

    /** Writes how the delivery ended, and answers by it. */
    public void settle(@ExchangeProperty("visit") Visit visit) {
        DeskRecord found = visit.taken() == null ? book.read(visit.stored().id()) : ended(visit);
        DeskRecord told = visit.stored().known() ? found.asKnown() : found;
        Object answer = ReceiptAnswers.of(told, visit.operation() == Operation.REFUND);
        if (visit.outcome() != null
                && visit.outcome().state() == RecordState.DEAD
                && visit.outcome().status() != null) {
            CheckoutException refused = Explanations.refused(visit.outcome());
            answer = new Replies.Failed(
                    false, refused.error().word(), refused.getMessage(), told.key(), told.orderId(), refused.refusal());
        }
        visit.answer(answer);
    }

    private DeskRecord ended(Visit visit) {
        DeskRecord ended = book.settle(visit.taken(), visit.ending(), visit.learnt());
        visit.settled();
        return ended;
    }
}
