package dev.posbridge.ledger;

import static dev.posbridge.ledger.LedgerFixture.ids;
import static dev.posbridge.ledger.LedgerFixture.refund;
import static dev.posbridge.ledger.LedgerFixture.sale;
import static dev.posbridge.ledger.LedgerFixture.storeSale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.posbridge.pos.Reason;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which sales of segments go by batch, and when; the customer of each test is ann, the others fill the segment. */
class SegmentWindowTest {
    private static final long LATER = System.currentTimeMillis() + 3_600_000;

    private LedgerFixture ledger;
    private JobBook jobs;
    private int fillers;

    @BeforeEach
    void open(@TempDir Path folder) {
        ledger = LedgerFixture.in(folder);
        jobs = new JobBook(ledger.database());
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void putsAtMostOneSaleOfACustomerIntoAJobAndGoesOnInOrderOverFilesAndRows() {
        give("1", sale("R1", "ann", "1.00"), sale("R2", "ann", "2.00"));
        ledger.give("2", sale("R3", "ann", "3.00"));
        give("3", sale("R4", "ann", "4.00"));

        List<String> sent = new ArrayList<>();
        // It takes the window a moment to see that a row is at its end.
        await().until(() -> {
            List<DueSale> found = jobs.walk(sale -> true, () -> false).next(1_000);
            assertThat(ofAnn(found).size()).isLessThanOrEqualTo(1);
            sent.addAll(ofAnn(found));
            jobs.claim(found, LATER).ifPresent(this::deliver);
            return sent.size() == 4;
        });
        assertThat(sent).containsExactly("acme-R1", "acme-R2", "acme-R3", "acme-R4");
        assertThat(new ReportBook(ledger.database()).isSettled()).isTrue();
    }

    @Test
    void findsAgainWhatDidNotLeaveAndInItsOrder() {
        give("1", sale("R1", "ann", "1.00"), sale("R2", "ann", "2.00"));
        Job job = LedgerFixture.claim(jobs);
        assertThat(ofAnn(walk())).isEmpty();
        jobs.notSent(job, 0);

        assertThat(ofAnn(walk())).containsExactly("acme-R1");
    }

    @Test
    void findsAgainWhatWasFoundAndCouldNotBeClaimed() {
        give("1", sale("R1", "ann", "1.00"), sale("R2", "ann", "2.00"));
        List<DueSale> found = jobs.walk(sale -> true, () -> false).next(1_000);
        assertThat(jobs.claim(found.subList(1, 2), LATER)).isPresent();

        assertThat(jobs.claim(found, LATER)).isEmpty();
        assertThat(ofAnn(walk())).containsExactly("acme-R1");
    }

    @Test
    void findsAgainWhatWasGivenBack() {
        give("1", sale("R1", "ann", "1.00"), sale("R2", "ann", "2.00"));
        List<DueSale> found = jobs.walk(sale -> true, () -> false).next(1_000);
        jobs.giveBack(found);

        assertThat(jobs.walk(sale -> true, () -> false).next(1_000))
                .extracting(DueSale::orderId)
                .containsExactlyElementsOf(found.stream().map(DueSale::orderId).toList());
    }

    @Test
    void findsTheSegmentOfASaleThoughItRemembersOneThatWasNeverStored() {
        ledger.give("1", sale("R1", "ann", "1.00"));
        give("2", sale("R2", "bob", "1.00"));
        // As the transaction of a chunk had read it that was rolled back.
        ledger.database().segments().seen(new SegmentRow(1, 1, 1, 1_000, 0, SegmentRow.states(new byte[1_000])));
        List<DueSale> found = jobs.walk(sale -> true, () -> false).next(1_000);

        assertThat(jobs.claim(found, LATER))
                .hasValueSatisfying(job -> assertThat(jobs.carried(job)).hasSize(32));
    }

    @Test
    void givesTheRestOfWhatMayGoToWhoeverAsksNext() {
        give("1", sale("R1", "ann", "1.00"));
        List<DueSale> found = jobs.walk(sale -> true, () -> false).next(1_000);
        jobs.giveBack(found);

        List<String> all = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            all.addAll(jobs.walk(sale -> true, () -> false).next(1).stream()
                    .map(DueSale::orderId)
                    .toList());
        }
        assertThat(all).hasSameSizeAs(found);
    }

