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

    private final Map<LocalDate, Map<String, Count>> days = new HashMap<>();
    private LocalDate latest;
    private Map<String, Count> ofLatest;
    private int counted;

    private static final class Count {
        private final String store;
        private int sales;
        /** All of them, where there is more than one. */
        private Set<String> stores;

        Count(String store) {
            this.store = store;
        }

        void add(String where) {
            sales++;
            if (stores != null) {
                stores.add(where);
            } else if (!store.equals(where)) {
                stores = new HashSet<>(List.of(store, where));
            }
        }

        int stores() {
            return stores == null ? 1 : stores.size();
        }
    }

    /**
     * One who cannot be one person.
     *
     * @param sales on that day in the file, at least
     */
    record Busy(String customer, LocalDate day, int sales, int stores) {}

    void add(String customer, FileFigures.Group group) {
        if (!group.day().equals(latest)) {
            latest = group.day();
            ofLatest = days.computeIfAbsent(latest, day -> new HashMap<>());
        }
        Count count = ofLatest.get(customer);
        if (count == null) {
            count = new Count(group.store());
            ofLatest.put(customer, count);
            counted++;
        }
        count.add(group.store());
        if (counted > MOST) {
            forget();
        }
    }

    /** Half of them at least: what is looked through once for each newcomer costs more than all else of a file. */
    private void forget() {
        for (int fewest = 1; counted > MOST / 2; fewest++) {
            int most = fewest;
            days.values().forEach(day -> day.values().removeIf(count -> count.sales <= most));
            counted = days.values().stream().mapToInt(Map::size).sum();
        }
        days.values().removeIf(Map::isEmpty);
        latest = null;
    }

    List<Busy> beyond(FileLimits limits) {
        List<Busy> busy = new ArrayList<>();
        days.forEach((day, counts) -> counts.forEach((customer, count) -> {
            boolean sales = limits.customerSales() > 0 && count.sales > limits.customerSales();
            boolean stores = limits.customerStores() > 0 && count.stores() > limits.customerStores();
            if (sales || stores) {
                busy.add(new Busy(customer, day, count.sales, count.stores()));
            }
        }));
        busy.sort(Comparator.comparing(Busy::customer).thenComparing(Busy::day));
        return busy;
    }
}
