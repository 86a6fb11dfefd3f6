package dev.posbridge.ledger;

import dev.posbridge.pos.FileLimits;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
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
        /** Sales in each of the others, where there is more than one store. */
        private Map<String, Integer> others;

        Count(String store) {
            this.store = store;
        }

        void add(String where) {
            sales++;
            if (!store.equals(where)) {
                others = others == null ? new HashMap<>() : others;
                others.merge(where, 1, Integer::sum);
            }
        }

        int stores() {
            return others == null ? 1 : 1 + others.size();
        }

        Map<String, Integer> byStore() {
            if (others == null) {
                return Map.of(store, sales);
            }
            Map<String, Integer> all = new HashMap<>(others);
            all.put(store, sales - others.values().stream().mapToInt(in -> in).sum());
            return all;
        }
    }

    /**
     * One who cannot be one person.
     *
     * @param sales on that day in the file, at least
     */
    record Busy(String customer, LocalDate day, int sales, int stores) {}

    /** What one customer bought on one day, by store. */
    record Frequent(String customer, LocalDate day, int sales, Map<String, Integer> byStore) {}

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

    Set<LocalDate> days() {
        return days.keySet();
    }

    Set<String> customers(LocalDate day) {
        return days.getOrDefault(day, Map.of()).keySet();
    }

    Frequent frequent(String customer, LocalDate day) {
        Count count = days.get(day).get(customer);
        return new Frequent(customer, day, count.sales, count.byStore());
    }

    /** Those who bought so often, the busiest first. */
    List<Frequent> atLeast(int sales, int most) {
        List<Frequent> found = new ArrayList<>();
        days.forEach((day, counts) -> counts.forEach((customer, count) -> {
            if (count.sales >= sales) {
                found.add(new Frequent(customer, day, count.sales, count.byStore()));
            }
        }));
        found.sort(Comparator.comparingInt((Frequent one) -> -one.sales()));
        return found.size() > most ? found.subList(0, most) : found;
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
