package dev.posbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posbridge.ledger.DeadLetters;
import dev.posbridge.sandbox.Merging;
import dev.posbridge.sandbox.SandboxCustomer;
import dev.posbridge.sandbox.SandboxOrder;
import dev.posbridge.sandbox.SandboxSettings;
import java.nio.file.Path;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The account's rules, each by what reaches Gameball. */
class AccountRulesTest {
    @TempDir
    private Path folder;

    private EngineFixture engine;

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void createsUnknownCustomersBeforeTheirSales() {
        start("unknown-customers", "create")
                .ingestAndSettle("1.csv", Till.sale("R1", "ann", "10.00").with("email", "ann@example.org"));

        assertThat(engine.sandbox().book().customer("ann"))
                .get()
                .extracting(SandboxCustomer::createdBy, SandboxCustomer::email)
                .containsExactly("customer", "ann@example.org");
        engine.assertEqualBooks();
    }

    @Test
    void createsUnknownCustomersOnlyWithAContact() {
        start("unknown-customers", "create-with-contact")
                .ingestAndSettle(
                        "1.csv",
                        Till.sale("R1", "ann", "10.00"),
                        Till.refund("R2", "R1", "ann", "4.00"),
                        Till.sale("R3", "bob", "5.00").with("mobile", "+447700900123"));

        assertThat(engine.records())
                .containsExactly(
                        "sale R1 skipped no-contact", "refund R2 skipped original-skipped", "sale R3 delivered");
        assertThat(engine.sandbox().book().customers())
                .extracting(SandboxCustomer::customerId)
                .containsExactly("bob");
    }

    @Test
    void skipsUnknownCustomers() {
        start("unknown-customers", "skip").createCustomer("bob");
        engine.ingestAndSettle("1.csv", Till.sale("R1", "ann", "10.00"), Till.sale("R2", "bob", "5.00"));

        assertThat(engine.records()).containsExactly("sale R1 skipped customer-unknown", "sale R2 delivered");
        assertThat(engine.held().customers()).isEqualTo(1);
    }

    @Test
    void parksWhatUnknownCustomersDid() {
        start("unknown-customers", "park")
                .ingestAndSettle("1.csv", Till.sale("R1", "ann", "10.00"), Till.customer("bob", "Bob"));

        assertThat(engine.records())
                .containsExactly("sale R1 parked customer-unknown", "customer bob parked customer-unknown");
        assertThat(engine.held().customers()).isZero();
    }

    @Test
    void leavesExistingCustomersAsTheyAreAndDeliversTheirSales() {
        start("existing-customers", "leave").createCustomer("ann");
        engine.ingestAndSettle("1.csv", Till.customer("ann", "Ann"), Till.sale("R1", "ann", "10.00"));

        assertThat(engine.records()).containsExactly("customer ann skipped customer-exists", "sale R1 delivered");
        assertThat(engine.sandbox().book().customer("ann"))
                .get()
                .extracting(SandboxCustomer::updates)
                .isEqualTo(0);
    }

    @Test
    void updatesCustomersThatWeCreatedThoughItLeavesOthers() {
        start("existing-customers", "leave").ingestAndSettle("1.csv", Till.customer("ann", "Ann"));
        engine.ingestAndSettle("2.csv", Till.customer("ann", "Anne"));

        assertThat(engine.records()).containsExactly("customer ann delivered", "customer ann delivered");
        assertThat(engine.sandbox().book().customer("ann"))
                .get()
                .extracting(SandboxCustomer::updates)
                .isEqualTo(1);
    }

    @Test
    void updatesExistingCustomersWhereTheAccountWants() {
        start("existing-customers", "update").createCustomer("ann");
        engine.ingestAndSettle("1.csv", Till.customer("ann", "Ann").with("email", "ann@example.org"));

        assertThat(engine.records()).containsExactly("customer ann delivered");
        assertThat(engine.sandbox().book().customer("ann"))
                .get()
                .extracting(SandboxCustomer::updates, SandboxCustomer::email)
                .containsExactly(1, "ann@example.org");
    }

