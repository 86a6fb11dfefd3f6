package dev.posbridge.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class StoringTest {
    private final List<Integer> stored = Collections.synchronizedList(new ArrayList<>());

    @Test
    void storesInTheOrderInWhichItIsGivenAndEndsWithTheLast() {
        try (Storing storing = new Storing()) {
            for (int chunk = 0; chunk < 100; chunk++) {
                int number = chunk;
                storing.add(() -> number, stored::add);
            }
            storing.await();
            assertThat(stored).hasSize(100).isSorted();
        }
    }

    @Test
    void storesNothingBehindAChunkThatFailedAndSaysSo() {
        try (Storing storing = new Storing()) {
            CountDownLatch handedOver = new CountDownLatch(1);
            storing.add(() -> 1, chunk -> {
                awaitQuietly(handedOver);
                throw new IllegalStateException("disk full");
            });
            storing.add(() -> 2, stored::add);
            handedOver.countDown();
            assertThatThrownBy(storing::await).hasMessage("disk full");
        }
        assertThat(stored).isEmpty();
    }

    @Test
    void storesWhatWasWorkedOutBeforeAChunkThatCannotBeAndNothingBehindIt() {
        try (Storing storing = new Storing()) {
            storing.add(() -> 1, stored::add);
            storing.add(
                    () -> {
                        throw new IllegalStateException("no such day");
                    },
                    chunk -> stored.add(2));
            storing.add(() -> 3, stored::add);
            assertThatThrownBy(storing::await).hasMessage("no such day");
        }
        assertThat(stored).containsExactly(1);
    }

    @Test
    void closingLetsTheChunkThatIsBeingStoredEnd() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch handedOver = new CountDownLatch(1);
        try (Storing storing = new Storing()) {
            storing.add(() -> 1, chunk -> {
                begun.countDown();
                awaitQuietly(handedOver);
                stored.add(chunk);
            });
            storing.add(() -> 2, stored::add);
            awaitQuietly(begun);
            handedOver.countDown();
        }
        assertThat(stored).startsWith(1);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }
}
