package dev.posbridge.checkout;

import dev.posbridge.delivery.Calls;
import dev.posbridge.gameball.BalanceAnswer;
import dev.posbridge.gameball.Call;
import dev.posbridge.ledger.CustomerStanding;
import dev.posbridge.ledger.Delivery;
import dev.posbridge.ledger.DeskBook;
import dev.posbridge.ledger.RecordState;
import dev.posbridge.pos.CustomerDetails;
import dev.posbridge.pos.CustomerUpdate;
import dev.posbridge.pos.PosRecord;
import dev.posbridge.pos.Reason;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;

/** Who is at the till, and how many points they have. Thread-safe. */
public final class CustomerDesk {
    private final Calls calls;
    private final DeskBook book;
    private final Predicate<PosRecord> forgotten;
    private final Clock clock;

    /** @param forgotten whether a customer was, and must not be created again */
    CustomerDesk(Calls calls, DeskBook book, Predicate<PosRecord> forgotten, Clock clock) {
        this.calls = calls;
        this.book = book;
        this.forgotten = forgotten;
        this.clock = clock;
    }

    /**
     * The customer as the customers' routes take it, though nothing of it is stored.
     *
     * @throws CheckoutException where the customer was forgotten
     * @return null where Gameball surely knows the customer, and the till has nothing more to tell
     */
    public Delivery identify(@ExchangeProperty("visit") Visit visit) {
        Request.Identify asked = (Request.Identify) visit.request();
        requireNotForgotten(visit, asked.customer());
        Optional<CustomerStanding> standing = book.standing(asked.customer().id());
        return standing.isPresent() && !asked.detailed() ? null : delivery(visit, asked.customer(), standing);
    }

    /** A customer of whom somebody says who referred them. */
    public Delivery referred(@ExchangeProperty("visit") Visit visit) {
        CustomerDetails customer = visit.request().customer();
        requireNotForgotten(visit, customer);
        return delivery(visit, customer, book.standing(customer.id()));
    }

    private void requireNotForgotten(Visit visit, CustomerDetails customer) {
        if (forgotten.test(told(visit, customer))) {
            throw new CheckoutException(CheckoutError.CUSTOMER_UNKNOWN, Reason.FORGOTTEN.remedy());
        }
    }

    private CustomerUpdate told(Visit visit, CustomerDetails customer) {
        return new CustomerUpdate(ReceiptReader.position(visit.operation()), customer, clock.instant());
    }

    private Delivery delivery(Visit visit, CustomerDetails customer, Optional<CustomerStanding> standing) {
        CustomerUpdate told = told(visit, customer);
        return new Delivery(
                0,
                told,
                null,
                customer.id(),
                null,
                null,
                told.at(),
                1,
                false,
                standing.isPresent(),
                standing.map(CustomerStanding::createdByUs).orElse(false),
                true);
    }

    /** @throws CheckoutException where the account does not create the customer, or Gameball refused it */
    public void identified(@ExchangeProperty("visit") Visit visit) {
        if (visit.outcome() == null) {
            return;
        }
        if (visit.outcome().state() == RecordState.DEAD) {
            throw Explanations.refused(visit.outcome());
        }
        Reason reason = visit.outcome().reason();
        if (reason == Reason.CUSTOMER_UNKNOWN || reason == Reason.NO_CONTACT) {
            throw new CheckoutException(
                    CheckoutError.CUSTOMER_UNKNOWN,
                    "Gameball does not know the customer, and this account creates "
                            + (reason == Reason.NO_CONTACT
                                    ? "only those with a mobile number or an e-mail address. Ask for one."
                                    : "none at the till."));
        }
        if (reason == Reason.CUSTOMER_INACTIVE) {
            throw new CheckoutException(CheckoutError.CUSTOMER_INACTIVE, reason.remedy());
        }
    }

    /** @throws CheckoutException where Gameball refuses the code of whoever referred the customer */
    public void refer(@ExchangeProperty("visit") Visit visit) {
        if (visit.noted() == Reason.REFERRAL_REFUSED) {
            throw new CheckoutException(
                    CheckoutError.REFERRAL_REFUSED,
                    "Gameball refuses the referrer code; the customer is there without it. Check the code.");
        }
        identified(visit);
        visit.answer(Replies.Done.DONE);
    }

    public void balance(
            @Body String body,
            @Header(Exchange.HTTP_RESPONSE_CODE) int status,
            @Header("Retry-After") String retryAfter,
            @ExchangeProperty("visit") Visit visit) {
        BalanceAnswer balance = Explanations.orThrow(
                calls.judge(Call.BALANCE, status, body, retryAfter, BalanceAnswer.class),
                "the balance of customer " + visit.customerId());
        visit.answer(new Replies.Customer(true, visit.customerId(), created(visit), reply(balance)));
        visit.learn(new CustomerStanding(visit.customerId(), false));
    }

    /** Null where the till did not ask for the customer, but for the balance alone. */
    private static Boolean created(Visit visit) {
        return visit.operation() == Operation.CUSTOMER ? visit.hasCreated() : null;
    }

    private static Replies.Balance reply(BalanceAnswer balance) {
        return new Replies.Balance(
                balance.totalPointsBalance(),
                balance.totalPointsValue(),
                balance.availablePointsBalance(),
                balance.availablePointsValue(),
                balance.pendingPoints(),
                balance.pendingPointsValue(),
                balance.currency(),
                balance.pointsName(),
                balance.nextExpiringPointsAmount() == null
                                || balance.nextExpiringPointsAmount().signum() == 0
                        ? null
                        : new Replies.Expiring(
                                balance.nextExpiringPointsAmount(),
                                balance.nextExpiringPointsValue(),
                                balance.nextExpiringPointsDate()));
    }
}
