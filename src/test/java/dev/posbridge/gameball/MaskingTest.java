package dev.posbridge.gameball;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskingTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "+966500001234 | +9665****234",
                "call +966 50 000 1234 now | call +9665****234 now",
                "+44 (0)7700-900123 | +4407****123",
                "+49 170 123 45 67. | +4917****567.",
                "+12345678 | +12****78",
                "customer mobile_966500001234 | customer mobile_9665****234",
                "{\"mobile\": \"966500001234\"} | {\"mobile\": \"9665****234\"}",
                "mobile=966500001234 | mobile=9665****234",
                "jane@x.org | j***@x.org",
                "<jane.doe+till@mail.x.co.uk>, b@y.de | <j***@mail.x.co.uk>, b***@y.de",
                "zoë@bücher.example | z***@bücher.example",
                "+966500001234 and jane@x.org | +9665****234 and j***@x.org"
            })
    void masksWhatIsPersonal(String text, String masked) {
        assertThat(Masking.mask(text)).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "order acme-001-0000123-20260131",
                "receipt 966500001234",
                "12.50 + 13",
                "EOD_07_20260131.csv:118:7",
                "2026-01-31T18:22:07.000Z",
                "user@host",
                ""
            })
    void leavesReceiptsAmountsAndTimesAlone(String text) {
        assertThat(Masking.mask(text)).isEqualTo(text);
    }

    @Test
    void leavesNothingAsNothing() {
        assertThat(Masking.mask(null)).isNull();
    }

    @Test
    @Timeout(10)
    void isQuickOnTextMadeToBeSlow() {
        String slow = "a".repeat(20_000) + "@" + "b.".repeat(20_000) + "+1".repeat(20_000);
        assertThatCode(() -> Masking.mask(slow)).doesNotThrowAnyException();
    }
}
