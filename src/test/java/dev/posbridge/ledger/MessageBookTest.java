package dev.posbridge.ledger;

import static dev.posbridge.ledger.LedgerFixture.ids;
import static dev.posbridge.ledger.LedgerFixture.sale;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages beside files: whose key it is, and who goes first. */
class MessageBookTest {
    private static final FileOffer DAY = LedgerFixture.live("receipts@2026-01-31", "queue receipts@2026-01-31");

    private LedgerFixture ledger;
    private MessageBook book;
    private int sent;

    @BeforeEach
    void open(@TempDir Path folder) {
        ledger = LedgerFixture.in(folder);
        book = new MessageBook(ledger.database(), ledger.chunks());
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    private MessageBook.Key send(Entry... entries) {
        MessageBook.Key key = new MessageBook.Key("ID:" + ++sent, sent);
        book.take("receipts", Map.of(key, 1), List.of());
        book.store(
                "receipts",
                DAY,
                List.of(new MessageBook.Stored(key, "receipts ID:" + sent, "receipts", null, List.of(entries))),
                entries.length);
        return key;
    }

    @Test
    void takesItsKeyOverFromAFileThatIsNotYetReleased() {
        LedgerFile night = ledger.stage("night", sale("R1", "ann", "10.00"), sale("R2", "ann", "20.00"));

        send(sale("R1", "ann", "10.00"));
        assertThat(ids(ledger.deliverAll())).containsExactly("acme-R1");
        ledger.files().release(night.id(), 2);

        assertThat(ids(ledger.deliverAll())).containsExactly("acme-R2");
        assertThat(ledger.records()).containsExactly("sale R1 superseded", "sale R2 delivered", "sale R1 delivered");
        assertThat(ledger.outcomes(night).in().records()).isEqualTo(2);
    }

    @Test
    void keepsItsKeyWhereTheFileIsRejectedAfterwards() {
        LedgerFile night = ledger.stage("night", sale("R1", "ann", "10.00"));
        send(sale("R1", "ann", "12.00"));
        ledger.reject(night);

        assertThat(ids(ledger.deliverAll())).containsExactly("acme-R1");
        assertThat(ledger.records()).containsExactly("sale R1 delivered");
    }

    @Test
    void goesBeforeFilesButBehindTheEarlierOnesOfItsCustomer() {
        ledger.give("night", sale("R1", "ann", "10.00"), sale("R2", "bob", "20.00"));
        send(sale("L1", "ann", "1.00"), sale("L2", "eve", "2.00"));
        ledger.give("later", sale("R3", "eve", "30.00"));

        assertThat(ids(claimOf("eve", true))).containsExactly("acme-L2");
        assertThat(claimOf("ann", true)).isEmpty();
        assertThat(ids(claimOf("ann", false))).containsExactly("acme-R1");
        assertThat(claimOf("eve", false)).isEmpty();
    }

    @Test
    void letsANewerMessageOfADayTakeTheOldersPlace() {
        send(sale("R1", "ann", "10.00"));
        send(sale("R1", "ann", "12.00"));
        assertThat(ids(ledger.deliverAll())).containsExactly("acme-R1");
        send(sale("R1", "ann", "13.00"));

        assertThat(ledger.records())
                .containsExactly("sale R1 superseded", "sale R1 delivered", "sale R1 dead changed-after-delivery");
    }

    @Test
    void knowsWhatIsInHandUntilItIsAcknowledged() {
        MessageBook.Key first = send(sale("R1", "ann", "10.00"));
        MessageBook.Key second = new MessageBook.Key("ID:second", 2);
        book.take("receipts", Map.of(second, 2), List.of());

        assertThat(book.inHand("receipts"))
                .containsOnly(
                        Map.entry(first, new MessageBook.InHand(1, true)),
                        Map.entry(second, new MessageBook.InHand(2, false)));
        book.take("receipts", Map.of(second, 3), List.of(first));
        assertThat(book.inHand("receipts")).containsOnly(Map.entry(second, new MessageBook.InHand(3, false)));
        assertThat(book.inHand("other")).isEmpty();
    }

    /** Claims and keeps what is due in the customer's lane. */
    private List<Delivery> claimOf(String customer, boolean messagesOnly) {
        LaneBook lanes = messagesOnly ? ledger.lanes().ofMessages() : ledger.lanes();
        LaneTurn turn = lanes.turn(Fingerprint.lane(customer, 64));
        List<Delivery> claimed = lanes.claim(turn, 100).deliveries();
        return claimed;
    }
}
