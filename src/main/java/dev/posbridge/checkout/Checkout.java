package dev.posbridge.checkout;

import dev.posbridge.delivery.Calls;
import dev.posbridge.delivery.CustomersAtWork;
import dev.posbridge.delivery.FailurePolicy;
import dev.posbridge.delivery.Gate;
import dev.posbridge.gameball.GameballJson;
import dev.posbridge.gameball.Payloads;
import dev.posbridge.intake.AccountRules;
import dev.posbridge.ledger.DeskBook;
import dev.posbridge.ledger.Forgotten;
import dev.posbridge.settings.Settings;
import dev.posbridge.vendor.Profiles;
import java.time.Clock;
import java.util.Currency;
import java.util.Map;

/** Puts the desk's beans together, under the names by which the routes know them. */
public final class Checkout {
    private Checkout() {}

    /** What the desk has in common with the lanes. */
    public record Shared(
            Calls calls,
            Gate gate,
            CustomersAtWork customers,
            FailurePolicy failures,
            Payloads payloads,
            Forgotten forgotten) {}

    public static Map<String, Object> beans(Settings settings, Profiles profiles, DeskBook book, Shared shared) {
        Clock clock = Clock.systemUTC();
        String currency = settings.account().currency();
        ReceiptReader receipts = new ReceiptReader(profiles, Currency.getInstance(currency), clock);
        return Map.of(
                "desk",
                new Desk(
                        new RequestReader(receipts, clock),
                        shared.gate(),
                        shared.customers(),
                        shared.failures(),
                        book,
                        settings.checkout().deadline()),
                "deskCustomers",
                new CustomerDesk(shared.calls(), book, shared.forgotten(), clock),
                "deskHolds",
                new HoldDesk(shared.calls(), shared.payloads(), clock),
                "deskReceipts",
                new ReceiptDesk(
                        book, new AccountRules(settings.account(), shared.forgotten()), shared.customers(), clock),
                "deskQuestions",
                new QuestionDesk(shared.calls(), shared.payloads(), book),
                "deskJson",
                GameballJson.mapper());
    }
}
