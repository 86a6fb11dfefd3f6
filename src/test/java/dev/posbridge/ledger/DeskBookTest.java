package dev.posbridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posbridge.pos.Reason;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tills ask for stands beside the records of files, under the same keys. */
class DeskBookTest {
    private static final FileOffer TODAY =
            LedgerFixture.live("checkout-2026-01-31", DeskBook.contentOf("acme", LocalDate.of(2026, 1, 31)));

    private LedgerFixture ledger;
    private DeskBook desk;

    @BeforeEach
    void open(@TempDir Path folder) {
        ledger = LedgerFixture.in(folder);
        desk = ledger.desk();
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void keepsItFromTheLanesUntilItIsGivenToThem() {
        DeskRecord stored = desk.store(TODAY, LedgerFixture.sale("R1", "ann", "10.00"));

        assertThat(stored.state()).isEqualTo(RecordState.PENDING);
        assertThat(ledger.claimAll()).isEmpty();
        desk.give(stored.id());
        assertThat(LedgerFixture.ids(ledger.claimAll())).containsExactly("acme-R1");
        assertThat(desk.take(stored.id())).isEmpty();
    }

    @Test
    void keepsItFromTheLanesWhileItIsInHand() {
        DeskRecord stored = desk.store(TODAY, LedgerFixture.sale("R1", "ann", "10.00"));
        Delivery taken = desk.take(stored.id()).orElseThrow();

        assertThat(ledger.claimAll()).isEmpty();
        DeskRecord settled =
                desk.settle(taken, Outcome.delivered(new BigDecimal("10")).redeeming(new BigDecimal("3")), List.of());
        assertThat(settled.state()).isEqualTo(RecordState.DELIVERED);
        assertThat(settled.points()).isEqualByComparingTo("10");
        assertThat(settled.redeemed()).isEqualByComparingTo("3");
        assertThat(desk.store(TODAY, LedgerFixture.sale("R1", "ann", "10.00"))).isEqualTo(settled.asKnown());
    }

    @Test
    void isVerifiedByALaneWhereTheDeskDiedWithItInHand() {
        DeskRecord stored = desk.store(TODAY, LedgerFixture.sale("R1", "ann", "10.00"));
        Delivery taken = desk.take(stored.id()).orElseThrow();
        desk.freeAll();
        LaneTurn turn = ledger.lanes().turn(ledger.lanes().due().get(0));

        assertThat(ledger.lanes().claim(turn, 10).deliveries()).isEmpty();
        assertThat(new LedgerView(ledger.database()).unclear()).isEqualTo(1);
        // Should the desk have been only slow, what it says now comes too late.
        desk.settle(taken, Outcome.dead(Reason.GAMEBALL_REFUSED, "late"), List.of());
        assertThat(ledger.records()).containsExactly("sale R1 sending");
    }

    @Test
    void takesItsKeyOverFromAFileThatIsStillBeingRead() {
        LedgerFile file = ledger.stage("night.csv", LedgerFixture.sale("R1", "ann", "10.00"));
        DeskRecord stored = desk.store(TODAY, LedgerFixture.sale("R1", "ann", "10.00"));
        ledger.reject(file);

        assertThat(desk.take(stored.id())).isPresent();
        assertThat(ledger.records()).containsExactly("sale R1 sending");
    }

    @Test
    void sendsNothingForAFileThatHoldsTheSame() {
        desk.give(desk.store(TODAY, LedgerFixture.sale("R1", "ann", "10.00")).id());
        LedgerFile file = ledger.give("night.csv", LedgerFixture.sale("R1", "ann", "10.00"));

        assertThat(LedgerFixture.ids(ledger.deliverAll())).containsExactly("acme-R1");
        assertThat(ledger.outcomes(file).of("duplicate").records()).isEqualTo(1);
    }

    @Test
    void leavesARecordThatCameInAFileToItsPlaceThere() {
        ledger.give("night.csv", LedgerFixture.sale("R1", "ann", "10.00"));
        DeskRecord known = desk.store(TODAY, LedgerFixture.sale("R1", "ann", "10.00"));

        assertThat(known.known()).isTrue();
        assertThat(desk.take(known.id())).isEmpty();
        assertThat(LedgerFixture.ids(ledger.deliverAll())).containsExactly("acme-R1");
    }

    @Test
    void letsANewerOneTakeThePlaceOfOneThatIsNotSent() {
        desk.store(TODAY, LedgerFixture.sale("R1", "ann", "10.00"));
        DeskRecord newer = desk.store(TODAY, LedgerFixture.sale("R1", "ann", "9.00"));

        assertThat(newer.known()).isFalse();
        assertThat(desk.take(newer.id())).isPresent();
        assertThat(ledger.records()).containsExactly("sale R1 superseded", "sale R1 sending");
    }

    @Test
    void keepsTheOrderOfACustomersReceipts() {
        DeskRecord first = desk.store(TODAY, LedgerFixture.sale("R1", "ann", "10.00"));
        DeskRecord second = desk.store(TODAY, LedgerFixture.sale("R2", "ann", "5.00"));

        assertThat(desk.take(second.id())).isEmpty();
        assertThat(desk.take(first.id())).isPresent();
    }

    @Test
    void waitsWhileTheVendorIsPaused() {
        new Pauses(ledger.database()).add("acme", null, null, "stocktaking");
        DeskRecord stored = desk.store(TODAY, LedgerFixture.sale("R1", "ann", "10.00"));

        assertThat(desk.take(stored.id())).isEmpty();
        assertThat(desk.read(stored.id()).state()).isEqualTo(RecordState.PENDING);
    }

    @Test
    void countsAllOfADayAsOneFile() {
        desk.store(TODAY, LedgerFixture.sale("R1", "ann", "10.00"));
        desk.store(TODAY, LedgerFixture.sale("R1", "ann", "10.00"));
        desk.store(TODAY, LedgerFixture.refund("F1", "R1", "ann", "4.00"));

        assertThat(ledger.reports()).singleElement().satisfies(file -> {
            assertThat(file.name()).isEqualTo("checkout-2026-01-31");
            assertThat(file.outcomes().in().records()).isEqualTo(3);
            assertThat(file.outcomes().of("duplicate").records()).isEqualTo(1);
        });
    }
}
