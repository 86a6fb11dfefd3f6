package dev.posbridge.ledger;

import dev.posbridge.pos.FileLimits;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who buys most often on one day, in bounded memory: where too many customers are counted, those with the fewest sales so far
 * are forgotten, and one who buys absurdly often is hardly among them. For one thread.
 */
final class BusyCustomers {
    private static final int MOST = 50_000;

    private final Map<Day, Count> counts = new HashMap<>();

    /** A customer's day. */
    private record Day(String customer, LocalDate day) {}

    private static final class Count {
        private int sales;
        private Set<String> stores = Set.of();

        void add(String store) {
            sales++;
            if (stores.isEmpty()) {
                stores = Set.of(store);
            } else if (!stores.contains(store)) {
                Set<String> more = new HashSet<>(stores);
                more.add(store);
                stores = more;
            }
        }
    }

    /**
     * One who cannot be one person.
     *
     * @param sales on that day in the file, at least
     */
    record Busy(String customer, LocalDate day, int sales, int stores) {}

    void add(String customer, FileFigures.Group group) {
        counts.computeIfAbsent(new Day(customer, group.day()), any -> new Count())
                .add(group.store());
        for (int fewest = 1; counts.size() > MOST; fewest++) {
            int most = fewest;
            counts.values().removeIf(count -> count.sales <= most);
        }
    }

    List<Busy> beyond(FileLimits limits) {
        List<Busy> busy = new ArrayList<>();
        counts.forEach((day, count) -> {
            boolean sales = limits.customerSales() > 0 && count.sales > limits.customerSales();
            boolean stores = limits.customerStores() > 0 && count.stores.size() > limits.customerStores();
            if (sales || stores) {
                busy.add(new Busy(day.customer(), day.day(), count.sales, count.stores.size()));
            }
        });
        busy.sort(Comparator.comparing(Busy::customer).thenComparing(Busy::day));
        return busy;
    }
}
