package dev.posbridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QuotaLineTest {
    private static final long LONG = TimeUnit.HOURS.toNanos(1);

    private final QuotaLine line = new QuotaLine();
    private final AtomicInteger slots = new AtomicInteger();
    private final List<String> served = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void servesTillsBeforeMessagesBeforeFilesAndEqualsAsTheyCame() {
        queue(Urgency.FILE, "file 1");
        queue(Urgency.FILE, "file 2");
        queue(Urgency.LIVE, "message");
        queue(Urgency.TILL, "till 1");
        queue(Urgency.TILL, "till 2");

        assertThat(serve(5)).containsExactly("till 1", "till 2", "message", "file 1", "file 2");
    }

    @Test
    void givesOneSlotInTenToWhoeverHasWaitedLongest() {
        queue(Urgency.FILE, "file");
        for (int message = 0; message < 12; message++) {
            queue(Urgency.LIVE, "message " + message);
        }

        assertThat(serve(13)).element(9).isEqualTo("file");
    }

    @Test
    void goesOnWithTheNextWhereOneGivesUp() throws InterruptedException {
        queue(Urgency.FILE, "file");

        assertThat(line.await(Urgency.TILL, () -> LONG, () -> false)).isFalse();
        assertThat(serve(1)).containsExactly("file");
    }

    private void queue(Urgency urgency, String name) {
        int before = line.length();
        threads.execute(() -> wait(urgency, name));
        await().pollInterval(Duration.ofMillis(1)).until(() -> line.length() > before);
    }

    private void wait(Urgency urgency, String name) {
        try {
            line.await(urgency, () -> take(name), () -> true);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Called under the line's lock, so that the order of serving is the order of the list. */
    private long take(String name) {
        if (slots.get() == 0) {
            return LONG;
        }
        slots.decrementAndGet();
        served.add(name);
        return 0;
    }

    private List<String> serve(int count) {
        slots.set(count);
        await().until(() -> served.size() == count);
        return served;
    }
}
