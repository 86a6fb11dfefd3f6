package dev.posbridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** The gate on a clock moved by hand. */
class GateTest {
    private long now;
    private final Gate gate = new Gate(Duration.ofSeconds(1), Duration.ofMinutes(1), () -> now);

    @Test
    void asksAgainTenSecondsAfterARefusalHoweverManyCallsWereUnderWay() throws Exception {
        assertThat(gate.refused("no")).isTrue();
        for (int underWay = 0; underWay < 7; underWay++) {
            assertThat(gate.refused("no")).isFalse();
        }
        pass(Duration.ofMillis(9_999));
        assertThat(gate.enter()).isFalse();
        pass(Duration.ofMillis(1));
        assertThat(gate.enter()).isTrue();
        assertThat(another(gate::enter)).as("a second one beside the probe").isFalse();
        assertThat(another(gate::mayCall)).isFalse();
    }

    @Test
    void probesWithOneCallAfterTenSecondsAMinuteAndThenEveryFiveMinutes() {
        gate.refused("no");
        pass(Duration.ofSeconds(10));
        for (int minutes : new int[] {1, 5, 5}) {
            assertThat(gate.enter()).isTrue();
            assertThat(gate.leaving()).isTrue();
            assertThat(gate.leaving()).as("a second call of the probe").isFalse();
            assertThat(gate.mayCall()).isFalse();
            gate.refused("no");
            gate.leave();
            pass(Duration.ofMinutes(minutes).minusMillis(1));
            assertThat(gate.enter()).isFalse();
            pass(Duration.ofMillis(1));
        }
    }

    @Test
    void triesAnotherKeyAtOnceAndOpensWhenItWorks() {
        gate.refused("no");
        gate.keyChanged();
        assertThat(gate.enter()).isTrue();
        assertThat(gate.leaving()).isTrue();
        gate.succeeded();
        assertThat(gate.refusal()).isNull();
        assertThat(gate.isClosed()).isFalse();
    }

    @Test
    void doesNotOpenForACallThatWasUnderWayWhenTheKeyWasRefused() {
        gate.refused("no");
        gate.succeeded();
        gate.failed();
        assertThat(gate.refusal()).isEqualTo("no");
        pass(Duration.ofSeconds(10));
        assertThat(gate.enter()).isTrue();
        gate.succeeded();
        assertThat(gate.isClosed()).as("the probe has not called yet").isTrue();
    }

    @Test
    void letsAnotherProbeWhereOneLeftWithoutACall() {
        gate.refused("no");
        pass(Duration.ofSeconds(10));
        assertThat(gate.enter()).isTrue();
        gate.leave();
        assertThat(gate.enter()).isTrue();
    }

    @Test
    void closesAtTheThirdFailureAndPausesNoLongerForCallsThatWereUnderWay() {
        gate.failed();
        gate.failed();
        assertThat(gate.isClosed()).isFalse();
        for (int failed = 0; failed < 8; failed++) {
            gate.failed();
        }
        assertThat(gate.isClosed()).isTrue();
        assertThat(gate.mayCall()).isFalse();
        pass(Duration.ofSeconds(1));
        assertThat(gate.enter()).isTrue();
        assertThat(gate.leaving()).isTrue();
        gate.succeeded();
        assertThat(gate.isClosed()).isFalse();
    }

    private static boolean another(BooleanSupplier asks) throws Exception {
        return CompletableFuture.supplyAsync(asks::getAsBoolean).get();
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
