package dev.posbridge.gameball;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posbridge.GameballRefusedException;
import dev.posbridge.GameballUnavailableException;
import dev.posbridge.PosbridgeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Gameball's table of errors, row by row: {@code src/test/resources/gameball/errors.csv}. */
class ErrorTableTest {
    @ParameterizedTest
    @CsvFileSource(
            resources = "/gameball/errors.csv",
            delimiter = '|',
            useHeadersInDisplayName = true,
            nullValues = "-")
    void judgesEveryRow(
            int status, Integer code, Meaning meaning, boolean retried, String exception, String detail, String text) {
        String body = "{\"code\": " + code + ", \"message\": \"m\", \"requestId\": \"8f2c\"}";
        Verdict<OrderAnswer> verdict = new Answers().judge(status, body, null, OrderAnswer.class);
        PosbridgeException failure = verdict.failure("order 1");

        assertThat(verdict.meaning()).isEqualTo(meaning);
        assertThat(meaning.isRetried()).isEqualTo(retried);
        assertThat(failure.getClass().getSimpleName()).isEqualTo(exception + "Exception");
        assertThat(detail(failure)).isEqualTo(detail);
        String found = code == null ? status + ": \"m\"" : status + ", code " + code + ": \"m\"";
        assertThat(failure).hasMessage("Gameball " + text.replace("(*)", "order 1 (" + found + ", request 8f2c)"));
    }

    private static String detail(PosbridgeException failure) {
        if (failure instanceof GameballUnavailableException unavailable) {
            return unavailable.scope().name();
        }
        return failure instanceof GameballRefusedException refused
                ? refused.reason().code()
                : null;
    }
}
