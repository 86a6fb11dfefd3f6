package dev.posbridge.delivery;

import dev.posbridge.gameball.BalanceAnswer;
import dev.posbridge.gameball.Call;
import dev.posbridge.gameball.CustomerAnswer;
import dev.posbridge.gameball.CustomerDetailsAnswer;
import dev.posbridge.gameball.CustomerRequest;
import dev.posbridge.gameball.Meaning;
import dev.posbridge.gameball.Payloads;
import dev.posbridge.gameball.Verdict;
import dev.posbridge.ledger.CustomerStanding;
import dev.posbridge.ledger.Delivery;
import dev.posbridge.ledger.LedgerClock;
import dev.posbridge.ledger.Outcome;
import dev.posbridge.pos.CustomerDetails;
import dev.posbridge.pos.Reason;
import dev.posbridge.pos.RecordKind;
import dev.posbridge.pos.Sale;
import dev.posbridge.settings.Account;
import dev.posbridge.settings.Account.ExistingCustomers;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;

/** Sees to it that Gameball knows a customer, by the account's rules for unknown and existing ones. Thread-safe. */
public final class CustomerSteps {
    private final Calls calls;
    private final Payloads payloads;
    private final Account account;
    private final long parkMillis;

    /** @param parkMillis how long a record waits for its customer where the account parks */
    public CustomerSteps(Calls calls, Payloads payloads, Account account, long parkMillis) {
        this.calls = calls;
        this.payloads = payloads;
        this.account = account;
        this.parkMillis = parkMillis;
    }

    /** Whether Gameball surely knows the customer: nothing has to be asked. */
    public boolean known(@ExchangeProperty("delivery") Delivery delivery, @ExchangeProperty("lane") Work work) {
        boolean guest = delivery.posRecord() instanceof Sale sale && Payloads.isGuest(sale);
        return guest || delivery.customerKnown() || work.knows(delivery.customerId());
    }

    /** @return true for a customer whom Gameball does not know */
    public boolean isNew(
            @Body String body,
            @Header(Exchange.HTTP_RESPONSE_CODE) int status,
            @Header("Retry-After") String retryAfter,
            @ExchangeProperty("delivery") Delivery delivery,
            @ExchangeProperty("lane") Work work) {
        Verdict<BalanceAnswer> verdict = calls.judge(Call.BALANCE, status, body, retryAfter, BalanceAnswer.class);
        if (verdict.meaning() == Meaning.CUSTOMER_UNKNOWN) {
            return true;
        }
        verdict.orThrow("the question whether customer " + delivery.customerId() + " is known");
        work.learn(new CustomerStanding(delivery.customerId(), false));
        return false;
    }

    /** Whether the account creates such a customer; else the record ends, or waits, here. */
    public boolean mayBeCreated(@ExchangeProperty("delivery") Delivery delivery, @ExchangeProperty("lane") Work work) {
        Outcome ended = endedUnlessCreated(account, delivery.posRecord().customer(), parkMillis);
        if (ended != null) {
            work.settle(delivery.recordId(), ended);
        }
        return ended == null;
    }

    /** How a record ends, or waits, whose customer Gameball does not know; null where the account creates them. */
    static Outcome endedUnlessCreated(Account account, CustomerDetails customer, long parkMillis) {
        return switch (account.unknownCustomers()) {
            case CREATE -> null;
            case CREATE_WITH_CONTACT ->
                customer.email() == null && customer.mobile() == null ? Outcome.skipped(Reason.NO_CONTACT) : null;
            case SKIP -> Outcome.skipped(Reason.CUSTOMER_UNKNOWN);
            case PARK ->
                Outcome.parked(
                        Reason.CUSTOMER_UNKNOWN,
                        "Gameball does not know the customer",
                        LedgerClock.millis() + parkMillis);
        };
    }

    public CustomerRequest request(@ExchangeProperty("delivery") Delivery delivery) {
        return payloads.customer(details(delivery), delivery.posRecord().position());
    }

    /**
     * Notes that the customer is there: created by us, or by somebody else a moment before.
     *
     * @return the customer as it is to be sent once more, or null when it is there
     */
    public CustomerRequest created(
            @Body String body,
            @Header(Exchange.HTTP_RESPONSE_CODE) int status,
            @Header("Retry-After") String retryAfter,
            @ExchangeProperty("request") CustomerRequest sent,
            @ExchangeProperty("delivery") Delivery delivery,
            @ExchangeProperty("lane") Work work) {
        Verdict<CustomerAnswer> verdict = calls.judge(Call.CUSTOMER, status, body, retryAfter, CustomerAnswer.class);
        if (verdict.meaning() == Meaning.REFERRAL_REFUSED && sent.referrerCode() != null) {
            work.note(Reason.REFERRAL_REFUSED);
            return sent.withoutReferrer();
        }
        if (verdict.meaning() != Meaning.CUSTOMER_EXISTS) {
            verdict.orThrow("customer " + delivery.customerId());
        }
        boolean isCreation = verdict.meaning() == Meaning.DONE && !known(delivery, work);
        work.learn(new CustomerStanding(delivery.customerId(), isCreation));
        if (delivery.kind() == RecordKind.CUSTOMER) {
            work.settle(delivery.recordId(), Outcome.delivered(null));
        }
        return null;
    }

    /** What a till may change of a customer whom Gameball knows: those we created ourselves are ours to change. */
    public ExistingCustomers change(
            @ExchangeProperty("delivery") Delivery delivery, @ExchangeProperty("lane") Work work) {
        ExistingCustomers change = delivery.customerOurs() ? ExistingCustomers.UPDATE : account.existingCustomers();
        if (change == ExistingCustomers.LEAVE) {
            leave(delivery, work);
        }
        return change;
    }

    /** @return the customer with nothing but what Gameball does not hold, or null where it holds all of it */
    public CustomerRequest gaps(
            @Body String body,
            @Header(Exchange.HTTP_RESPONSE_CODE) int status,
            @Header("Retry-After") String retryAfter,
            @ExchangeProperty("delivery") Delivery delivery,
            @ExchangeProperty("lane") Work work) {
        CustomerDetailsAnswer held = calls.judge(
                        Call.CUSTOMER_DETAILS, status, body, retryAfter, CustomerDetailsAnswer.class)
                .orThrow("the question what is held of customer " + delivery.customerId());
        CustomerDetails lacking = details(delivery).without(held::holds);
        CustomerRequest request = payloads.customer(
                details(delivery), lacking, delivery.posRecord().position());
        if (request.customerAttributes() == null) {
            leave(delivery, work);
            return null;
        }
        return request;
    }

    private static void leave(Delivery delivery, Work work) {
        if (delivery.kind() == RecordKind.CUSTOMER) {
            work.settle(delivery.recordId(), Outcome.skipped(Reason.CUSTOMER_EXISTS));
        }
    }

    private static CustomerDetails details(Delivery delivery) {
        CustomerDetails customer = delivery.posRecord().customer();
        return customer == null ? CustomerDetails.ofId(delivery.customerId()) : customer;
    }
}
