package dev.posbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.jms.Message;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whichever step of an order's way through the desk throws: a till that asks until it is told has sold once. */
@TestInstance(Lifecycle.PER_CLASS)
class CheckoutStepsFailOnceTest {
    /** They free the customer and the gate; a failure before them is the end of the process, which is tested by ending it. */
    private static final Set<String> CLEANING = Set.of("leave-desk");

    private final FailingSteps steps = new FailingSteps();
    private EngineFixture engine;
    private DeskTill till;
    private int round;

    @BeforeAll
    void open(@TempDir Path folder) {
        engine = EngineFixture.in(folder)
                .set("posbridge.checkout.enabled", "true")
                .set("posbridge.checkout.deadline", "2s")
                .bind("failing-steps", steps)
                .start(Engine.Mode.SERVICE);
        till = new DeskTill(engine);
    }

    @AfterAll
    void close() {
        till.close();
        engine.close();
    }

    static Stream<String> stepsThatDoNotClean() {
        return steps().filter(step -> !CLEANING.contains(step));
    }

    static Stream<String> steps() {
        return Stream.of(
                "name-operation",
                "open-visit",
                "drop-headers-of-request",
                "read-request",
                "store-receipt",
                "drop-request",
                "hand-to-workers",
                "work-for-till",
                "enter-desk",
                "to-operation",
                "deliver-receipt",
                "take-receipt",
                "send-receipt",
                "settle-receipt",
                "leave-desk",
                "reply-to-till",
                "make-reply",
                "reply-as-json",
                "address-reply",
                "send-reply",
                "find-overdue");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stepsThatDoNotClean")
    void sellsOnceWhereAStepFailsBeforeItsWork(String step) {
        sellWhile(step, false);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("steps")
    void sellsOnceWhereAStepFailsAfterItsWork(String step) {
        sellWhile(step, true);
    }

    private void sellWhile(String step, boolean after) {
        String key = "S" + ++round;
        steps.failOnce(step, after);
        String request = "{\"vendor\":\"generic-csv\",\"key\":\"" + key + "\",\"customerId\":\"c" + round
                + "\",\"totalPaid\":10}";

        await().until(() -> isToldOf(request));
        await().until(() -> engine.records().contains("sale " + key + " delivered"));
        assertThat(engine.sandbox().book().order("generic-csv-" + key)).isPresent();
        assertThat(engine.held().repeatedOrders()).isZero();
    }

    private boolean isToldOf(String request) {
        till.send("order", session -> session.createTextMessage(request));
        Message reply = till.next(Duration.ofSeconds(4));
        return reply != null && DeskTill.read(reply).get("ok").asBoolean();
    }
}
