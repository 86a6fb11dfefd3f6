package dev.posbridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IsoTimesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-31T08:09:07Z",
                "2024-02-29T23:59:59Z",
                "1970-01-01T00:00:00Z",
                "1969-12-31T23:59:59Z",
                "2026-01-31T08:00:00.120Z",
                "2026-01-31T08:00:00.123456789Z",
                "0999-01-01T00:00:00Z",
                "+12026-01-31T08:00:00Z"
            })
    void readsAndWritesWhatJavaDoes(String text) {
        Instant instant = Instant.parse(text);

        assertThat(IsoTimes.instant(text)).isEqualTo(instant);
        assertThat(IsoTimes.text(instant)).isEqualTo(instant.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-01-31", "2024-02-29", "0001-01-01", "+12026-01-31"})
    void readsADay(String text) {
        assertThat(IsoTimes.date(text)).isEqualTo(LocalDate.parse(text));
    }
}