    @Test
    void keepsBackWhatIsPausedAndWhatIsLaterOfItsCustomerAndNothingElse() {
        give(
                "1",
                sale("R1", "ann", "1.00"),
                sale("R2", "ann", "2.00"),
                storeSale("R3", "ann", "north"),
                sale("R4", "ann", "4.00"));
        Pauses pauses = new Pauses(ledger.database());
        pauses.add(null, "north", null, "a test");

        List<String> sent = new ArrayList<>();
        for (int round = 0; round < 4; round++) {
            sent.addAll(ofAnn(walk()));
            deliver(LedgerFixture.claim(jobs));
        }
        assertThat(sent).containsExactly("acme-R1", "acme-R2");
        assertThat(jobs.availableInSegments(10)).isZero();
        assertThat(jobs.sendSegmentsSingly(1_000)).isZero();
        assertThat(ledger.claimAll()).isEmpty();
        pauses.lift();
        jobs.walk(sale -> true, () -> false).abandon();
        deliver(LedgerFixture.claim(jobs));
        assertThat(jobs.availableInSegments(10)).isEqualTo(1);
        assertThat(jobs.sendSegmentsSingly(1_000)).isEqualTo(1);
        assertThat(ids(ledger.deliverAll())).containsExactly("acme-R4");
    }

    @Test
    void letsAMessageWaitForWhatWasReleasedBeforeItCameAndGoBeforeTheRest() {
        give("1", sale("R1", "ann", "1.00"));
        message("L1");
        give("2", sale("R2", "ann", "2.00"));

        assertThat(ledger.claimAll()).isEmpty();
        assertThat(ofAnn(walk())).containsExactly("acme-R1");
        deliver(LedgerFixture.claim(jobs));
        assertThat(ofAnn(walk())).containsExactly("acme-L1");
        assertThat(ids(ledger.deliverAll())).containsExactly("acme-L1");
        await().untilAsserted(() -> assertThat(ofAnn(walk())).containsExactly("acme-R2"));
    }

    @Test
    void letsAMessageGoThatAFileWaitsForThoughALaterOneByAnotherDoorWaitsForTheFile() {
        FileOffer desk = LedgerFixture.live("desk", "what the desk took that day");
        FileOffer queue = LedgerFixture.live("queue", "what a queue brought that day");
        store(desk, sale("L0", "bob", "1.00"));
        store(queue, sale("L1", "ann", "1.00"));
        give("1", sale("R1", "ann", "1.00"));
        store(desk, sale("L2", "ann", "1.00"));

        assertThat(ids(ledger.claimAll())).containsExactlyInAnyOrder("acme-L0", "acme-L1");
    }

    @Test
    void letsAMessageGoThatAFileOfAFewRowsWaitsForThoughALaterOneByAnotherDoorWaitsForTheFile() {
        FileOffer desk = LedgerFixture.live("desk", "what the desk took that day");
        FileOffer queue = LedgerFixture.live("queue", "what a queue brought that day");
        store(desk, sale("L0", "bob", "1.00"));
        store(queue, sale("L1", "ann", "1.00"));
        ledger.give("1", sale("R1", "ann", "1.00"));
        store(desk, sale("L2", "ann", "1.00"));
        store(queue, sale("L3", "ann", "1.00"));

        assertThat(ids(ledger.deliverAll())).containsSubsequence("acme-L1", "acme-R1", "acme-L2", "acme-L3");
    }

