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
        try (Storing<Integer> storing = new Storing<>()) {
            for (int chunk = 0; chunk < 100; chunk++) {
                int number = chunk;
                storing.add(() -> number, stored::addAll);
            }
            storing.await();
            assertThat(stored).hasSize(100).isSorted();
        }
    }

    @Test
    void storesWhatWaitsTogether() {
        List<List<Integer>> commits = Collections.synchronizedList(new ArrayList<>());
        try (Storing<Integer> storing = new Storing<>()) {
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch workedOut = new CountDownLatch(1);
            storing.add(() -> 1, chunks -> {
                begun.countDown();
                awaitQuietly(workedOut);
                commits.add(chunks);
            });
            storing.add(
                    () -> {
                        awaitQuietly(begun);
                        return 2;
                    },
                    commits::add);
            storing.add(() -> 3, commits::add);
            storing.add(
                    () -> {
                        workedOut.countDown();
                        return 4;
                    },
                    commits::add);
            storing.await();
        }
        assertThat(commits.stream().flatMap(List::stream)).containsExactly(1, 2, 3, 4);
        assertThat(commits.get(0)).containsExactly(1);
        assertThat(commits.get(1)).startsWith(2, 3);
    }

    @Test
    void storesNothingBehindAChunkThatFailedAndSaysSo() {
        try (Storing<Integer> storing = new Storing<>()) {
            CountDownLatch handedOver = new CountDownLatch(1);
            storing.add(() -> 1, chunk -> {
                awaitQuietly(handedOver);
                throw new IllegalStateException("disk full");
            });
            storing.add(() -> 2, stored::addAll);
            handedOver.countDown();
            assertThatThrownBy(storing::await).hasMessage("disk full");
        }
        assertThat(stored).isEmpty();
    }

    @Test
    void storesWhatWasWorkedOutBeforeAChunkThatCannotBeAndNothingBehindIt() {
        try (Storing<Integer> storing = new Storing<>()) {
            storing.add(() -> 1, stored::addAll);
            storing.add(
                    () -> {
                        throw new IllegalStateException("no such day");
                    },
                    stored::addAll);
            storing.add(() -> 3, stored::addAll);
            assertThatThrownBy(storing::await).hasMessage("no such day");
        }
        assertThat(stored).containsExactly(1);
    }

    @Test
    void closingLetsTheChunkThatIsBeingStoredEnd() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch handedOver = new CountDownLatch(1);
        try (Storing<Integer> storing = new Storing<>()) {
            storing.add(() -> 1, chunk -> {
                begun.countDown();
                awaitQuietly(handedOver);
                stored.addAll(chunk);
            });
            storing.add(() -> 2, stored::addAll);
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
