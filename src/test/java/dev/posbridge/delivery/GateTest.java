package dev.posbridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The gate on a clock moved by hand. */
class GateTest {
    private long now;
    private final Gate gate = new Gate(Duration.ofSeconds(1), Duration.ofMinutes(1), () -> now);

    @Test
    void asksAgainTenSecondsAfterARefusalHoweverManyCallsWereUnderWay() {
        assertThat(gate.refused("no")).isTrue();
        for (int underWay = 0; underWay < 7; underWay++) {
            assertThat(gate.refused("no")).isFalse();
        }
        pass(Duration.ofMillis(9_999));
        assertThat(gate.enter()).isFalse();
        pass(Duration.ofMillis(1));
        assertThat(gate.enter()).isTrue();
        assertThat(gate.enter()).as("a second one beside the probe").isFalse();
    }

    @Test
    void asksLessOftenAfterEachRefusedProbeAndAtOnceWithAnotherKey() {
        gate.refused("no");
        pass(Duration.ofSeconds(10));
        assertThat(gate.enter()).isTrue();
        gate.refused("no");
        pass(Duration.ofSeconds(59));
        assertThat(gate.enter()).isFalse();
        gate.keyChanged();
        assertThat(gate.enter()).isTrue();
        gate.succeeded();
        assertThat(gate.refusal()).isNull();
        assertThat(gate.isClosed()).isFalse();
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
        gate.succeeded();
        assertThat(gate.isClosed()).isFalse();
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
