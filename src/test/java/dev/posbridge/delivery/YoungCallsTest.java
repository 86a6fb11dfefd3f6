package dev.posbridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls under way on a clock moved by hand; each caller is a thread of its own, as lanes are. */
class YoungCallsTest {
    private final ExecutorService first = Executors.newSingleThreadExecutor();
    private final ExecutorService second = Executors.newSingleThreadExecutor();
    private final ExecutorService third = Executors.newSingleThreadExecutor();
    private long now;
    private final YoungCalls young = new YoungCalls(() -> now);

    @AfterEach
    void end() {
        first.shutdownNow();
        second.shutdownNow();
        third.shutdownNow();
    }

    @Test
    void letsTwoGoAndTheThirdWhenOneHasItsAnswer() throws Exception {
        assertThat(begin(first)).isZero();
        assertThat(begin(second)).isZero();
        assertThat(begin(third)).isPositive();
        end(first);
        assertThat(begin(third)).isZero();
        assertThat(begin(first)).isPositive();
    }

    @Test
    void countsNoCallThatHangs() throws Exception {
        begin(first);
        pass(Duration.ofMillis(200));
        begin(second);
        assertThat(begin(third)).isEqualTo(Duration.ofMillis(50).toNanos());
        pass(Duration.ofMillis(50));
        assertThat(begin(third)).isZero();
    }

    @Test
    void letsFortyCallsASecondGoWhereAnswersAreSlow() throws Exception {
        for (int call = 0; call < 20; call++) {
            begin(first);
            pass(Duration.ofMillis(120));
            end(first);
        }
        begin(first);
        begin(second);
        assertThat(begin(third)).isEqualTo(Duration.ofMillis(50).toNanos());
    }

    @Test
    void givesAPlaceToItsHolderAgainThatDiedWithoutAnAnswer() throws Exception {
        begin(first);
        begin(second);
        assertThat(begin(first)).isZero();
        assertThat(begin(third)).isPositive();
    }

    @Test
    void stopsWaitingWhenDeliveryStops() throws Exception {
        begin(first);
        begin(second);
        assertThat(in(third, () -> new YoungCalls().begin(() -> false)))
                .as("nobody waits where there is a place")
                .isTrue();
        assertThat(in(third, () -> young.begin(() -> false))).isFalse();
    }

    private long begin(ExecutorService caller) throws Exception {
        return in(caller, young::tryBegin);
    }

    private void end(ExecutorService caller) throws Exception {
        in(caller, () -> {
            young.end();
            return null;
        });
    }

    private static <T> T in(ExecutorService caller, Callable<T> work) throws InterruptedException, ExecutionException {
        return caller.submit(work).get();
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
