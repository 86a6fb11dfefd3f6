package dev.posbridge.ledger;

import static dev.posbridge.ledger.LedgerFixture.ids;
import static dev.posbridge.ledger.LedgerFixture.refund;
import static dev.posbridge.ledger.LedgerFixture.sale;
import static dev.posbridge.ledger.LedgerFixture.saleNamed;
import static dev.posbridge.ledger.LedgerFixture.skippedSale;
import static dev.posbridge.ledger.LedgerFixture.voided;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A refund waits for its sale, never gives back more than was paid, and never overtakes. */
class RefundsTest {
    @TempDir
    private Path folder;

    private LedgerFixture ledger;

    @BeforeEach
    void open() {
        ledger = LedgerFixture.in(folder);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void parksARefundWithoutCustomerUntilItsSaleComesInAnotherFile() {
        ledger.give("1", refund("R2", "R1", null, "4.00"));
        assertThat(ledger.deliverAll()).isEmpty();
        assertThat(ledger.records()).containsExactly("refund R2 parked original-not-found");
        ledger.give("2", sale("R1", "ann", "10.00"));

        assertThat(ledger.deliverAll())
                .extracting(Delivery::orderId, Delivery::customerId)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("acme-R1", "ann"),
                        org.assertj.core.groups.Tuple.tuple("acme-R2", "ann"));
        assertThat(ledger.records()).containsExactly("refund R2 delivered", "sale R1 delivered");
    }

    @Test
    void findsASaleWhoseOrderIdDoesNotFollowFromItsKey() {
        ledger.giveOfIdentity("web", "1", saleNamed("acme-R1", "W1", "ann"));
        ledger.give("2", refund("R2", "R1", null, "4.00"));

        assertThat(ids(ledger.deliverAll())).containsExactly("acme-R1", "acme-R2");
    }

    @Test
    void sendsARefundThatStandsBeforeItsSaleInTheSameFile() {
        ledger.give(
                "1",
                refund("R2", "R1", "ann", "4.00"),
                sale("R1", "ann", "10.00"),
                voided("R4", "R3"),
                sale("R3", "bob", "2.00"));

        assertThat(ids(ledger.deliverAll())).containsExactlyInAnyOrder("acme-R1", "acme-R2", "acme-R3", "acme-R4");
    }

    @Test
    void sendsASaleWhoseParkedRefundAsksAgainJustThen() {
        ledger.give("1", refund("R2", "R1", "ann", "4.00"));
        ledger.deliverAll(LedgerFixture::notThere);
        ledger.give("2", sale("R1", "ann", "10.00"));
        new Parking(ledger.database()).askAgain();

        assertThat(ids(ledger.deliverAll())).containsExactly("acme-R1", "acme-R2");
    }

    @Test
    void givesTheRefundItsSalesCustomer() {
        ledger.give("1", sale("R1", "ann", "10.00"), refund("R2", "R1", null, "4.00"));

        assertThat(ledger.deliverAll())
                .last()
                .satisfies(sent -> assertThat(sent.posRecord().customer().id()).isEqualTo("ann"));
    }

    @Test
    void keepsARefundInItsPlaceWhileItsSaleIsOnItsWay() {
        ledger.give("1", sale("R1", "ann", "10.00"), refund("R2", "R1", "bob", "4.00"));
        assertThat(ids(ledger.claimAll())).containsExactly("acme-R1");
        assertThat(ledger.records()).containsExactly("sale R1 sending", "refund R2 pending");
    }

    @Test
    void buriesARefundLargerThanWhatIsLeftOfTheSale() {
        ledger.give(
                "1", sale("R1", "ann", "10.00"), refund("R2", "R1", "ann", "7.00"), refund("R3", "R1", "ann", "4.00"));

        assertThat(ids(ledger.deliverAll())).containsExactly("acme-R1", "acme-R2");
        assertThat(ledger.records())
                .containsExactly("sale R1 delivered", "refund R2 delivered", "refund R3 dead refund-exceeds-sale");
        assertThat(ledger.deadLetters())
                .containsExactly("1:7: refund of 4.00 for sale \"acme-R1\", of which only 3.00 is left. "
                        + "More is given back than was bought; correct the amount and replay.");
    }

    @Test
    void sendsTwoEqualPartialRefunds() {
        ledger.give(
                "1", sale("R1", "ann", "10.00"), refund("R2", "R1", "ann", "5.00"), refund("R3", "R1", "ann", "5.00"));

        assertThat(ids(ledger.deliverAll())).containsExactly("acme-R1", "acme-R2", "acme-R3");
    }

