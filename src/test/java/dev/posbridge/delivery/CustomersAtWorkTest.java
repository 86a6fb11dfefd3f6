package dev.posbridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CustomersAtWorkTest {
    private final CustomersAtWork customers = new CustomersAtWork();
    private final List<String> inside = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void letsOneInForACustomerAndItselfAgain() throws InterruptedException {
        assertThat(customers.enter("lane", "ann", Urgency.FILE, () -> false)).isTrue();
        assertThat(customers.enter("lane", "ann", Urgency.FILE, () -> false)).isTrue();
        assertThat(customers.enter("till", "ann", Urgency.TILL, () -> false)).isFalse();
        assertThat(customers.enter("till", "bob", Urgency.TILL, () -> false)).isTrue();
    }

    @Test
    void letsTillsGoBeforeALaneThatCameFirst() throws InterruptedException {
        customers.enter("first", "ann", Urgency.FILE, () -> true);
        comesIn("lane", Urgency.FILE);
        comesIn("till", Urgency.TILL);
        await().until(() -> customers.isWanted("ann"));

        customers.leave("first", "ann");
        await().until(() -> inside.size() == 2);
        assertThat(inside).containsExactly("till", "lane");
        assertThat(customers.isWanted("ann")).isFalse();
    }

    @Test
    void keepsTheCustomerOfSomebodyElse() throws InterruptedException {
        customers.enter("lane", "ann", Urgency.FILE, () -> true);
        customers.leave("till", "ann");

        assertThat(customers.enter("till", "ann", Urgency.TILL, () -> false)).isFalse();
    }

    @Test
    void doesNotWaitForATillThatGaveUp() throws InterruptedException {
        customers.enter("lane", "ann", Urgency.FILE, () -> true);
        customers.enter("till", "ann", Urgency.TILL, () -> false);
        customers.leave("lane", "ann");

        assertThat(customers.enter("other lane", "ann", Urgency.FILE, () -> false))
                .isTrue();
    }

    private void comesIn(String who, Urgency urgency) {
        threads.execute(() -> {
            try {
                customers.enter(who, "ann", urgency, () -> true);
                inside.add(who);
                customers.leave(who, "ann");
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
