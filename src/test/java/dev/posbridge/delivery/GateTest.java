package dev.posbridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class GateTest {
    private final AtomicLong clock = new AtomicLong();
    private final Gate gate = new Gate(Duration.ofSeconds(1), Duration.ofSeconds(60), clock::get);

    @Test
    void staysOpenWhileFewerThanThreeCallsInARowFail() {
        gate.failed();
        gate.failed();
        gate.succeeded();
        gate.failed();
        gate.failed();

        assertThat(gate.isClosed()).isFalse();
        assertThat(gate.enter()).isTrue();
    }

    @Test
    void closesAfterThreeFailuresInARowAndLetsOneTryAfterAPause() {
        fail(3);
        assertThat(gate.mayCall()).isFalse();
        assertThat(gate.enter()).isFalse();

        advance(Duration.ofSeconds(1));

        assertThat(gate.enter()).isTrue();
        assertThat(gate.mayCall()).isTrue();
        assertThat(gate.enter()).as("a second one").isFalse();
    }

    @Test
    void opensForAllOnceOneCallSucceeds() {
        fail(3);
        advance(Duration.ofSeconds(1));
        gate.enter();
        gate.succeeded();

        assertThat(gate.enter()).isTrue();
        assertThat(gate.enter()).isTrue();
    }

    @Test
    void pausesLongerWithEveryFailedTryUpToTheLongest() {
        fail(12);
        advance(Duration.ofSeconds(29));
        assertThat(gate.enter()).as("before half of the longest pause").isFalse();

        advance(Duration.ofSeconds(31));

        assertThat(gate.enter()).isTrue();
    }

    @Test
    void letsAnotherTryWhereTheFirstLeftWithoutACall() {
        fail(3);
        advance(Duration.ofSeconds(1));
        gate.enter();
        gate.leave();

        assertThat(gate.enter()).isTrue();
    }

    @Test
    void countsRefusalsOfCallsThatWereUnderWayTogetherAsOne() {
        assertThat(gate.refused("no such key")).isTrue();
        assertThat(gate.refused("no such key")).isFalse();
        assertThat(gate.refused("no such key")).isFalse();
        assertThat(gate.refusal()).isEqualTo("no such key");

        advance(Duration.ofSeconds(10));

        assertThat(gate.enter()).isTrue();
    }

    @Test
    void triesARefusedKeyLessAndLessOften() {
        gate.refused("no such key");
        advance(Duration.ofSeconds(10));
        gate.enter();
        gate.refused("no such key");
        advance(Duration.ofSeconds(59));
        assertThat(gate.enter()).isFalse();

        advance(Duration.ofSeconds(1));

        assertThat(gate.enter()).isTrue();
    }

    @Test
    void triesAChangedKeyAtOnce() {
        gate.refused("no such key");
        gate.keyChanged();

        assertThat(gate.enter()).isTrue();
        gate.succeeded();
        assertThat(gate.refusal()).isNull();
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            gate.failed();
        }
    }

    private void advance(Duration time) {
        clock.addAndGet(time.toNanos());
    }
}
