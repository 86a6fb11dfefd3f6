package dev.posbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OneCallPerCustomerTest {
    @Test
    void refusesASecondCallForACustomerWhileOneRuns() {
        SandboxSettings settings = SandboxSettings.defaults().withLatency(Duration.ofMillis(400));
        try (Sandbox sandbox = Sandbox.start(settings)) {
            Caller caller = new Caller(sandbox);
            CountDownLatch together = new CountDownLatch(4);
            List<CompletableFuture<String>> answers = IntStream.range(0, 4)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> {
                                together.countDown();
                                await().until(() -> together.getCount() == 0);
                                String customer = i < 3 ? "ann" : "bob";
                                Caller.Got got =
                                        caller.post("orders", Caller.order(customer, "R-" + i, "10:00:0" + i, "1"));
                                return got.status() == 200 ? "200" : got.error();
                            },
                            task -> new Thread(task).start()))
                    .toList();

            assertThat(answers.stream().limit(3).map(CompletableFuture::join))
                    .containsExactlyInAnyOrder(
                            "200",
                            "422/2001 another request for customer \"ann\" is running, try again later",
                            "422/2001 another request for customer \"ann\" is running, try again later");
            assertThat(answers.get(3).join()).isEqualTo("200");
            assertThat(sandbox.book().totals().orders()).isEqualTo(2);
        }
    }

    @Test
    void takesTheNextCallAsSoonAsTheAnswerIsThere() {
        SandboxSettings settings = SandboxSettings.defaults().withQuotas(SandboxSettings.QuotaRule.OFF);
        try (Sandbox sandbox = Sandbox.start(settings)) {
            Caller caller = new Caller(sandbox);
            for (int i = 0; i < 500; i++) {
                assertThat(caller.get("customers/ann/balance").error())
                        .isEqualTo("404/7000 customer \"ann\" is not found");
            }
        }
    }
}
