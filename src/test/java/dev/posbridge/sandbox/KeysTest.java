package dev.posbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeysTest {
    @ParameterizedTest(name = "{0} {1} {2}: {3}")
    @CsvSource({
        "v4.0, '', s, 401/1000 the API key is missing",
        "v4.0, k, '', 404/7000 customer \"ann\" is not found",
        "v4.1, k, '', 401/1001 the secret key is missing: v4.1 demands it",
        "v4.1, any, thing, 404/7000 customer \"ann\" is not found"
    })
    void anyKeysWillDoUnlessTheyAreSet(String version, String key, String secret, String expected) {
        assertThat(call(SandboxSettings.defaults(), version, key, secret)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} {1} {2}: {3}")
    @CsvSource({
        "v4.0, other, s, 401/1000 the API key is not valid",
        "v4.0, k, other, 401/1001 the secret key is not valid",
        "v4.1, k, other, 401/1001 the secret key is not valid",
        "v4.1, k, s, 404/7000 customer \"ann\" is not found"
    })
    void keysThatAreSetMustBeTheseKeys(String version, String key, String secret, String expected) {
        assertThat(call(SandboxSettings.defaults().withKeys("k", "s"), version, key, secret))
                .isEqualTo(expected);
    }

    @Test
    void refusesALargeBatchByAnAnswerNotByAReset() {
        String orders = IntStream.range(0, 1_000)
                .mapToObj(i ->
                        Caller.order("a-rather-long-customer-id-" + i, "a-rather-long-order-id-" + i, "10:00:00", "1"))
                .collect(Collectors.joining(",", "{'body':[", "]}"));
        try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults())) {
            Caller caller = new Caller(sandbox).withHeader("APIKey", "");
            for (int i = 0; i < 20; i++) {
                assertThat(caller.post("batch/orders", orders).error()).isEqualTo("401/1000 the API key is missing");
            }
        }
    }

    private static String call(SandboxSettings settings, String version, String key, String secret) {
        try (Sandbox sandbox = Sandbox.start(settings)) {
            return new Caller(sandbox)
                    .withHeader("APIKey", key)
                    .withHeader("SecretKey", secret)
                    .get("/api/" + version + "/integrations/customers/ann/balance")
                    .error();
        }
    }
}