    @Test
    void tellsOfExistingCustomersOnlyWhatGameballDoesNotHold() {
        start("existing-customers", "fill-gaps")
                .post("customers", "{\"customerId\":\"ann\",\"customerAttributes\":{\"email\":\"ann@app.example\"}}");
        engine.ingestAndSettle(
                "1.csv",
                Till.customer("ann", "Ann").with("email", "old@till.example").with("mobile", "+447700900123"));

        assertThat(engine.records()).containsExactly("customer ann delivered");
        assertThat(engine.sandbox().book().customer("ann"))
                .get()
                .extracting(SandboxCustomer::updates, SandboxCustomer::email, SandboxCustomer::mobile)
                .containsExactly(1, "ann@app.example", "+447700900123");
    }

    @Test
    void leavesAnExistingCustomerOfWhomGameballHoldsAll() {
        start("existing-customers", "fill-gaps")
                .post("customers", "{\"customerId\":\"ann\",\"customerAttributes\":{\"email\":\"ann@app.example\"}}");
        engine.ingestAndSettle("1.csv", Till.customer("ann", "").with("email", "old@till.example"));

        assertThat(engine.records()).containsExactly("customer ann skipped customer-exists");
    }

    @Test
    void skipsAnonymousSalesAndTheirRefunds() {
        start("anonymous", "skip")
                .ingestAndSettle("1.csv", Till.sale("R1", "", "10.00"), Till.refund("R2", "R1", "", "4.00"));

        assertThat(engine.records()).containsExactly("sale R1 skipped anonymous", "refund R2 skipped original-skipped");
        assertThat(engine.held().orders()).isZero();
    }

    @Test
    void deliversAnonymousSalesToGuestsOfTheirOwnAndTheirRefunds() {
        start("anonymous", "guest")
                .ingestAndSettle(
                        "1.csv",
                        Till.sale("R1", "", "10.00"),
                        Till.sale("R2", "", "5.00"),
                        Till.refund("R3", "R1", "", "4.00"));

        assertThat(engine.records()).containsExactly("sale R1 delivered", "sale R2 delivered", "refund R3 delivered");
        assertThat(engine.sandbox().book().customers())
                .extracting(SandboxCustomer::customerId, SandboxCustomer::createdBy)
                .containsExactlyInAnyOrder(
                        Tuple.tuple("guest-generic-csv-R1", "order"), Tuple.tuple("guest-generic-csv-R2", "order"));
        engine.assertEqualBooks();
    }

    @Test
    void skipsSalesBeforeTheProgrammeAndTheirRefunds() {
        start("earn-from", "2026-01-31")
                .ingestAndSettle(
                        "1.csv",
                        Till.sale("R1", "ann", "10.00").at("2026-01-30 23:59:59"),
                        Till.sale("R2", "ann", "5.00").at("2026-01-31 00:00:00"),
                        Till.refund("R3", "R1", "ann", "4.00"));

        assertThat(engine.records())
                .containsExactly(
                        "sale R1 skipped before-programme", "sale R2 delivered", "refund R3 skipped original-skipped");
    }

    @Test
    void buriesAmountsOfAnotherCurrency() {
        start("currency", "EUR")
                .ingestAndSettle("1.csv", Till.sale("R1", "ann", "10.00"), Till.refund("R2", "R1", "ann", "4.00"));

        assertThat(engine.records())
                .containsExactly("sale R1 dead currency-refused", "refund R2 dead currency-refused");
        assertThat(engine.deadLetters())
                .extracting(DeadLetters.DeadLetter::message)
                .containsExactly(
                        "1.csv:2: sale \"R1\" is in GBP, expected EUR. "
                                + "Convert the amounts; orders carry no currency, so only the account's own is taken.",
                        "1.csv:3: refund \"R2\" is in GBP, expected EUR. "
                                + "Convert the amounts; orders carry no currency, so only the account's own is taken.");
    }

