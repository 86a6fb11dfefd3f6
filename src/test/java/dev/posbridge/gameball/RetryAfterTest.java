package dev.posbridge.gameball;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-01-31T23:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 0s",
                "' 7 ' | 7s",
                "600 | 10m",
                "3600 | 10m",
                "99999999999999999999 | 10m",
                "Sat, 31 Jan 2026 23:00:30 GMT | 30s",
                "Sat, 31 Jan 2026 22:00:00 GMT | 0s",
                "Fri, 31 Jan 2127 23:00:00 GMT | 10m"
            })
    void readsSecondsAndDatesAndWaitsTenMinutesAtMost(String header, String wait) {
        assertThat(RetryAfter.parse(header, NOW)).isEqualTo(Duration.parse("PT" + wait));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "-1", "soon", "1.5", "2026-01-31T23:00:30Z", "Sat, 99 Jan 2026 23:00:30 GMT", "٣"})
    void takesGarbageForNoAnswer(String header) {
        assertThat(RetryAfter.parse(header, NOW)).isNull();
    }
}