    @Test
    void asksAboutWhatATillTookOutOfItsTurnWhenItsProcessDiedAndKeepsOnlyItsCustomerBackUntilThen() {
        FileOffer today = LedgerFixture.live("checkout", DeskBook.contentOf("acme", LocalDate.of(2026, 1, 31)));
        DeskBook desk = ledger.desk();
        give("1", sale("R1", "ann", "1.00"));
        Delivery sold =
                desk.take(desk.store(today, sale("T1", "ann", "5.00")).id()).orElseThrow();
        desk.settle(sold, Outcome.delivered(BigDecimal.ONE), List.of());
        desk.take(desk.store(today, refund("T2", "T1", "ann", "2.00")).id()).orElseThrow();

        assertThat(ofAnn(walk())).isEmpty();
        assertThat(LedgerFixture.claim(jobs).size()).isEqualTo(30);

        desk.freeAll();
        LaneTurn turn = ledger.lanes().turn(ledger.lanes().due().get(0));
        assertThat(ledger.lanes().claim(turn, 10).unverified())
                .extracting(Unverified::orderId)
                .containsExactly("acme-T2");
    }

    @Test
    void findsTheOthersWithoutTheOneThatCouldNotBeClaimedWithThem() {
        FileOffer today = LedgerFixture.live("checkout", DeskBook.contentOf("acme", LocalDate.of(2026, 1, 31)));
        DeskBook desk = ledger.desk();
        give("1", sale("R1", "ann", "1.00"));
        List<DueSale> found = jobs.walk(sale -> true, () -> false).next(1_000);
        Delivery sold =
                desk.take(desk.store(today, sale("T1", "ann", "5.00")).id()).orElseThrow();

        assertThat(found).hasSize(31);
        assertThat(jobs.claim(found, LATER)).isEmpty();
        desk.settle(sold, Outcome.delivered(BigDecimal.ONE), List.of());
        assertThat(walk()).hasSize(30).noneMatch(sale -> "ann".equals(sale.customerId()));
        await().untilAsserted(() -> assertThat(ofAnn(walk())).containsExactly("acme-R1"));
    }

    private void store(FileOffer day, Entry entry) {
        ledger.database()
                .update(handle -> ledger.chunks().storeLive(handle, FileBook.live(handle, day), List.of(entry)));
        ledger.database().update(handle -> handle.execute("update file set state = 1 where live = 1"));
    }

    @Test
    void letsMessagesWithoutACustomerPassFiles() {
        give("1", sale("R1", "ann", "1.00"));
        store(LedgerFixture.live("day", "messages of the day"), sale("L1", null, "1.00"));

        assertThat(ids(ledger.deliverAll())).containsExactly("acme-L1");
    }

    @Test
    void letsARefundWaitForItsSaleInAJobAndGoAfterIt() {
        give("1", sale("R1", "ann", "5.00"));
        ledger.give("2", refund("B1", "R1", null, "2.00"));
        Job job = LedgerFixture.claim(jobs);

        assertThat(ledger.claimAll()).isEmpty();
        deliver(job);
        assertThat(ids(ledger.deliverAll())).containsExactly("acme-B1");
    }

    @Test
    void parksARefundWhoseSaleComesInAMessageAfterIt() {
        ledger.give("1", refund("B1", "R9", "ann", "1.00"));
        message("R9");

        assertThat(ids(ledger.deliverAll())).containsExactly("acme-R9", "acme-B1");
    }

    @Test
    void dissolvesTheFirstOfEachCustomerAloneWhileOthersAreUnderWay() {
        give("1", sale("R1", "ann", "1.00"), sale("R2", "ann", "2.00"), sale("R3", "ann", "3.00"));
        List<DueSale> found = jobs.walk(sale -> true, () -> false).next(1_000);
        jobs.giveBack(List.of(found.get(0)));
        Job job = jobs.claim(found.subList(1, found.size()), LATER).orElseThrow();

        assertThat(jobs.availableInSegments(1_000)).isEqualTo(1);
        assertThat(jobs.sendSegmentsSingly(1_000)).isEqualTo(1);
        deliver(job);
        assertThat(ids(ledger.claimAll())).containsExactly("acme-R1");
    }

