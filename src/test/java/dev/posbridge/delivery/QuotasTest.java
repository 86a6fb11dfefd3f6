package dev.posbridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posbridge.ConfigurationException;
import dev.posbridge.delivery.Quotas.Sent;
import dev.posbridge.gameball.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuotasTest {
    private static final Instant NIGHT = Instant.parse("2026-01-31T23:00:00Z");

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final Quotas quotas = new Quotas(0.8, clock::get);

    @Test
    void sendsTheShareOfASecondAtOnceAndTheNextWhenTheSecondIsOver() {
        assertThat(reserve(24)).containsOnly(Duration.ZERO);
        assertThat(quotas.reserve(Resource.ORDERS)).isEqualTo(Duration.ofMillis(1_050));
    }

    @Test
    void servesInTheOrderOfAsking() {
        assertThat(reserve(400)).isSorted();
    }

    @Test
    void makesWaitForTheLongWindowOnceItsShareIsSpent() {
        reserve(288);
        assertThat(quotas.reserve(Resource.ORDERS)).isEqualTo(Duration.ofMillis(30_100));
    }

    @Test
    void countsEachResourceOnItsOwn() {
        reserve(288);
        assertThat(quotas.reserve(Resource.OTHER)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "CUSTOMERS_GET_AND_EVENTS, 0.8, 80",
        "ORDERS, 0.8, 24",
        "ORDERS, 0.29, 8",
        "ORDERS, 0.001, 1",
        "ORDERS, 1, 30"
    })
    void roundsTheShareDownButNeverToNothing(Resource resource, double share, int atOnce) {
        Quotas ours = new Quotas(share, clock::get);
        assertThat(ours.available(resource, Duration.ZERO)).isEqualTo(atOnce);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.5, 1.01, Double.NaN})
    void refusesAShareThatIsNone(double share) {
        assertThatThrownBy(() -> new Quotas(share))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("posbridge.account.quota-share: found \"" + share
                        + "\", expected more than 0 and at most 1. Set it to the part of Gameball's limits that is"
                        + " ours.");
    }

    @Test
    void blocksTheWholeResourceAndNoOther() {
        quotas.block(Resource.ORDERS, Duration.ofSeconds(7));
        quotas.block(Resource.ORDERS, Duration.ofSeconds(2));

        assertThat(quotas.blocked(Resource.ORDERS)).isEqualTo(Duration.ofSeconds(7));
        assertThat(quotas.reserve(Resource.ORDERS)).isEqualTo(Duration.ofSeconds(7));
        assertThat(quotas.reserve(Resource.OTHER)).isZero();
        advance(Duration.ofSeconds(7));
        assertThat(quotas.blocked(Resource.ORDERS)).isZero();
        assertThat(quotas.reserve(Resource.ORDERS)).isZero();
    }

    @Test
    void forecastsWithoutTakingAnything() {
        assertThat(quotas.available(Resource.ORDERS, Duration.ofSeconds(1))).isEqualTo(24);
        assertThat(quotas.available(Resource.ORDERS, Duration.ofMinutes(1))).isEqualTo(2 * 288);
        quotas.block(Resource.ORDERS, Duration.ofSeconds(5));
        assertThat(quotas.available(Resource.ORDERS, Duration.ofSeconds(1))).isZero();
        assertThat(quotas.used(Resource.ORDERS)).isZero();
    }

    @Test
    void countsWhatWasUsedUntilTheWindowHasPassed() {
        reserve(30);
        assertThat(quotas.used(Resource.ORDERS)).isEqualTo(30);
        advance(Duration.ofSeconds(31));
        assertThat(quotas.used(Resource.ORDERS)).isEqualTo(6);
        advance(Duration.ofSeconds(1));
        assertThat(quotas.used(Resource.ORDERS)).isZero();
    }

    @Test
    void goesOnAfterARestartWhereItStopped() {
        reserve(288);
        advance(Duration.ofSeconds(20));
        List<Sent> log = quotas.log(NIGHT);
        Quotas restarted = new Quotas(0.8, clock::get);
        restarted.restore(log, NIGHT.plusSeconds(4));

        assertThat(log).hasSize(288).contains(new Sent(Resource.ORDERS, NIGHT.minusSeconds(20)));
        assertThat(restarted.reserve(Resource.ORDERS)).isEqualTo(Duration.ofMillis(6_100));
    }

    @Test
    void forgetsWhatIsOlderThanItsWindows() {
        reserve(288);
        List<Sent> log = quotas.log(NIGHT);
        Quotas restarted = new Quotas(0.8, clock::get);
        restarted.restore(log, NIGHT.plusSeconds(50));
        restarted.restore(List.of(new Sent(Resource.ORDERS, Instant.MIN)), NIGHT);

        assertThat(restarted.used(Resource.ORDERS)).isZero();
    }

    @Test
    void countsACallOfTheFutureAsJustMade() {
        Sent ahead = new Sent(Resource.ORDERS, Instant.MAX);
        quotas.restore(IntStream.range(0, 288).mapToObj(number -> ahead).toList(), NIGHT);

        assertThat(quotas.reserve(Resource.ORDERS)).isEqualTo(Duration.ofMillis(30_100));
    }

    @Test
    void keepsTheNewestWhenTheShareBecameSmaller() {
        reserve(288);
        advance(Duration.ofSeconds(15));
        Quotas restarted = new Quotas(0.1, clock::get);
        restarted.restore(quotas.log(NIGHT), NIGHT);

        assertThat(restarted.used(Resource.ORDERS)).isEqualTo(36);
        assertThat(restarted.reserve(Resource.ORDERS)).isEqualTo(Duration.ofMillis(10_500 - 15_000 + 30_100));
    }

    @Test
    void hasNoLimitsWhenOffButStillObeysABlock() {
        Quotas off = Quotas.off();
        for (int call = 0; call < 5_000; call++) {
            assertThat(off.reserve(Resource.ORDERS)).isZero();
        }
        assertThat(off.available(Resource.ORDERS, Duration.ZERO)).isEqualTo(Integer.MAX_VALUE);
        assertThat(off.used(Resource.ORDERS)).isZero();
        assertThat(off.log(NIGHT)).isEmpty();
        off.block(Resource.ORDERS, Duration.ofMinutes(1));
        assertThat(off.reserve(Resource.ORDERS)).isBetween(Duration.ofSeconds(50), Duration.ofMinutes(1));
    }

    @Test
    void givesEachSlotToOneThreadOnly() throws InterruptedException {
        ConcurrentLinkedQueue<Duration> waits = new ConcurrentLinkedQueue<>();
        CountDownLatch done = new CountDownLatch(4);
        var threads = Executors.newFixedThreadPool(4);
        for (int thread = 0; thread < 4; thread++) {
            threads.execute(() -> {
                waits.addAll(reserve(72));
                done.countDown();
            });
        }
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        threads.shutdown();

        assertThat(waits.stream().sorted()).containsExactlyElementsOf(slotsOf(new Quotas(0.8, clock::get)));
    }

    @Test
    void makesAWaiterAskAgainWhenTheResourceWasBlockedMeanwhile() throws InterruptedException {
        Quotas real = new Quotas(0.8);
        real.block(Resource.ORDERS, Duration.ofMillis(30));
        long start = System.nanoTime();
        real.acquire(Resource.ORDERS, Urgency.FILE, () -> true);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(30));
        assertThat(real.blocked(Resource.ORDERS)).isZero();
    }

    @Test
    void countsACallThatIsUnderWayUntilAWindowHasPassedSinceItsEnd() throws InterruptedException {
        for (int call = 0; call < 24; call++) {
            assertThat(quotas.acquire(Resource.ORDERS, Urgency.FILE, () -> false))
                    .isTrue();
        }
        advance(Duration.ofMinutes(2));
        assertThat(quotas.used(Resource.ORDERS)).isEqualTo(24);
        assertThat(quotas.acquire(Resource.ORDERS, Urgency.FILE, () -> false)).isFalse();
        assertThat(quotas.log(NIGHT)).hasSize(24).containsOnly(new Sent(Resource.ORDERS, NIGHT));

        quotas.ended(Resource.ORDERS);
        assertThat(quotas.delay(Resource.ORDERS, Urgency.FILE)).isEqualTo(Duration.ofMillis(1_050));
        advance(Duration.ofMillis(1_050));
        assertThat(quotas.acquire(Resource.ORDERS, Urgency.FILE, () -> false)).isTrue();
    }

    private static List<Duration> slotsOf(Quotas fresh) {
        return IntStream.range(0, 288)
                .mapToObj(call -> fresh.reserve(Resource.ORDERS))
                .toList();
    }

    private List<Duration> reserve(int calls) {
        return IntStream.range(0, calls)
                .mapToObj(call -> quotas.reserve(Resource.ORDERS))
                .toList();
    }

    @Test
    void letsAWaiterGoWithoutACallWhenItIsToldToStop() throws InterruptedException {
        Quotas real = new Quotas(0.8);
        real.block(Resource.ORDERS, Duration.ofHours(1));

        assertThat(real.acquire(Resource.ORDERS, Urgency.FILE, () -> false)).isFalse();
        assertThat(real.used(Resource.ORDERS)).isZero();
    }

    private void advance(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    @Test
    void leavesATillASlotBesideAFileThatNeverEnds() {
        Quotas shared = Quotas.evenly(0.8, clock::get);
        for (int call = 0; call < 400; call++) {
            advance(shared.reserve(Resource.ORDERS));
        }

        assertThat(shared.delay(Resource.ORDERS, Urgency.FILE)).isGreaterThan(Duration.ofMillis(100));
        assertThat(shared.delay(Resource.ORDERS, Urgency.LIVE)).isZero();
        assertThat(shared.delay(Resource.ORDERS, Urgency.TILL)).isZero();
    }
}