    @Test
    void givesBackTheRestWhereASaleIsVoidedThatWasPartlyRefunded() {
        LedgerFile file =
                ledger.give("1", sale("R1", "ann", "10.00"), refund("R2", "R1", "ann", "4.00"), voided("R3", "R1"));

        assertThat(ledger.deliverAll()).last().satisfies(sent -> assertThat(sent.amount())
                .isEqualByComparingTo(new BigDecimal("6.00")));
        assertThat(ledger.outcomes(file).of("delivered").refunds()).isEqualByComparingTo("10.00");
    }

    @Test
    void buriesAVoidOfASaleThatWasGivenBackWhole() {
        ledger.give("1", sale("R1", "ann", "10.00"), refund("R2", "R1", "ann", "10.00"), voided("R3", "R1"));
        ledger.deliverAll();

        assertThat(ledger.records())
                .containsExactly("sale R1 delivered", "refund R2 delivered", "refund R3 dead refund-exceeds-sale");
    }

    @Test
    void skipsTheRefundOfASkippedSaleWhicheverComesFirst() {
        ledger.give("1", refund("R2", "R1", null, "4.00"));
        ledger.deliverAll();
        ledger.give("2", skippedSale("R1", "ann", "10.00"));
        ledger.give("3", refund("R3", "R1", "ann", "4.00"));

        assertThat(ledger.deliverAll()).isEmpty();
        assertThat(ledger.records())
                .containsExactly(
                        "refund R2 skipped original-skipped",
                        "sale R1 skipped before-programme",
                        "refund R3 skipped original-skipped");
    }

    @Test
    void wakesTheRefundOfASaleThatGameballSkips() {
        ledger.give("1", sale("R1", "ann", "10.00"), refund("R2", "R1", "bob", "4.00"));
        ledger.deliverAll(delivery -> Outcome.skipped(dev.posbridge.pos.Reason.CUSTOMER_INACTIVE));

        assertThat(ledger.records())
                .containsExactly("sale R1 skipped customer-inactive", "refund R2 skipped original-skipped");
    }

    @Test
    void keepsARefundWaitingThroughARejectionOfItsSalesFile() {
        ledger.give("1", refund("R2", "R1", null, "4.00"));
        ledger.reject(ledger.stage("2", sale("R1", "ann", "10.00")));
        ledger.deliverAll();
        ledger.give("2", sale("R1", "ann", "10.00"));

        assertThat(ids(ledger.deliverAll())).containsExactly("acme-R1", "acme-R2");
    }

    @Test
    void triesAParkedRefundAgainAndParksItNoLongerForThat() {
        ledger.give("1", refund("R2", "R1", "ann", "4.00"));
        ledger.deliverAll(LedgerFixture::notThere);
        long until = parkedUntil();
        new Parking(ledger.database()).askAgain();

        assertThat(ids(ledger.deliverAll(LedgerFixture::notThere))).containsExactly("acme-R2");
        assertThat(parkedUntil()).isEqualTo(until);
        assertThat(ledger.records()).containsExactly("refund R2 parked original-not-found");
    }

    private long parkedUntil() {
        return ledger.database().read(handle -> handle.createQuery("select due_at from record")
                .mapTo(Long.class)
                .one());
    }

    @Test
    void buriesARefundThatWaitedToTheEndOfItsTimeAndNoneBefore() {
        ledger.close();
        ledger = LedgerFixture.in(folder, Duration.ofHours(1));
        Parking parking = new Parking(ledger.database());
        ledger.give("1", refund("R2", "R1", null, "4.00"));
        ledger.deliverAll();
        parking.buryOverdue();
        assertThat(ledger.records()).containsExactly("refund R2 parked original-not-found");

        ledger.database()
                .update(handle -> handle.execute(
                        "update record set due_at = due_at - ?",
                        Duration.ofHours(1).toMillis()));
        parking.buryOverdue();
        assertThat(ledger.records()).containsExactly("refund R2 dead original-not-found");
        assertThat(ledger.deadLetters())
                .containsExactly("1:7: waited to the end of its time for sale \"acme-R1\". "
                        + "The sale it takes back is not known here; refund it at Gameball by hand, or discard.");
    }

    @Test
    void revivesARefundThatDiedWaitingWhenItsSaleArrivesAfterAll() {
        ledger.close();
        ledger = LedgerFixture.in(folder, Duration.ZERO);
        ledger.give("1", refund("R2", "R1", null, "4.00"));
        ledger.deliverAll();
        new Parking(ledger.database()).buryOverdue();
        assertThat(ledger.records()).containsExactly("refund R2 dead original-not-found");

        ledger.give("2", sale("R1", "ann", "10.00"));

        assertThat(ids(ledger.deliverAll())).containsExactly("acme-R1", "acme-R2");
        assertThat(ledger.records()).containsExactly("refund R2 delivered", "sale R1 delivered");
        assertThat(ledger.deadLetters()).isEmpty();
    }
}
