package dev.posbridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posbridge.gameball.Resource;
import java.time.Duration;
import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ten minutes of demand on a clock that is ours, with calls that arrive some time after they left. */
class QuotasSimulationTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long THIRTY_SECONDS = Duration.ofSeconds(30).toNanos();
    private static final long TEN_MINUTES = Duration.ofMinutes(10).toNanos();
    private static final long JITTER = Duration.ofMillis(45).toNanos();

    private final AtomicLong clock = new AtomicLong();
    private final Random random = new Random(4711);

    @ParameterizedTest
    @CsvSource({"ORDERS, 0.8, 24, 288", "ORDERS, 1, 30, 360", "CUSTOMERS_GET_AND_EVENTS, 0.8, 80, 960"})
    void keepsEveryWindowAndUsesAtLeastNinetyFivePercentOfItsShare(
            Resource resource, double share, int perSecond, int perThirtySeconds) {
        long[] arrivals = arrivals(resource, new Quotas(share, clock::get), () -> 0);

        assertWithinLimits(arrivals, perSecond, perThirtySeconds);
        assertThat(arrivals.length).isGreaterThan((int) (0.95 * 20 * perThirtySeconds));
        // One window may miss a burst at its edge by the margin, two in a row may not.
        for (long start = 0; start <= TEN_MINUTES - 2 * THIRTY_SECONDS; start += SECOND / 4) {
            assertThat(countBetween(arrivals, start, start + 2 * THIRTY_SECONDS))
                    .as("minute from " + Duration.ofNanos(start))
                    .isGreaterThanOrEqualTo((long) (0.95 * 2 * perThirtySeconds));
        }
    }

    @ParameterizedTest
    @CsvSource({"ORDERS, 0.8, 24, 288", "CUSTOMERS_POST, 0.8, 24, 288"})
    void keepsEveryWindowUnderDemandThatComesAndGoes(
            Resource resource, double share, int perSecond, int perThirtySeconds) {
        long[] arrivals = arrivals(
                resource,
                new Quotas(share, clock::get),
                () -> random.nextInt(40) == 0 ? random.nextLong(4 * SECOND) : random.nextLong(1_000));

        assertWithinLimits(arrivals, perSecond, perThirtySeconds);
        assertThat(arrivals.length).isGreaterThan(1_000);
    }

    @ParameterizedTest
    @CsvSource({"ORDERS, 0.8, 24, 288", "CUSTOMERS_GET_AND_EVENTS, 0.8, 80, 960"})
    void usesAsMuchWhereFilesAreSpreadForTheSakeOfTills(
            Resource resource, double share, int perSecond, int perThirtySeconds) {
        long[] arrivals = arrivals(resource, Quotas.evenly(share, clock::get), () -> 0);

        assertWithinLimits(arrivals, perSecond, perThirtySeconds);
        assertThat(arrivals.length).isGreaterThan((int) (0.95 * 20 * perThirtySeconds));
    }

    /** A call takes up to the time given, and arrives at any moment of it: so it is on a machine that has other work. */
    @ParameterizedTest
    @CsvSource({"100, 0.97", "1000, 0.95", "9000, 0.40"})
    void keepsEveryWindowHoweverLateCallsArrive(long longestMillis, double used) throws InterruptedException {
        Quotas quotas = new Quotas(1, clock::get);
        PriorityQueue<Long> answers = new PriorityQueue<>();
        LongStream.Builder arrivals = LongStream.builder();
        while (clock.get() < TEN_MINUTES) {
            while (!answers.isEmpty() && answers.peek() <= clock.get()) {
                answers.remove();
                quotas.ended(Resource.ORDERS);
            }
            if (quotas.delay(Resource.ORDERS, Urgency.FILE).isZero()) {
                assertThat(quotas.acquire(Resource.ORDERS, Urgency.FILE, () -> false))
                        .isTrue();
                long takes = Duration.ofMillis(longestMillis).toNanos() / 10 * (1 + random.nextInt(10));
                arrivals.add(clock.get() + random.nextLong(takes));
                answers.add(clock.get() + takes);
            } else {
                clock.addAndGet(SECOND / 500);
            }
        }
        long[] all = arrivals.build().sorted().toArray();

        assertWithinLimits(all, 30, 360);
        assertThat(all.length).isGreaterThan((int) (used * 20 * 360));
    }

    private static long countBetween(long[] arrivals, long from, long to) {
        return LongStream.of(arrivals).filter(time -> time >= from && time < to).count();
    }

    private long[] arrivals(Resource resource, Quotas quotas, LongSupplier idle) {
        LongStream.Builder arrivals = LongStream.builder();
        while (clock.get() < TEN_MINUTES) {
            clock.addAndGet(quotas.reserve(resource).toNanos());
            arrivals.add(clock.get() + random.nextLong(JITTER));
            clock.addAndGet(idle.getAsLong());
        }
        return arrivals.build().sorted().toArray();
    }

    private static void assertWithinLimits(long[] arrivals, int perSecond, int perThirtySeconds) {
        assertThat(mostInAnySlidingWindow(arrivals, SECOND)).isLessThanOrEqualTo(perSecond);
        assertThat(mostInAnySlidingWindow(arrivals, THIRTY_SECONDS)).isLessThanOrEqualTo(perThirtySeconds);
        for (long offset = 0; offset < SECOND; offset += SECOND / 20) {
            assertThat(mostInAnyFixedWindow(arrivals, SECOND, offset)).isLessThanOrEqualTo(perSecond);
            assertThat(mostInAnyFixedWindow(arrivals, THIRTY_SECONDS, 30 * offset))
                    .isLessThanOrEqualTo(perThirtySeconds);
        }
    }

    private static int mostInAnySlidingWindow(long[] arrivals, long length) {
        int most = 0;
        int first = 0;
        for (int last = 0; last < arrivals.length; last++) {
            while (arrivals[last] - arrivals[first] > length) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }

    private static int mostInAnyFixedWindow(long[] arrivals, long length, long offset) {
        int[] counts = new int[(int) (2 * TEN_MINUTES / length)];
        LongStream.of(arrivals).forEach(time -> counts[(int) ((time + offset) / length)]++);
        return Arrays.stream(counts).max().orElseThrow();
    }
}
