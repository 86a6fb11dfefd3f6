package dev.posbridge.ledger;

import static dev.posbridge.ledger.LedgerFixture.NOON;
import static dev.posbridge.ledger.LedgerFixture.ids;
import static dev.posbridge.ledger.LedgerFixture.refund;
import static dev.posbridge.ledger.LedgerFixture.sale;
import static dev.posbridge.ledger.LedgerFixture.saleAt;
import static dev.posbridge.ledger.LedgerFixture.storeSale;
import static org.assertj.core.api.Assertions.assertThat;

import dev.posbridge.pos.RecordKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may send, in which order, and at which time. */
class LanesTest {
    private static final long LATER =
            System.currentTimeMillis() + Duration.ofHours(1).toMillis();

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
    void givesNoTwoTurnsTheSameEpochNotInAnotherProcessEither() {
        List<Long> epochs = new ArrayList<>();
        for (int process = 0; process < 3; process++) {
            LaneBook lanes = ledger.lanes();
            epochs.add(lanes.turn(5).epoch());
            epochs.add(lanes.ofMessages().turn(5).epoch());
            epochs.add(lanes.turn(6).epoch());
            ledger.reopen();
        }

        assertThat(epochs).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void asksAboutWhatATurnLeftInHandBeforeItClaimsAnythingElseOfTheCustomer() {
        ledger.give("1", sale("R1", "ann", "10.00"), sale("R2", "ann", "11.00"));
        LaneBook lanes = ledger.lanes();
        int lane = lanes.due().get(0);
        LaneTurn first = lanes.turn(lane);
        assertThat(ids(lanes.claim(first, 1).deliveries())).containsExactly("acme-R1");
        assertThat(lanes.claim(first, 10)).isEqualTo(Claim.NOTHING);

        assertThat(lanes.claim(lanes.turn(lane), 10)).isEqualTo(Claim.NOTHING);
        assertThat(asked()).extracting(Carried::orderId).containsExactly("acme-R1");
        assertThat(ledger.records()).containsExactly("sale R1 sending", "sale R2 pending");
    }

    @Test
    void sendsACustomersReceiptsInTheOrderInWhichTheyCame() {
        ledger.give("1", sale("R2", "ann", "1.00"), sale("R1", "ann", "2.00"));
        ledger.give("2", sale("R3", "ann", "3.00"), refund("R4", "R2", "ann", "1.00"));

        assertThat(ids(ledger.deliverAll())).containsExactly("acme-R2", "acme-R1", "acme-R3", "acme-R4");
    }

    @Test
    void letsACustomerWaitBehindARecordThatIsTriedAgainLaterAndNobodyElse() {
        String neighbour = neighbourOf("ann");
        ledger.give("1", sale("R1", "ann", "1.00"), sale("R2", "ann", "2.00"), sale("R3", neighbour, "3.00"));

        List<Delivery> sent = ledger.deliverAll(
                delivery -> delivery.orderId().equals("acme-R1") ? Outcome.again(LATER) : Outcome.delivered(null));

        assertThat(ids(sent)).containsExactlyInAnyOrder("acme-R1", "acme-R2", "acme-R3");
        assertThat(ledger.records()).containsExactly("sale R1 pending", "sale R2 delivered", "sale R3 delivered");
    }

    @Test
    void looksPastALongRowOfRecordsThatWait() {
        String neighbour = neighbourOf("ann");
        ledger.give(
                "1",
                IntStream.rangeClosed(0, 9)
                        .mapToObj(n -> n == 9 ? sale("N", neighbour, "1.00") : sale("A" + n, "ann", "1.00"))
                        .toArray(Entry[]::new));
        LaneTurn turn = ledger.lanes().turn(ledger.lanes().due().get(0));
        Delivery first = ledger.lanes().claim(turn, 1).deliveries().get(0);
        ledger.lanes().settle(List.of(new Settlement(first.recordId(), Outcome.again(LATER))), List.of());

        assertThat(ids(ledger.lanes().claim(turn, 2).deliveries())).containsExactly("acme-N");
    }

    @Test
    void sendsWhatIsNotPausedThoughPausedRecordsStandBefore() {
        ledger.give(
                "1",
                sale("R1", "ann", "9.00"),
                refund("R2", "R1", "ann", "1.00"),
                refund("R3", "R1", "ann", "1.00"),
                sale("R4", neighbourOf("ann"), "2.00"));
        new Pauses(ledger.database()).add(null, null, RecordKind.REFUND, "counting");
        LaneTurn turn = ledger.lanes().turn(ledger.lanes().due().get(0));

        assertThat(ids(ledger.lanes().claim(turn, 2).deliveries())).containsExactly("acme-R1", "acme-R4");
    }

    @Test
    void keepsACustomerWaitingBehindAPausedRecordWhereverItStands() {
        ledger.giveOfIdentity("one", "1", storeSale("R1", "ann", "07"), storeSale("R2", "bob", "12"));
        ledger.giveOfIdentity("two", "2", storeSale("R3", "ann", "12"), storeSale("R4", "bob", "07"));
        ledger.giveOfIdentity("three", "3", storeSale("R5", "bob", "12"), storeSale("R6", "cid", "12"));
        new Pauses(ledger.database()).add(null, "07", null, "wrong prices");

        assertThat(ids(ledger.claimAll())).containsExactlyInAnyOrder("acme-R2", "acme-R6");
        new Pauses(ledger.database()).add("acme", null, null, "moving");
        assertThat(ledger.lanes().due()).isEmpty();
        new Pauses(ledger.database()).lift();
        assertThat(ids(ledger.claimAll())).contains("acme-R1");
    }

    @Test
    void movesEqualTimesOfOneCustomerByAMillisecondEach() {
        ledger.give("1", saleAt("R1", "ann", NOON), saleAt("R2", "ann", NOON), saleAt("R3", "bob", NOON));
        List<Delivery> first = ledger.deliverAll();
        ledger.give("2", saleAt("R4", "ann", NOON), saleAt("R5", "ann", NOON.plusSeconds(60)));
        List<Delivery> second = ledger.deliverAll();

        assertThat(first)
                .extracting(Delivery::orderId, Delivery::sentTime)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("acme-R1", NOON),
                        org.assertj.core.groups.Tuple.tuple("acme-R2", NOON.plusMillis(1)),
                        org.assertj.core.groups.Tuple.tuple("acme-R3", NOON));
        assertThat(second).extracting(Delivery::sentTime).containsExactly(NOON.plusMillis(2), NOON.plusSeconds(60));
    }

