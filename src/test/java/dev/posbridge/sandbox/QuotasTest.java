package dev.posbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotasTest {
    private final HandMovedTime time = new HandMovedTime();
    private final Sandbox sandbox = Sandbox.start(SandboxSettings.defaults(), time.time());
    private final Caller caller = new Caller(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, customers/ann/balance, 100, customers GET",
        "POST, customers, 30, customers POST",
        "POST, events, 100, events",
        "POST, orders, 30, orders",
        "GET, orders/R-1/transactions, 30, orders",
        "GET, transactions/hold/h, 30, transactions GET",
        "POST, transactions/refund, 30, transactions POST",
        "DELETE, transactions/hold/h, 30, transactions POST",
        "POST, batch/orders, 30, batches and everything else",
        "GET, batches/1/status, 30, batches and everything else"
    })
    void refusesTheCallPastTheLimitOfASecond(String method, String path, int limit, String resource) {
        for (int i = 0; i < limit; i++) {
            assertThat(call(method, path).status()).isNotEqualTo(429);
        }
        assertThat(call(method, path).error())
                .isEqualTo("429/429 too many requests: " + resource + ": " + limit + " per second");
        assertThat(call(method, path).response().headers().firstValue("Retry-After"))
                .isEmpty();
        time.pass(Duration.ofSeconds(1));
        assertThat(call(method, path).status()).isNotEqualTo(429);
    }

    @Test
    void keepsTheSecondWhereverItBegins() {
        calls(1);
        time.pass(Duration.ofMillis(990));
        calls(29);
        time.pass(Duration.ofMillis(10));
        calls(1);
        assertThat(call("POST", "orders").error()).isEqualTo("429/429 too many requests: orders: 30 per second");
        time.pass(Duration.ofMillis(989));
        assertThat(call("POST", "orders").status()).isEqualTo(429);
        time.pass(Duration.ofMillis(1));
        calls(29);
    }

    @Test
    void refusesTheCallPastTheLimitOfThirtySeconds() {
        for (int second = 0; second < 12; second++) {
            calls(30);
            time.pass(Duration.ofSeconds(1));
        }
        assertThat(call("POST", "orders").error()).isEqualTo("429/429 too many requests: orders: 360 per 30 seconds");
        time.pass(Duration.ofSeconds(18).minusNanos(1));
        assertThat(call("POST", "orders").status()).isEqualTo(429);
        time.pass(Duration.ofNanos(1));
        calls(30);
    }

    @Test
    void countsResourcesApart() {
        calls(30);

        assertThat(call("POST", "customers").status()).isEqualTo(422);
    }

    @Test
    void hasNoLimitsWhenSwitchedOff() {
        SandboxSettings settings = SandboxSettings.defaults().withQuotas(SandboxSettings.QuotaRule.OFF);
        try (Sandbox free = Sandbox.start(settings, time.time())) {
            Caller other = new Caller(free);
            for (int i = 0; i < 400; i++) {
                assertThat(other.post("orders", "{}").status()).isEqualTo(422);
            }
        }
    }

    private void calls(int count) {
        for (int i = 0; i < count; i++) {
            assertThat(call("POST", "orders").status()).isEqualTo(422);
        }
    }

    private Caller.Got call(String method, String path) {
        return switch (method) {
            case "GET" -> caller.get(path);
            case "DELETE" -> caller.delete(path);
            default -> caller.post(path, "{}");
        };
    }
}