    @Test
    void dissolvesWhatWaitsIntoRowsThatGoSinglyInOrder() {
        give("1", sale("R1", "ann", "1.00"), sale("R2", "ann", "2.00"));
        assertThat(jobs.availableInSegments(1)).isEqualTo(1);
        assertThat(jobs.sendSegmentsSingly(1_000)).isEqualTo(2);

        assertThat(ledger.records()).startsWith("sale R1 pending", "sale R2 pending");
        assertThat(ofAnn(jobs.walk(sale -> sale.orderId().contains("F"), () -> false)
                        .next(1_000)))
                .isEmpty();
        assertThat(ids(ledger.deliverAll())).containsExactly("acme-R1", "acme-R2");
    }

    @Test
    void takesNoRowOfACustomerWhoseSaleIsInTheHandsOfAJob() {
        ledger.give("1", sale("R0", "ann", "1.00"));
        ledger.deliverAll(delivery -> Outcome.dead(Reason.CURRENCY_REFUSED, "a test"));
        give("2", sale("R1", "ann", "2.00"));
        Job job = LedgerFixture.claim(jobs);
        // As a replay leaves it: it has its old place, and so is the customer's first.
        ledger.database()
                .update(handle -> handle.execute(
                        "update record set state = 0, settled_at = null, attempts = 0 where key = 'R0'"));
        ledger.database().update(handle -> handle.execute("update file set state = 1"));
        ledger.database().segments().window().rowsChanged();

        assertThat(ofAnn(walk())).isEmpty();
        deliver(job);
        assertThat(ofAnn(walk())).containsExactly("acme-R0");
    }

    @Test
    void claimsNoRowOfACustomerWhoseSaleCameIntoTheHandsOfAJobMeanwhile() {
        give("1", sale("R1", "ann", "2.00"));
        List<DueSale> found = jobs.walk(sale -> true, () -> false).next(1_000);
        ledger.give("2", sale("R2", "ann", "2.00"));
        Job job = jobs.claim(found, LATER).orElseThrow();
        DueSale row = new DueSale(
                ledger.database().read(handle -> handle.select("select id from record where key = 'R2'")
                        .mapTo(Long.class)
                        .one()),
                "acme-R2",
                "ann",
                "2:1",
                LedgerFixture.NOON,
                false,
                Way.EITHER,
                true,
                0,
                0,
                false,
                () -> new byte[0]);

        assertThat(jobs.claim(List.of(row), LATER)).isEmpty();
        deliver(job);
        assertThat(jobs.claim(List.of(row), LATER)).isPresent();
    }

    private void message(String key) {
        new MessageBook(ledger.database(), ledger.chunks())
                .store(
                        "till",
                        LedgerFixture.live("day", "messages of the day"),
                        List.of(new MessageBook.Stored(
                                new MessageBook.Key(key, 1), "till:1", "day", null, List.of(sale(key, "ann", "1.00")))),
                        1);
    }

    /** With enough others for a segment. */
    private void give(String name, Entry... entries) {
        Stream<Entry> others = Stream.generate(() -> sale("F" + fillers, "filler" + fillers++, "1.00"))
                .limit(30);
        ledger.give(name, Stream.concat(Stream.of(entries), others).toArray(Entry[]::new));
    }

    /** Looks, and takes nothing. */
    private List<DueSale> walk() {
        SaleWalk walk = jobs.walk(sale -> true, () -> false);
        List<DueSale> found = walk.next(1_000);
        jobs.giveBack(found);
        return found;
    }

    private static List<String> ofAnn(List<DueSale> sales) {
        return sales.stream()
                .filter(sale -> "ann".equals(sale.customerId()))
                .map(DueSale::orderId)
                .toList();
    }

    private void deliver(Job job) {
        assertThat(jobs.settle(
                        job,
                        jobs.carried(job).stream().map(JobOutcome::delivered).toList(),
                        0,
                        "completed"))
                .isTrue();
    }
}