    @Test
    void writesWhatCameOfAWholeLaneAsOftenAsWhatCameOfOneSale() {
        ledger.give("0", sale("R0", "ann", "1.00"));
        ledger.deliverAll();
        ledger.give("1", sale("R1", "ann", "1.00"));
        long ofOne = statements(() -> ledger.deliverAll());
        ledger.give(
                "2",
                IntStream.range(2, 10)
                        .mapToObj(n -> sale("R" + n, "ann", "1.00"))
                        .toArray(Entry[]::new));
        long ofEight = statements(() -> ledger.deliverAll());

        assertThat(ofEight).isEqualTo(ofOne);
        assertThat(ledger.records()).hasSize(10).allMatch(record -> record.endsWith(" delivered"));
    }

    private long statements(Runnable work) {
        AtomicLong statements = new AtomicLong();
        SqlLogger counting = new SqlLogger() {
            @Override
            public void logAfterExecution(StatementContext context) {
                statements.incrementAndGet();
            }
        };
        ledger.database().store().writer().setSqlLogger(counting);
        work.run();
        ledger.database().store().writer().setSqlLogger(SqlLogger.NOP_SQL_LOGGER);
        return statements.get();
    }

    @Test
    void keepsTheTimeOfARecordThatIsSentAgain() {
        ledger.give("1", saleAt("R1", "ann", NOON), saleAt("R2", "ann", NOON));
        List<Delivery> sent =
                ledger.deliverAll(delivery -> delivery.attempt() == 1 ? Outcome.again(0) : Outcome.delivered(null));

        assertThat(sent)
                .filteredOn(delivery -> delivery.orderId().equals("acme-R2"))
                .extracting(Delivery::sentTime)
                .containsExactly(NOON.plusMillis(1), NOON.plusMillis(1));
    }

