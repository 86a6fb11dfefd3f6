package dev.posbridge.ledger;

import static dev.posbridge.ledger.LedgerFixture.NOON;
import static dev.posbridge.ledger.LedgerFixture.deadSale;
import static dev.posbridge.ledger.LedgerFixture.ids;
import static dev.posbridge.ledger.LedgerFixture.line;
import static dev.posbridge.ledger.LedgerFixture.paidByPoints;
import static dev.posbridge.ledger.LedgerFixture.refund;
import static dev.posbridge.ledger.LedgerFixture.refundOfEither;
import static dev.posbridge.ledger.LedgerFixture.returned;
import static dev.posbridge.ledger.LedgerFixture.sale;
import static dev.posbridge.ledger.LedgerFixture.saleAt;
import static dev.posbridge.ledger.LedgerFixture.saleNamed;
import static dev.posbridge.ledger.LedgerFixture.saleOf;
import static dev.posbridge.ledger.LedgerFixture.skippedSale;
import static dev.posbridge.ledger.LedgerFixture.soFar;
import static dev.posbridge.ledger.LedgerFixture.voided;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.posbridge.pos.Reason;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A refund waits for its sale, never gives back more than was paid, and never overtakes. */
class RefundsTest {
    private static final Duration WAIT = Duration.ofHours(1);

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
                .containsExactly(tuple("acme-R1", "ann"), tuple("acme-R2", "ann"));
        assertThat(ledger.records()).containsExactly("refund R2 delivered", "sale R1 delivered");
    }

    @Test
    void refusesARefundThatIsDatedHoursBeforeItsSale() {
        ledger.give(
                "1",
                saleAt(
                        "R1",
                        "ann",
                        refund("R2", "R1", "ann", "4.00").posRecord().at().plusSeconds(3_660)));
        ledger.give("2", refund("R2", "R1", "ann", "4.00"));

        assertThat(ledger.deliverAll()).extracting(Delivery::orderId).containsExactly("acme-R1");
        assertThat(ledger.records()).containsExactly("sale R1 delivered", "refund R2 dead date-implausible");
        assertThat(ledger.deadLetters())
                .singleElement()
                .asString()
                .contains(", before its sale \"acme-R1\" of ", ", expected at most 1 h before it. Correct the date");
    }

    @Test
    void takesTheSecondKeyOfASaleWhereTheFirstIsNotKnown() {
        ledger.give(
                "1",
                sale("R1-0130", "ann", "10.00"),
                refundOfEither("R2", "R1-0131", "R1-0130", "ann", "4.00"),
                sale("R5-0131", "bob", "3.00"),
                refundOfEither("R6", "R5-0131", "R5-0130", null, "1.00"));

        assertThat(ledger.deliverAll())
                .filteredOn(sent -> sent.originalOrderId() != null)
                .extracting(Delivery::orderId, Delivery::originalOrderId, Delivery::customerId)
                .containsExactlyInAnyOrder(
                        tuple("acme-R2", "acme-R1-0130", "ann"), tuple("acme-R6", "acme-R5-0131", "bob"));
        ledger.give("2", refund("R7", "R1-0130", "ann", "8.00"));
        assertThat(ledger.deliverAll())
                .as("only six of the ten are left")
                .extracting(sent -> sent.amount().toPlainString())
                .containsExactly("6.00");
    }

    @Test
    void takesTheSaleOfTheRefundsCustomerWhereBothKeysAreKnownAndElseNone() {
        ledger.give(
                "1",
                sale("R1-0131", "bob", "9.00"),
                sale("R1-0130", "ann", "10.00"),
                refundOfEither("R2", "R1-0131", "R1-0130", "ann", "4.00"),
                refundOfEither("R3", "R1-0131", "R1-0130", null, "4.00"),
                refundOfEither("R4", "R1-0131", "R1-0130", "cat", "4.00"));

        assertThat(ledger.deliverAll())
                .filteredOn(sent -> sent.originalOrderId() != null)
                .extracting(Delivery::orderId, Delivery::originalOrderId, Delivery::customerId)
                .containsExactly(tuple("acme-R2", "acme-R1-0130", "ann"));
        assertThat(ledger.records()).contains("refund R3 dead original-not-found", "refund R4 dead original-not-found");
        assertThat(ledger.deadLetters())
                .as("%s", ledger.deadLetters())
                .anyMatch(letter -> letter.contains(
                        "1:7: it may take back any of the sales \"acme-R1-0131\", \"acme-R1-0130\", all of which "
                                + "are here, and the customer does not tell which. Refund the right one at Gameball by "
                                + "hand and discard, or name it in the row and replay."));
    }

    @Test
    void findsTheSecondKeyOfASaleThatComesAfterItsRefund() {
        ledger.give("1", refundOfEither("R2", "R1-0131", "R1-0130", null, "4.00"));
        assertThat(ledger.deliverAll()).isEmpty();
        assertThat(ledger.records()).containsExactly("refund R2 parked original-not-found");
        ledger.give("2", sale("R1-0130", "ann", "10.00"));
        ledger.deliverAll();
        new Parking(ledger.database(), WAIT).askAgain();

        assertThat(ledger.deliverAll())
                .extracting(Delivery::orderId, Delivery::originalOrderId, Delivery::customerId)
                .containsExactly(tuple("acme-R2", "acme-R1-0130", "ann"));
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
        new Parking(ledger.database(), WAIT).askAgain();

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
    void takesBackWhatIsLeftWhereARefundIsLarger() {
        LedgerFile file = ledger.give(
                "1", sale("R1", "ann", "10.00"), refund("R2", "R1", "ann", "7.00"), refund("R3", "R1", "ann", "4.00"));

        assertThat(ledger.deliverAll())
                .extracting(
                        Delivery::orderId,
                        sent -> sent.amount() == null ? "" : sent.amount().toPlainString())
                .containsExactly(tuple("acme-R1", ""), tuple("acme-R2", "7.00"), tuple("acme-R3", "3.00"));
        assertThat(ledger.records())
                .containsExactly("sale R1 delivered", "refund R2 delivered", "refund R3 delivered capped");
        assertThat(ledger.outcomes(file).of("delivered").refunds()).isEqualByComparingTo("10.00");
    }

    @Test
    void takesBackTheSameWhereACappedRefundIsTriedAgain() {
        ledger.give("1", sale("R1", "ann", "10.00"), refund("R2", "R1", "ann", "12.00"));
        Set<String> seen = new HashSet<>();
        List<Delivery> sent =
                ledger.deliverAll(delivery -> delivery.originalOrderId() != null && seen.add(delivery.orderId())
                        ? Outcome.again(0)
                        : Outcome.delivered(null).noting(delivery.note()));
        assertThat(sent).hasSize(3).filteredOn(one -> one.amount() != null).allSatisfy(one -> assertThat(one.amount())
                .isEqualByComparingTo("10.00"));
        assertThat(ledger.records()).containsExactly("sale R1 delivered", "refund R2 delivered capped");
    }

    @Test
    void buriesARefundThatExceedsItsSaleByMoreThanTheProfileAllows() {
        ledger.give(
                "1", sale("R1", "ann", "10.00"), refund("R2", "R1", "ann", "7.00"), refund("R3", "R1", "ann", "13.01"));

        assertThat(ids(ledger.deliverAll())).containsExactly("acme-R1", "acme-R2");
        assertThat(ledger.records())
                .containsExactly("sale R1 delivered", "refund R2 delivered", "refund R3 dead refund-exceeds-sale");
        assertThat(ledger.deadLetters())
                .containsExactly("1:7: refund of 13.01 for sale \"acme-R1\", of which only 3.00 is left. "
                        + "More is given back than was bought; correct the amount and replay.");
    }

    @Test
    void takesARefundForSomebodyElseBackFromWhomTheSaleWentTo() {
        ledger.give(
                "1", sale("R1", "ann", "10.00"), refund("R2", "R1", "bob", "4.00"), refund("R3", "R1", "cid", "4.00"));

        assertThat(ledger.deliverAll())
                .extracting(
                        Delivery::customerId,
                        sent -> sent.posRecord().customer().id())
                .containsExactly(tuple("ann", "ann"), tuple("ann", "ann"), tuple("ann", "ann"));
        assertThat(ledger.records())
                .containsExactly(
                        "sale R1 delivered",
                        "refund R2 delivered customer-of-sale",
                        "refund R3 delivered customer-of-sale");
    }

    @Test
    void settlesTheVoidOfASaleThatDiedTogetherWithIt() {
        ledger.give("1", deadSale("R1", "ann", "10.00"), voided("R2", "R1"));

        assertThat(ledger.deliverAll()).isEmpty();
        assertThat(ledger.records())
                .containsExactly("sale R1 skipped voided-unsent", "refund R2 skipped voided-unsent");
        assertThat(ledger.deadLetters()).isEmpty();
    }

    @Test
    void countsTheVoidOfASaleThatNeverCameAndSendsItIfTheSaleComesYet() {
        ledger.give("1", voided("R2", "R1"));
        assertThat(ledger.deliverAll()).isEmpty();
        assertThat(ledger.records()).containsExactly("refund R2 skipped void-of-nothing");
        ledger.give("2", sale("R1", "ann", "10.00"));

        assertThat(ids(ledger.deliverAll())).containsExactly("acme-R1", "acme-R2");
        assertThat(ledger.records()).containsExactly("refund R2 delivered", "sale R1 delivered");
    }

    @Test
    void sendsTheReturnOfASkippedSaleOnceTheSaleIsClaimed() {
        ledger.give("1", skippedSale("R1", null, "10.00"), refund("R2", "R1", null, "4.00"));
        ledger.deliverAll();
        assertThat(ledger.records())
                .containsExactly("sale R1 skipped before-programme", "refund R2 skipped original-skipped");
        ledger.give("2", sale("R1", "ann", "10.00"));

        assertThat(ids(ledger.deliverAll())).containsExactly("acme-R1", "acme-R2");
        assertThat(ledger.records())
                .containsExactly("sale R1 superseded before-programme", "refund R2 delivered", "sale R1 delivered");
    }

    @Test
    void sendsTheDifferenceWhereTheTillSaysAllThatWasGivenBackSoFar() {
        ledger.give("1", sale("R1", "ann", "60.00"), soFar("R1", "ann", "0"));
        ledger.give("2", soFar("R1", "ann", "10.00"));
        ledger.deliverAll();
        LedgerFile again = ledger.give("3", soFar("R1", "ann", "10.00"));
        ledger.give("4", soFar("R1", "ann", "25.50"));

        assertThat(ledger.deliverAll()).singleElement().satisfies(sent -> {
            assertThat(sent.orderId()).isEqualTo("acme-R1-refund@25.50");
            assertThat(sent.amount()).isEqualByComparingTo("15.50");
        });
        assertThat(ledger.outcomes(again).of("duplicate").records()).isEqualTo(1);
        ledger.give("5", soFar("R1", "ann", "20.00"));
        ledger.deliverAll();
        assertThat(ledger.records())
                .containsExactly(
                        "sale R1 delivered",
                        "refund R1-refund@0 skipped refunded-already",
                        "refund R1-refund@10.00 delivered",
                        "refund R1-refund@25.50 delivered",
                        "refund R1-refund@20.00 dead refund-exceeds-sale");
        assertThat(ledger.deadLetters())
                .containsExactly("5:7: 20.00 GBP was given back so far of sale \"acme-R1\", but 25.50 was taken back "
                        + "already. Look at the sale in the till, and correct it at Gameball by hand or discard.");
    }

    @Test
    void givesPointsBackForASaleThatTheyPaidFor() {
        ledger.give("1", paidByPoints("R1", "ann", "100.00"), refund("R2", "R1", "ann", "20.00"), voided("R3", "R1"));

        assertThat(ledger.deliverAll())
                .extracting(
                        Delivery::orderId,
                        sent -> sent.amount() == null ? "" : sent.amount().toPlainString())
                .containsExactly(tuple("acme-R1", ""), tuple("acme-R2", "20.00"), tuple("acme-R3", "80.00"));
    }

    @Test
    void givesNothingBackWhereThePointsOfASaleWereNeverSpent() {
        ledger.give("1", paidByPoints("R1", "ann", "100.00"), refund("R2", "R1", "ann", "20.00"));
        ledger.deliverAll(sent -> Outcome.deliveredWith(null, Reason.REDEMPTION_LATE));

        assertThat(ledger.records())
                .containsExactly("sale R1 delivered redemption-late", "refund R2 skipped nothing-to-give-back");
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
        ledger.deliverAll(delivery -> Outcome.skipped(Reason.CUSTOMER_INACTIVE));

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
        new Parking(ledger.database(), WAIT).askAgain();

        assertThat(ids(ledger.deliverAll(LedgerFixture::notThere))).containsExactly("acme-R2");
        assertThat(parkedUntil()).isEqualTo(until);
        assertThat(ledger.records()).containsExactly("refund R2 parked original-not-found");
    }

    @Test
    void asksAgainAFewTimesHoweverShortTheWaitIs() {
        Parking parking = new Parking(ledger.database(), Duration.ofMillis(4));
        ledger.give("1", refund("R2", "R1", "ann", "4.00"));
        ledger.deliverAll(LedgerFixture::notThere);
        parking.askAgain();
        ledger.deliverAll(LedgerFixture::notThere);

        await().untilAsserted(() -> {
            parking.askAgain();
            assertThat(ids(ledger.deliverAll())).containsExactly("acme-R2");
        });
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
        Parking parking = new Parking(ledger.database(), WAIT);
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
        new Parking(ledger.database(), WAIT).buryOverdue();
        assertThat(ledger.records()).containsExactly("refund R2 dead original-not-found");

        ledger.give("2", sale("R1", "ann", "10.00"));

        assertThat(ids(ledger.deliverAll())).containsExactly("acme-R1", "acme-R2");
        assertThat(ledger.records()).containsExactly("refund R2 delivered", "sale R1 delivered");
        assertThat(ledger.deadLetters()).isEmpty();
    }

    @Test
    void takesTwoLinesOfOneProductFromTheNewestSalesThatStillHoldThem() {
        LedgerFile file = byProduct("1");
        ledger.store(
                file,
                0,
                saleOf("R1", "ann", NOON, line("P", "mug", "3", "1.00")),
                saleOf("R2", "ann", NOON.plusSeconds(60), line("P", "mug", "2", "1.00")));
        ledger.store(file, 2, returned("C1", "ann", line("P", "mug", "1", "1.00")));
        ledger.store(
                file,
                3,
                returned(
                        "C2",
                        "ann",
                        line("P", "mug", "1", "1.00"),
                        line("Q", "cup", "1", "1.00"),
                        line("P", "mug", "2", "1.00")));
        ledger.store(file, 4, returned("C3", "ann", line("P", "mug", "1", "1.00"), line("P", "mug", "1", "1.00")));

        ledger.files().release(file.id(), 5);

        assertThat(ledger.deliverAll())
                .filteredOn(sent -> sent.originalOrderId() != null)
                .extracting(Delivery::orderId, Delivery::originalOrderId)
                .containsExactly(
                        tuple("acme-C1", "acme-R2"),
                        tuple("acme-C2", "acme-R2"),
                        tuple("acme-C2.2", "acme-R1"),
                        tuple("acme-C3", "acme-R1"));
        assertThat(ledger.records())
                .contains("refund C2.3 dead original-not-found", "refund C3.2 dead original-not-found");
    }

    private LedgerFile byProduct(String name) {
        return ledger.files()
                .begin(new FileOffer(
                        "acme", "acme", name, "inbox/" + name, "of " + name, "profile-1", null, null, true, false))
                .file();
    }
}