    @Test
    void buriesAnOrderIdThatSomebodyElseUsed() {
        start("anonymous", "skip")
                .post(
                        "orders",
                        "{\"customerId\":\"other\",\"orderId\":\"generic-csv-R1\","
                                + "\"orderDate\":\"2026-01-30T10:00:00Z\",\"totalPaid\":1}");
        engine.ingestAndSettle("1.csv", Till.sale("R1", "ann", "10.00"));

        assertThat(engine.records()).containsExactly("sale R1 dead order-id-reused");
    }

    @Test
    void sendsTheMergingIdentifierOnEveryCall() {
        engine = EngineFixture.in(folder, SandboxSettings.defaults().withMerging(Merging.EMAIL))
                .set("posbridge.account.merging", "email")
                .start();
        engine.ingestAndSettle(
                "1.csv",
                Till.sale("R1", "ann", "10.00").with("email", "ann@example.org"),
                Till.refund("R2", "R1", "", "4.00"),
                Till.customer("bob", "Bob").with("email", "bob@example.org"),
                Till.event("E1", "bob", "survey").with("email", "bob@example.org"),
                Till.sale("R3", "cid", "10.00"));

        assertThat(engine.records())
                .containsExactly(
                        "sale R1 delivered",
                        "refund R2 delivered",
                        "customer bob delivered",
                        "event E1 delivered",
                        "sale R3 dead value-missing");
        engine.assertEqualBooks();
    }

    @Test
    void deliversASaleWithoutItsRedemptionWhereTheHoldIsGone() {
        start("late-redemption", "deliver")
                .ingestAndSettle("1.csv", Till.sale("R1", "ann", "10.00").with("points_hold", "HOLD-1"));

        assertThat(engine.records()).containsExactly("sale R1 delivered redemption-late");
        engine.assertEqualBooks();
    }

    @Test
    void buriesASaleWhoseHoldIsGoneWhereTheAccountWants() {
        start("late-redemption", "dead")
                .ingestAndSettle("1.csv", Till.sale("R1", "ann", "10.00").with("points_hold", "HOLD-1"));

        assertThat(engine.records()).containsExactly("sale R1 dead gameball-refused");
        assertThat(engine.held().orders()).isZero();
    }

    @Test
    void createsACustomerWithoutAReferrerCodeThatIsRefusedAndCountsIt() {
        start("unknown-customers", "create")
                .ingestAndSettle(
                        "1.csv",
                        Till.sale("R1", "ann", "10.00").with("referrer_code", "NOBODY"),
                        Till.customer("bob", "Bob").with("referrer_code", "NOBODY"));

        assertThat(engine.records())
                .containsExactly("sale R1 delivered referral-refused", "customer bob delivered referral-refused");
        assertThat(engine.outcomes().reasons()).containsEntry("referral-refused", 2L);
        assertThat(engine.held().customers()).isEqualTo(2);
    }

    @Test
    void movesEqualTimesOfACustomerSoThatGameballTakesThem() {
        start("unknown-customers", "create")
                .ingestAndSettle(
                        "1.csv",
                        Till.sale("R1", "ann", "10.00"),
                        Till.sale("R2", "ann", "5.00"),
                        Till.refund("R3", "R1", "ann", "10.00"));

        assertThat(engine.sandbox().book().orders())
                .extracting(order -> order.orderDate().toString())
                .containsExactly("2026-01-31T12:00:00Z", "2026-01-31T12:00:00.001Z");
        assertThat(engine.sandbox().book().refunds())
                .extracting(refund -> refund.transactionTime().toString())
                .containsExactly("2026-01-31T12:00:00.002Z");
        assertThat(engine.sandbox().book().orders())
                .extracting(SandboxOrder::repeats)
                .containsOnly(0);
    }

    private EngineFixture start(String rule, String value) {
        engine =
                EngineFixture.in(folder).set("posbridge.account." + rule, value).start();
        return engine;
    }
}
