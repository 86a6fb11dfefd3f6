package dev.posbridge.gameball;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posbridge.ConfigurationException;
import dev.posbridge.GameballRefusedException;
import dev.posbridge.GameballUnavailableException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswersTest {
    private final Answers answers = new Answers(InstantSource.fixed(Instant.parse("2026-01-31T23:00:00Z")));

    @Test
    void findsARefusalUnclearThatIsCutInTheMiddle() {
        assertThat(answers.judge(422, "{\"code\": 90", null, OrderAnswer.class).meaning())
                .isEqualTo(Meaning.UNCLEAR);
        assertThat(answers.judge(422, "{\"code\": 3003}", null, OrderAnswer.class)
                        .meaning())
                .isEqualTo(Meaning.PAYLOAD_WRONG);
    }

    @Test
    void readsThePointsOfAnOrder() {
        OrderAnswer answer = order(
                        200,
                        "{\"customerId\": \"c\", \"redeemedPoints\": 1000, \"rewardedPoints\": 101.5,"
                                + " \"lineItems\": []}")
                .orThrow("order R-4711");

        assertThat(answer).isEqualTo(new OrderAnswer("c", new BigDecimal("101.5"), new BigDecimal("1000")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"gameballId\": 77} | CustomerAnswer[gameballId=77, customerId=null]",
                "{\"customerId\": \"c\", \"name\": \"Jane\"} | CustomerAnswer[gameballId=null, customerId=c]"
            })
    void readsBothShapesOfACustomer(String body, String answer) {
        assertThat(answers.judge(200, body, null, CustomerAnswer.class).orThrow("customer c"))
                .hasToString(answer);
    }

    @Test
    void readsTheOtherAnswers() {
        assertThat(read("{\"gameballTransactionId\": \"9\", \"refundAmount\": 15.0}", RefundAnswer.class)
                        .refundAmount())
                .isEqualByComparingTo("15");
        assertThat(read("{\"totalPointsBalance\": 0}", BalanceAnswer.class).totalPointsBalance())
                .isZero();
        assertThat(read("{\"jobId\": 1748392}", JobAccepted.class).jobId()).isEqualTo("1748392");
        assertThat(read("{\"success\": true}", EventAnswer.class).message()).isNull();
        assertThat(read("{\"batchId\": \"7\"}", JobStopped.class).batchId()).isEqualTo("7");
        assertThat(read("{\"transactions\": [], \"count\": 0}", OrderTransactions.class)
                        .transactions())
                .isEmpty();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "null",
                "{}",
                "[]",
                "true",
                "{\"customerId\": \"c\", \"rewardedPo",
                "<html>It works!</html>",
                "{\"success\": true}",
                "{\"rewardedPoints\": \"many\"}",
                "{\"customerId\": \"c\"}{\"customerId\": \"c\"}",
                "{\"code\": 9004, \"message\": \"exists\"}"
            })
    void takesASuccessWithoutTheDocumentedFieldsForUnclear(String body) {
        assertThat(order(200, body).meaning()).isEqualTo(Meaning.UNCLEAR);
    }

    @Test
    void takesAnEventThatIsNotConfirmedForUnclear() {
        assertThat(answers.judge(200, "{\"success\": false}", null, EventAnswer.class)
                        .meaning())
                .isEqualTo(Meaning.UNCLEAR);
    }

    @Test
    void boundsWhatItReads() {
        assertThat(order(200, "{\"customerId\":" + "[".repeat(100_000)).meaning())
                .isEqualTo(Meaning.UNCLEAR);
        assertThat(order(400, "[".repeat(100_000)).meaning()).isEqualTo(Meaning.PAYLOAD_WRONG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "-1e-999999999", "1e16", "123456789012345678", "\"1e999999999\""})
    void doesNotUnderstandPointsBeyondAllNumbers(String points) {
        assertThat(order(200, "{\"customerId\": \"c\", \"rewardedPoints\": " + points + "}")
                        .meaning())
                .isEqualTo(Meaning.UNCLEAR);
    }

    @Test
    void saysThatAnUnclearAnswerIsVerified() {
        assertThatThrownBy(() -> order(200, "<html>").orThrow("order R-4711"))
                .isInstanceOfSatisfying(
                        GameballUnavailableException.class, unavailable -> assertThat(unavailable.scope())
                                .isEqualTo(GameballUnavailableException.Scope.SERVICE))
                .hasMessage("Gameball gave no usable answer to order R-4711 (200, no message). It is verified before it"
                        + " is sent again.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "302 | ",
                "307 | {\"code\": 7000}",
                "404 | <html><body>no such page</body></html>",
                "405 | ' <!doctype html>'",
                "407 | <html>"
            })
    void takesARedirectOrAPageForAWrongAddress(int status, String body) {
        assertThatThrownBy(() -> order(status, body).orThrow("order R-4711"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("Gameball is not at the address that answered order R-4711 (" + status)
                .hasMessageEndingWith("Correct posbridge.gameball.url; everything is kept.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "{\"code\": 3003, \"message\": \"channel is invalid\", \"requestId\": \"8f2c\"}"
                        + " | (422, code 3003: \"channel is invalid\", request 8f2c)",
                "{\"code\": \"3003\", \"message\": \"channel is invalid\"} | (422, code 3003: \"channel is invalid\")",
                "{\"code\": \"E_CHANNEL\", \"message\": \"no\"} | (422: \"no\")",
                "{\"code\": 3003.5, \"requestId\": 12} | (422, no message, request 12)",
                "{\"code\": null, \"message\": null} | (422, no message)",
                "{\"code\": 99999999999} | (422, no message)",
                "{\"code\": 3003, \"message\": \"a\\r\\nb\\u001b[31m\"} | (422, code 3003: \"a b [31m\")",
                "{\"message\": \"+966500001234 of jane@x.org\"} | (422: \"+9665****234 of j***@x.org\")",
                "[3003] | (422, no message)",
                "Unprocessable | (422, no message)",
                "<html>no</html> | (422, no message)",
                "- | (422, no message)"
            })
    void readsErrorsHoweverTheyAreWritten(String body, String details) {
        assertThatThrownBy(() -> order(422, body).orThrow("order R-4711"))
                .isInstanceOf(GameballRefusedException.class)
                .hasMessage("Gameball refused order R-4711 " + details + ". Correct what Gameball names and replay.");
    }

    @Test
    void shortensALongMessage() {
        assertThatThrownBy(() -> order(400, "{\"message\": \"" + "x".repeat(9_000) + "\"}")
                        .orThrow("order 1"))
                .hasMessage("Gameball refused order 1 (400: \"" + "x".repeat(300)
                        + "...\"). Correct what Gameball names and replay.");
    }

    @Test
    void keepsCodeStatusAndRequestWithARefusal() {
        GameballRefusedException refused = (GameballRefusedException)
                order(422, "{\"code\": 3003, \"requestId\": \"8f2c\"}").failure("order R-4711");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo(3003);
        assertThat(refused.requestId()).isEqualTo("8f2c");
    }

    @ParameterizedTest
    @CsvSource({"429, 7, PT7S", "503, 3600, PT10M", "503, soon, ", "422, 7, "})
    void obeysRetryAfterWhereTheRecordIsSentAgain(int status, String header, Duration wait) {
        assertThat(answers.judge(status, null, header, OrderAnswer.class).retryAfter())
                .isEqualTo(wait);
    }

    @Test
    void readsARetryAfterThatIsADate() {
        assertThat(answers.judge(429, null, "Sat, 31 Jan 2026 23:00:30 GMT", OrderAnswer.class)
                        .failure("order 1"))
                .isInstanceOfSatisfying(
                        GameballUnavailableException.class,
                        unavailable -> assertThat(unavailable.retryAfter()).isEqualTo(Duration.ofSeconds(30)));
    }

    @Test
    void hasNoFailureForASuccess() {
        assertThatThrownBy(() -> order(200, "{\"customerId\": \"c\"}").failure("order 1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no failure: order 1");
    }

    private Verdict<OrderAnswer> order(int status, String body) {
        return answers.judge(status, body, null, OrderAnswer.class);
    }

    private <T extends Answer> T read(String body, Class<T> type) {
        return answers.judge(200, body, null, type).orThrow("it");
    }
}
