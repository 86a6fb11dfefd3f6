package dev.posbridge.ledger;

import static dev.posbridge.ledger.LedgerFixture.NOON;
import static dev.posbridge.ledger.LedgerFixture.sale;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the ledger makes of jobs of which nobody knows whether Gameball has them. */
class LostJobsTest {
    private static final long LATER = System.currentTimeMillis() + 3_600_000;

    private LedgerFixture ledger;
    private JobBook jobs;

    @BeforeEach
    void open(@TempDir Path folder) {
        ledger = LedgerFixture.in(folder);
        jobs = new JobBook(ledger.database());
        ledger.give("1", sale("R1", "ann", "1.00"), sale("R2", "bob", "2.00"), sale("R3", "ann", "3.00"));
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void claimsOneSaleOfACustomerAndKeepsTheLanesFromTheOthers() {
        Job job = claim();

        assertThat(jobs.carried(job)).extracting(Carried::orderId).containsExactly("acme-R1", "acme-R2");
        assertThat(walk()).isEmpty();
        LaneTurn turn = ledger.lanes().turn(Fingerprint.lane("ann", 64));
        assertThat(ledger.lanes().claim(turn, 10)).isEqualTo(Claim.NOTHING);
        assertThat(ledger.records()).containsExactly("sale R1 sending", "sale R2 sending", "sale R3 pending");
    }

    @Test
    void goesOnWithAJobWhoseIdIsStored() {
        jobs.accepted(claim(), "5001");

        assertThat(jobs.takeOver()).singleElement().satisfies(job -> {
            assertThat(job.gameballId()).isEqualTo("5001");
            assertThat(jobs.carried(job)).hasSize(2);
        });
        assertThat(jobs.verify(1000, LATER)).isEmpty();
    }

    @Test
    void asksAboutAListWhoseIdWasNotStored() {
        claim();

        assertThat(jobs.takeOver()).isEmpty();
        Job asking = jobs.verify(1000, LATER).orElseThrow();
        assertThat(asking.kind()).isEqualTo(JobKind.VERIFICATION);
        assertThat(jobs.carried(asking)).allSatisfy(record -> {
            assertThat(record.sentBefore()).isTrue();
            assertThat(record.crashes()).isEqualTo(1);
            assertThat(record.way()).isEqualTo(Way.BY_BATCH);
        });
    }

    @Test
    void doesNotTakeNotThereForEvidenceBeforeTheDeadlineOfTheLostJob() {
        Job lost = claim();
        jobs.lost(lost, "nobody answered");
        Job asking = jobs.verify(1000, LATER).orElseThrow();
        assertThat(asking.evidenceAt()).isEqualTo(LATER);

        // Gameball found one and not the other; nothing is said of what was not found.
        Carried found = jobs.carried(asking).get(0);
        jobs.settle(asking, List.of(JobOutcome.delivered(found)), asking.evidenceAt(), "completed");

        assertThat(ledger.records()).containsExactly("sale R1 delivered", "sale R2 sending", "sale R3 pending");
        assertThat(jobs.verify(1000, LATER)).isEmpty();
    }

    @Test
    void blamesNoSaleOfAListThatTwoProcessesEndedWithButLeavesItToOneThatStays() {
        ledger.give(
                "2",
                IntStream.range(0, 30)
                        .mapToObj(n -> sale("N" + n, "cust" + n, "1.00"))
                        .toArray(Entry[]::new));
        for (int death = 1; death <= 2; death++) {
            claim();
            int deaths = death;
            ledger.reopen();
            jobs = new JobBook(ledger.database());
            jobs.takeOver();
            Job asking = jobs.verify(1000, LATER).orElseThrow();
            assertThat(jobs.carried(asking)).hasSize(32).allMatch(record -> record.crashes() == deaths);
            jobs.settle(asking, missing(asking), 0, "completed");
        }

        assertThat(walk()).isEmpty();
        LaneTurn turn = ledger.lanes().turn(Fingerprint.lane("cust0", 64));
        long inAnHour = System.nanoTime() + Duration.ofHours(1).toNanos();
        LaneBook young = new LaneBook(ledger.database(), new LaneRules(64, Duration.ofHours(72), inAnHour));
        assertThat(young.claim(turn, 100, way -> true)).isEqualTo(Claim.NOTHING);
        assertThat(ledger.lanes().claim(turn, 100, way -> true).deliveries())
                .extracting(Delivery::orderId)
                .containsExactly("acme-N0");
    }

    private List<JobOutcome> missing(Job asking) {
        return jobs.carried(asking).stream()
                .map(record -> new JobOutcome(record, Outcome.again(0), record.way()))
                .toList();
    }

    @Test
    void writesNothingUnderTheEpochOfAProcessThatIsGone() {
        Job old = claim();
        jobs.accepted(old, "5001");
        Job now = jobs.takeOver().get(0);
        List<JobOutcome> outcomes =
                jobs.carried(now).stream().map(JobOutcome::delivered).toList();

        assertThat(jobs.settle(old, outcomes, 0, "completed")).isFalse();
        assertThat(ledger.records()).startsWith("sale R1 sending", "sale R2 sending");
        assertThat(jobs.settle(now, outcomes, 0, "completed")).isTrue();
        assertThat(ledger.records()).startsWith("sale R1 delivered", "sale R2 delivered");
    }

    @Test
    void putsAListBackThatDidNotLeave() {
        Job job = claim();
        jobs.notSent(job, 0);

        assertThat(walk()).extracting(DueSale::orderId).containsExactly("acme-R1", "acme-R2");
        assertThat(walk()).extracting(DueSale::way).containsOnly(Way.EITHER);
    }

    @Test
    void claimsNothingWhereSomebodyElseWasQuicker() {
        List<DueSale> found = walk();
        claim();

        assertThat(jobs.claim(found, LATER)).isEmpty();
    }

    @Test
    void claimsNothingWhereALaneServesOneOfTheCustomersMeanwhile() {
        List<DueSale> found = walk();
        ledger.database().update(handle -> handle.execute("update record set state = 1, epoch = 7 where key = 'R3'"));

        assertThat(jobs.claim(found, LATER)).isEmpty();
        assertThat(ledger.records()).containsExactly("sale R1 pending", "sale R2 pending", "sale R3 sending");
    }

    @Test
    void tellsTheNextSaleOfTheSameMomentAnotherTimeBeforeTheFirstOnesTimeIsWritten() {
        deliver(claim());

        assertThat(walk()).singleElement().satisfies(LostJobsTest::isMoved);
        LaneTurn turn = ledger.lanes().turn(Fingerprint.lane("ann", 64));
        assertThat(ledger.lanes().claim(turn, 10).deliveries())
                .singleElement()
                .satisfies(one -> assertThat(one.sentTime()).isEqualTo(NOON.plusMillis(1)));
    }

    @Test
    void knowsTheTimesThatTheProcessBeforeDidNotWrite() {
        deliver(claim());
        ledger.reopen();
        jobs = new JobBook(ledger.database());
        jobs.takeOver();

        assertThat(walk()).singleElement().satisfies(LostJobsTest::isMoved);
        assertThat(listsKept()).isZero();
    }

    @Test
    void writesTheTimesAndForgetsTheLists() {
        deliver(claim());
        assertThat(listsKept()).isEqualTo(1);
        jobs.writeLastTimes();
        ledger.reopen();
        jobs = new JobBook(ledger.database());

        assertThat(listsKept()).isZero();
        assertThat(walk()).singleElement().satisfies(LostJobsTest::isMoved);
    }

    @Test
    void keepsTheTimeThatWasToldWhenAListGoesAgain() {
        deliver(claim());
        Job second = claim();
        jobs.refused(second, "no");

        LaneTurn turn = ledger.lanes().turn(Fingerprint.lane("ann", 64));
        assertThat(ledger.lanes().claim(turn, 10).deliveries())
                .singleElement()
                .satisfies(one -> assertThat(one.sentTime()).isEqualTo(NOON.plusMillis(1)));
    }

    @Test
    void findsWhatIsLeftAmongManyThatAreDone() {
        Entry[] entries = IntStream.range(0, 5_000)
                .mapToObj(n -> sale("N" + n, "cust" + n, "1.00"))
                .toArray(Entry[]::new);
        ledger.give("2", entries);
        for (int list = 0; list < 5; list++) {
            deliver(claim());
        }

        assertThat(walk()).extracting(DueSale::orderId).containsExactly("acme-N4997", "acme-N4998", "acme-N4999");
    }

    private static void isMoved(DueSale sale) {
        assertThat(sale.orderId()).isEqualTo("acme-R3");
        assertThat(sale.sentTime()).isEqualTo(NOON.plusMillis(1));
        assertThat(sale.moved()).isTrue();
    }

    private long listsKept() {
        return ledger.database().read(handle -> handle.select("select count(*) from job where records is not null")
                .mapTo(Long.class)
                .one());
    }

    private void deliver(Job job) {
        List<JobOutcome> outcomes =
                jobs.carried(job).stream().map(JobOutcome::delivered).toList();
        assertThat(jobs.settle(job, outcomes, 0, "completed")).isTrue();
    }

    private Job claim() {
        Optional<Job> job = jobs.claim(walk(), LATER);
        return job.orElseThrow();
    }

    private List<DueSale> walk() {
        return jobs.walk(sale -> true, () -> false).next(1000);
    }
}