    @Test
    void doesNotCountAnAttemptOfWhichNothingLeft() {
        ledger.give("1", sale("R1", "ann", "1.00"));
        int[] round = {0};
        List<Delivery> sent =
                ledger.deliverAll(delivery -> round[0]++ < 3 ? Outcome.notSent(0) : Outcome.delivered(null));

        assertThat(sent).extracting(Delivery::attempt).containsExactly(1, 1, 1, 1);
    }

    /** Somebody else in the same lane. */
    private static String neighbourOf(String customer) {
        return IntStream.range(0, 10_000)
                .mapToObj(n -> "neighbour" + n)
                .filter(other -> Fingerprint.lane(other, 64) == Fingerprint.lane(customer, 64))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void claimsAloneWhatWasInHandAtTwoDeathsAndSaysSoAtTheFourth() {
        ledger.give("1", sale("R1", "ann", "1.00"), sale("R2", neighbourOf("ann"), "2.00"));
        assertThat(ids(claimAfterDeath().deliveries())).containsExactly("acme-R1", "acme-R2");

        assertThat(claimAfterDeath().deliveries()).isEmpty();
        putBack(asked());
        assertThat(ids(claimInTurn().deliveries())).containsExactly("acme-R1", "acme-R2");

        assertThat(claimAfterDeath().deliveries()).isEmpty();
        putBack(asked());
        assertThat(ids(claimInTurn().deliveries())).containsExactly("acme-R1");

        assertThat(ids(claimAfterDeath().deliveries())).containsExactly("acme-R2");
        List<Carried> afterThree = asked();
        assertThat(afterThree).isNotEmpty().noneMatch(record -> Unverified.isPoisonous(record.crashes()));
        putBack(afterThree);
        assertThat(ids(claimInTurn().deliveries())).containsExactly("acme-R1");

        claimAfterDeath();
        assertThat(asked())
                .filteredOn(record -> Unverified.isPoisonous(record.crashes()))
                .extracting(Carried::orderId)
                .containsExactly("acme-R1");
    }

    @Test
    void triesAgainWhatWasInHandAtTwoDeathsOnlyWhenItHasBeenAtWorkForAWhile() {
        ledger.give("1", sale("R1", "ann", "1.00"), sale("R2", "ann", "2.00"));
        claimAfterDeath();
        claimAfterDeath();
        putBack(asked());
        claimInTurn();
        claimAfterDeath();
        putBack(asked());

        LaneBook young = new LaneBook(
                ledger.database(),
                new LaneRules(
                        64,
                        Duration.ofHours(72),
                        System.nanoTime() + Duration.ofHours(1).toNanos()));
        assertThat(young.claim(turn, 100).deliveries()).isEmpty();
        assertThat(ids(ledger.lanes().claim(turn, 100).deliveries())).containsExactly("acme-R1");
    }

    private LaneTurn turn;

    /** The sender is dead, and with it its turn; the next one claims. */
    private Claim claimAfterDeath() {
        turn = ledger.lanes().turn(Fingerprint.lane("ann", 64));
        return claimInTurn();
    }

    private Claim claimInTurn() {
        return ledger.lanes().claim(turn, 100);
    }

    private Job asking;

    /** The orders about which Gameball is asked now. */
    private List<Carried> asked() {
        JobBook jobs = new JobBook(ledger.database());
        asking = jobs.verify(1000, LATER).orElseThrow();
        return jobs.carried(asking);
    }

    /** Gameball was asked, and does not have them. */
    private void putBack(List<Carried> missing) {
        JobBook jobs = new JobBook(ledger.database());
        jobs.settle(
                asking,
                missing.stream()
                        .map(record -> new JobOutcome(record, Outcome.again(0), record.way()))
                        .toList(),
                0,
                "completed");
    }
}
