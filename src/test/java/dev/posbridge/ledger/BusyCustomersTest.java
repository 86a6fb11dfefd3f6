package dev.posbridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posbridge.pos.FileLimits;
import java.time.LocalDate;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BusyCustomersTest {
    private static final LocalDate DAY = LocalDate.of(2026, 1, 31);

    private final BusyCustomers busy = new BusyCustomers();

    @Test
    void findsWhoBuysAbsurdlyOftenAmongMoreCustomersThanItRemembers() {
        Random random = new Random(7);
        for (int sale = 0; sale < 600_000; sale++) {
            buy(sale % 500 == 0 ? "house" : "c" + random.nextInt(200_000), sale % 3, DAY);
        }

        assertThat(busy.beyond(FileLimits.DEFAULT)).singleElement().satisfies(found -> {
            assertThat(found.customer()).isEqualTo("house");
            assertThat(found.day()).isEqualTo(DAY);
            assertThat(found.sales()).isBetween(1_000, 1_200);
            assertThat(found.stores()).isEqualTo(3);
        });
    }

    @Test
    void countsEachDayForItself() {
        for (int sale = 0; sale < 1_200; sale++) {
            buy("regular", 1, DAY.plusDays(sale % 40));
            buy("house", 1, DAY.plusDays(sale % 2));
        }

        assertThat(busy.beyond(FileLimits.DEFAULT))
                .containsExactly(
                        new BusyCustomers.Busy("house", DAY, 600, 1),
                        new BusyCustomers.Busy("house", DAY.plusDays(1), 600, 1));
    }

    private void buy(String customer, int store, LocalDate day) {
        busy.add(customer, new FileFigures.Group("s" + store, day));
    }
}
