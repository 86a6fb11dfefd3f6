package dev.posbridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posbridge.gameball.Resource;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pauses after answers 429 that come one after the other, each as soon as the pause is over. */
class QuotaPausesTest {
    private long now;
    private double jitter;
    private final QuotaPauses pauses = new QuotaPauses(() -> now, () -> jitter);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "-    | 30s 1m 2m 4m 5m 5m",
                "0s   | 1s 2s 4s 8s 16s 32s 1m4s 2m8s 4m16s 5m 5m",
                "5s   | 5s 5s 5s 8s 16s",
                "45s  | 45s 45s 45s",
                "10m  | 10m 10m",
            })
    void waitsAsGameballAsksAndLongerEachTimeItIsAskedInVain(String retryAfter, String expected) {
        Duration asked = retryAfter == null ? null : duration(retryAfter);
        for (String pause : List.of(expected.split(" "))) {
            assertThat(pauses.after429(Resource.ORDERS, asked)).isEqualTo(duration(pause));
            now += duration(pause).toNanos();
        }
    }

    @Test
    void growsOnceForAllCallsThatWereUnderWay() {
        List<Duration> together = Arrays.asList(
                pauses.after429(Resource.ORDERS, null),
                pauses.after429(Resource.ORDERS, null),
                pauses.after429(Resource.ORDERS, null));
        assertThat(together).containsOnly(Duration.ofSeconds(30));
        now += Duration.ofSeconds(30).toNanos();
        assertThat(pauses.after429(Resource.ORDERS, null)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void beginsAnewAfterACallThatWasTaken() {
        pauses.after429(Resource.ORDERS, null);
        pauses.taken(Resource.ORDERS);
        now += Duration.ofSeconds(30).toNanos();
        assertThat(pauses.after429(Resource.ORDERS, null))
                .as("the one taken before had left before the first 429")
                .isEqualTo(Duration.ofMinutes(1));
        now += Duration.ofMinutes(1).toNanos();
        pauses.taken(Resource.ORDERS);
        assertThat(pauses.after429(Resource.ORDERS, null)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void spreadsLongerPausesSoThatNotEverybodyComesBackAtOnce() {
        jitter = 0.5;
        assertThat(pauses.after429(Resource.ORDERS, null)).isEqualTo(Duration.ofSeconds(30));
        now += Duration.ofSeconds(30).toNanos();
        assertThat(pauses.after429(Resource.ORDERS, null)).isEqualTo(Duration.ofSeconds(63));
    }

    @Test
    void keepsResourcesApart() {
        pauses.after429(Resource.ORDERS, null);
        now += Duration.ofSeconds(30).toNanos();
        assertThat(pauses.after429(Resource.CUSTOMERS_POST, null)).isEqualTo(Duration.ofSeconds(30));
    }

    private static Duration duration(String text) {
        return Duration.parse("PT" + text);
    }
}
