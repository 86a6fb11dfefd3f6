package dev.posbridge.ledger;

import static dev.posbridge.ledger.LedgerFixture.NOON;
import static dev.posbridge.ledger.LedgerFixture.customer;
import static dev.posbridge.ledger.LedgerFixture.deadSale;
import static dev.posbridge.ledger.LedgerFixture.event;
import static dev.posbridge.ledger.LedgerFixture.ids;
import static dev.posbridge.ledger.LedgerFixture.line;
import static dev.posbridge.ledger.LedgerFixture.sale;
import static dev.posbridge.ledger.LedgerFixture.saleNamed;
import static dev.posbridge.ledger.LedgerFixture.saleOf;
import static dev.posbridge.ledger.LedgerFixture.skippedSale;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a receipt whose key the ledger holds already. */
class KeysTest {
    private LedgerFixture ledger;

    @BeforeEach
    void open(@TempDir Path folder) {
        ledger = LedgerFixture.in(folder);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void countsTheSameSaleAsDuplicateWhetherItWasSentOrNot() {
        ledger.give("1", sale("R1", "ann", "10.00"));
        LedgerFile second = ledger.give("2", sale("R1", "ann", "10.00"));
        assertThat(ids(ledger.deliverAll())).containsExactly("acme-R1");
        LedgerFile third = ledger.give("3", sale("R1", "ann", "10.00"));

        assertThat(ledger.deliverAll()).isEmpty();
        assertThat(ledger.records()).containsExactly("sale R1 delivered");
        for (LedgerFile file : new LedgerFile[] {second, third}) {
            assertThat(ledger.outcomes(file).of("duplicate").records()).isEqualTo(1);
            assertThat(ledger.outcomes(file).of("duplicate").sales()).isEqualByComparingTo("10.00");
            assertThat(ledger.outcomes(file).in().records()).isEqualTo(1);
        }
    }

    @Test
    void countsADuplicateThatDiffersInSomethingElse() {
        ledger.give("1", sale("R1", "ann", "10.00"));
        LedgerFile second = ledger.give("2", LedgerFixture.saleAt("R1", "ann", LedgerFixture.NOON.plusSeconds(1)));

        assertThat(ledger.outcomes(second).of("duplicate").records()).isEqualTo(1);
        assertThat(ledger.outcomes(second).differing()).isEqualTo(1);
    }

    @Test
    void tellsInWhatADuplicateDiffers() {
        ledger.give("1", saleOf("R1", "ann", NOON, line("A1", "Tea", "2", "5.00")));
        LedgerFile second =
                ledger.give("2", saleOf("R1", "ann", NOON.plusSeconds(30), line("A1", "Green tea", "2", "5.10")));

        assertThat(ledger.outcomes(second).of("duplicate").records()).isEqualTo(1);
        assertThat(ledger.outcomes(second).differing()).isEqualTo(1);
        assertThat(ledger.report(second).differences())
                .containsExactly(
                        "EOD.csv:7: sale \"R1\" came before; time was 2026-01-31T12:00:00Z, is "
                                + "2026-01-31T12:00:30Z; price of line 1 was 5.00, is 5.10; title of line 1 was Tea, is Green tea.");
    }

    @Test
    void takesAReceiptWhoseLinesAreSortedOrSplitOtherwiseForTheSame() {
        ledger.give("1", saleOf("R1", "ann", NOON, line("A1", "Tea", "2", "3.00"), line("B1", "Cup", "1.0", "4.00")));
        LedgerFile second = ledger.give(
                "2",
                saleOf(
                        "R1",
                        "ann",
                        NOON,
                        line("B1", "Cup", "1", "4.00"),
                        line("A1", "Tea", "1", "3.00"),
                        line("A1", "Tea", "1", "3.00")));

        assertThat(ledger.outcomes(second).of("duplicate").records()).isEqualTo(1);
    }

    @Test
    void buriesAnotherBasketOfTheSameTotalFromATillThatWasResetEvenWhileTheFirstIsNotSent() {
        ledger.give("1", saleOf("R1", "ann", NOON, line("A1", "Tea", "2", "5.00")));
        ledger.give("2", saleOf("R1", "ann", NOON.plusSeconds(7200), line("B1", "Cup", "1", "10.00")));
        assertThat(ids(ledger.deliverAll())).containsExactly("acme-R1");
        ledger.give("3", saleOf("R1", "ann", NOON.plusSeconds(7300), line("C1", "Pot", "1", "10.00")));

        assertThat(ledger.deliverAll()).isEmpty();
        assertThat(ledger.records())
                .containsExactly("sale R1 delivered", "sale R1 dead key-reused", "sale R1 dead key-reused");
        assertThat(ledger.deadLetters())
                .contains(
                        "EOD.csv:7: receipt \"R1\" is another one than came under this number before: "
                                + "time was 2026-01-31T12:00:00Z, is 2026-01-31T14:00:00Z; goods was 2 of \"A1\", is 1 of \"B1\". "
                                + "Another receipt has this number already (was the till reset?): give this one its own and replay.");
    }

    @Test
    void buriesOtherGoodsOfTheSameTotalOnceTheFirstWereSent() {
        ledger.give("1", saleOf("R1", "ann", NOON, line("A1", "Tea", "2", "5.00")));
        ledger.deliverAll();
        ledger.give("2", saleOf("R1", "ann", NOON, line("A1", "Tea", "1", "10.00")));

        assertThat(ledger.records()).containsExactly("sale R1 delivered", "sale R1 dead changed-after-delivery");
    }

    @Test
    void buriesAReceiptThatComesAgainWithATimeBeyondTheTolerance() {
        ledger.give("1", sale("R1", "ann", "10.00"));
        ledger.deliverAll();
        ledger.give("2", LedgerFixture.saleAt("R1", "ann", NOON.plusSeconds(60)));
        ledger.give("3", LedgerFixture.saleAt("R1", "ann", NOON.plusSeconds(61)));

        assertThat(ledger.records()).containsExactly("sale R1 delivered", "sale R1 dead changed-after-delivery");
    }

    @Test
    void deliversASkippedReceiptThatIsWantedNowThoughItSaysTheSame() {
        ledger.give("1", skippedSale("R1", "ann", "10.00"));
        ledger.give("2", sale("R1", "ann", "10.00"));

        assertThat(ids(ledger.deliverAll())).containsExactly("acme-R1");
        assertThat(ledger.records()).containsExactly("sale R1 superseded before-programme", "sale R1 delivered");
    }

    @Test
    void letsTheNewerWinWhileTheOlderIsNotSent() {
        ledger.give("1", sale("R1", "ann", "10.00"));
        ledger.give("2", sale("R1", "ann", "12.00"));

        assertThat(ledger.deliverAll())
                .singleElement()
                .satisfies(sent -> assertThat(sent.posRecord().toString()).contains("12.00"));
        assertThat(ledger.records()).containsExactly("sale R1 superseded", "sale R1 delivered");
    }

    @Test
    void buriesAChangeOfWhatWasDelivered() {
        ledger.give("1", sale("R1", "ann", "10.00"));
        ledger.deliverAll();
        ledger.give("2", sale("R1", "ann", "12.00"));

        assertThat(ledger.deliverAll()).isEmpty();
        assertThat(ledger.records()).containsExactly("sale R1 delivered", "sale R1 dead changed-after-delivery");
        assertThat(ledger.deadLetters())
                .containsExactly(
                        "EOD.csv:7: receipt \"R1\" was delivered before and says something else now: total was 10.00 GBP, is 12.00 GBP. "
                                + "Look first: posbridge correct --records \"R1\" --dry-run --reason T; without --dry-run it takes the order back and sends what the receipt says now.");
    }

    @Test
    void buriesTheNewerWhereTheOlderWasSentWhileItsFileWasRead() {
        ledger.give("1", sale("R1", "ann", "10.00"));
        LedgerFile second = ledger.stage("2", sale("R1", "ann", "12.00"));
        assertThat(ids(ledger.deliverAll())).containsExactly("acme-R1");
        ledger.files().release(second.id(), 1);

        assertThat(ledger.deliverAll()).isEmpty();
        assertThat(ledger.records()).containsExactly("sale R1 delivered", "sale R1 dead changed-after-delivery");
        assertThat(ledger.deadLetters())
                .containsExactly(
                        "2:7: receipt \"R1\" was delivered before and says something else now: total was 10.00 GBP, is 12.00 GBP. "
                                + "Look first: posbridge correct --records \"R1\" --dry-run --reason T; without --dry-run it takes the order back and sends what the receipt says now.");
    }

    @Test
    void keepsTheOlderWhereTheFileOfTheNewerIsRejected() {
        ledger.give("1", sale("R1", "ann", "10.00"));
        ledger.reject(ledger.stage("2", sale("R1", "ann", "12.00")));

        assertThat(ids(ledger.deliverAll())).containsExactly("acme-R1");
        assertThat(ledger.records()).containsExactly("sale R1 delivered");
    }

    @Test
    void takesACorrectedReceiptInPlaceOfADeadOne() {
        ledger.give("1", deadSale("R1", "ann", "10.00"));
        ledger.give("2", sale("R1", "ann", "11.00"));

        assertThat(ids(ledger.deliverAll())).containsExactly("acme-R1");
        assertThat(ledger.records()).containsExactly("sale R1 superseded currency-refused", "sale R1 delivered");
        assertThat(ledger.deadLetters()).isEmpty();
    }

    @Test
    void countsTheSameDeadReceiptAsDuplicate() {
        ledger.give("1", deadSale("R1", "ann", "10.00"));
        LedgerFile second = ledger.give("2", deadSale("R1", "ann", "10.00"));

        assertThat(ledger.records()).containsExactly("sale R1 dead currency-refused");
        assertThat(ledger.outcomes(second).of("duplicate").records()).isEqualTo(1);
    }

    @Test
    void takesAChangedReceiptInPlaceOfASkippedOne() {
        ledger.give("1", skippedSale("R1", "ann", "10.00"));
        ledger.give("2", skippedSale("R1", "ann", "10.00"), sale("R2", "bob", "1.00"));
        ledger.give("3", sale("R1", "ann", "11.00"));

        assertThat(ids(ledger.deliverAll())).containsExactlyInAnyOrder("acme-R1", "acme-R2");
        assertThat(ledger.records())
                .containsExactly("sale R1 superseded before-programme", "sale R2 delivered", "sale R1 delivered");
    }

    @Test
    void skipsAReceiptThatWasChangedSoThatItIsToBeSkipped() {
        ledger.give("1", sale("R1", "ann", "10.00"));
        ledger.give("2", skippedSale("R1", "ann", "12.00"));

        assertThat(ledger.deliverAll()).isEmpty();
        assertThat(ledger.records()).containsExactly("sale R1 superseded", "sale R1 skipped before-programme");
    }

    @Test
    void keepsAGoodReceiptWhereTheChangedOneCannotBeSent() {
        ledger.give("1", sale("R1", "ann", "10.00"));
        ledger.give("2", deadSale("R1", "ann", "12.00"));

        assertThat(ids(ledger.deliverAll())).containsExactly("acme-R1");
        assertThat(ledger.records()).containsExactly("sale R1 delivered", "sale R1 dead currency-refused");
        assertThat(ledger.deadLetters()).containsExactly("wrong currency");
    }

    @Test
    void buriesASecondReceiptOfTheSameNumberInAFileAndCountsARepeatedOne() {
        LedgerFile file = ledger.give(
                "1",
                sale("R1", "ann", "10.00"),
                sale("R1", "ann", "12.00"),
                sale("R1", "ann", "10.00"),
                sale("R1", "bob", "10.00"));

        assertThat(ids(ledger.deliverAll())).containsExactly("acme-R1");
        assertThat(ledger.records())
                .containsExactly("sale R1 delivered", "sale R1 dead key-repeated", "sale R1 dead key-repeated");
        assertThat(ledger.outcomes(file).of("duplicate").records()).isEqualTo(1);
        assertThat(ledger.deadLetters())
                .hasSize(2)
                .contains(
                        "EOD.csv:7: receipt \"R1\" stands in this file twice, with other content. "
                                + "Rows of one receipt must stand together; give the second receipt its own number and replay.");
    }

    @Test
    void buriesAnOrderIdThatAnotherIdentityUses() {
        ledger.give("1", sale("R1", "ann", "10.00"));
        ledger.giveOfIdentity("web", "2", sale("R1", "bob", "5.00"));

        assertThat(ids(ledger.deliverAll())).containsExactly("acme-R1");
        assertThat(ledger.records()).containsExactly("sale R1 delivered", "sale R1 dead order-id-collision");
        assertThat(ledger.deadLetters())
                .containsExactly("EOD.csv:7: order id \"acme-R1\" belongs to another record. "
                        + "Two sources make the same order id: give one of them its own order-id template.");
    }

    @Test
    void buriesAnOrderIdThatAnotherIdentityHasGivenItself() {
        ledger.giveOfIdentity("web", "1", saleNamed("acme-R1", "W1", "bob"));
        ledger.give("2", sale("R1", "ann", "10.00"));

        assertThat(ledger.records()).containsExactly("sale W1 pending", "sale R1 dead order-id-collision");
    }

    @Test
    void buriesAnOrderIdThatTwoIdentitiesMakeOfOtherKeys() {
        ledger.giveOfIdentity("acme-x", "1", saleNamed("acme-x-1", "1", "bob"));
        ledger.give("2", sale("x-1", "ann", "10.00"));

        assertThat(ledger.records()).containsExactly("sale 1 pending", "sale x-1 dead order-id-collision");
    }

    @Test
    void buriesAnOrderIdThatIsThatOfAnotherKeyInTheSameFileOrALaterOne() {
        ledger.give("1", saleNamed("acme-R2", "R1", "ann"), sale("R2", "bob", "1.00"));
        ledger.give("2", sale("R3", "ann", "1.00"), saleNamed("acme-R3", "R4", "bob"));
        ledger.give("3", saleNamed("acme-R2", "R5", "ann"));

        assertThat(ledger.records())
                .containsExactly(
                        "sale R1 pending",
                        "sale R2 dead order-id-collision",
                        "sale R3 pending",
                        "sale R4 dead order-id-collision",
                        "sale R5 dead order-id-collision");
    }

    @Test
    void sendsTheLatestRowOfACustomerAndEveryChangeAfterwards() {
        ledger.give("1", customer("ann", "Ann"), customer("ann", "Anne"), customer("ann", "Anne"));
        assertThat(ledger.deliverAll())
                .singleElement()
                .satisfies(sent -> assertThat(sent.posRecord().toString()).contains("Anne"));
        LedgerFile same = ledger.give("2", customer("ann", "Anne"));
        ledger.give("3", customer("ann", "Anna"));

        assertThat(ledger.deliverAll()).hasSize(1);
        assertThat(ledger.outcomes(same).of("duplicate").records()).isEqualTo(1);
        assertThat(ledger.records())
                .containsExactly("customer ann superseded", "customer ann delivered", "customer ann delivered");
    }

    @Test
    void sendsAnEventOnceByItsKey() {
        ledger.give("1", event("E1", "ann", "survey"));
        ledger.give("2", event("E1", "ann", "survey"));

        assertThat(ledger.deliverAll()).hasSize(1);
        assertThat(ledger.records()).containsExactly("event E1 delivered");
    }
}
