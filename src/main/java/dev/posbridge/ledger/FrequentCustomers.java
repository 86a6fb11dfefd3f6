package dev.posbridge.ledger;

import dev.posbridge.pos.FileLimits;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Customers who buy often on one day, over all files of an identity. A file leaves those who bought twice in it, the busiest
 * of them, so that it costs nothing per record and little per file; who buys once in each of many stores is found where
 * other files made them known. Within the release's transaction.
 */
final class FrequentCustomers {
    private static final int TWICE = 2;
    private static final int MOST_OF_FILE = 1_000;
    private static final int KEPT_DAYS = 14;

    private final Handle handle;
    private final long identity;

    /** A customer's day, of which files have said something. */
    private record Known(long customer, LocalDate day) {}

    FrequentCustomers(Handle handle, long identity) {
        this.handle = handle;
        this.identity = identity;
    }

    /** Remembers those of a file. */
    void remember(BusyCustomers busy) {
        remember(busy.atLeast(TWICE, MOST_OF_FILE));
        busy.days().stream()
                .max(LocalDate::compareTo)
                .ifPresent(last -> handle.execute(
                        "delete from frequent where identity_id = ? and day < ?",
                        identity,
                        last.minusDays(KEPT_DAYS).toString()));
    }

    private void remember(Collection<BusyCustomers.Frequent> customers) {
        PreparedBatch batch = handle.prepareBatch(
                "insert into frequent (identity_id, day, customer, store, sales) values (?,?,?,?,?) "
                        + "on conflict (identity_id, day, customer, store) do update set sales = excluded.sales "
                        + "where excluded.sales > frequent.sales");
        for (BusyCustomers.Frequent one : customers) {
            String day = one.day().toString();
            long customer = hash(one.customer());
            one.byStore().forEach((store, sales) -> batch.add(identity, day, customer, store, sales));
        }
        if (batch.size() > 0) {
            batch.execute();
        }
    }

    /** Customers of a file, which is remembered already, who come to too much with what other files said. */
    List<String> beyond(BusyCustomers busy, FileLimits limits) {
        // One sale more, in one store more, may be what is too much: of those whom this file has only once.
        Set<Known> near = known(busy.days(), limits, 1);
        if (near.isEmpty()) {
            return List.of();
        }
        List<BusyCustomers.Frequent> meant = new ArrayList<>();
        near.stream().map(Known::day).distinct().forEach(day -> busy.customers(day).stream()
                .filter(customer -> near.contains(new Known(hash(customer), day)))
                .forEach(customer -> meant.add(busy.frequent(customer, day))));
        remember(meant);
        Set<Known> beyond =
                known(meant.stream().map(BusyCustomers.Frequent::day).distinct().toList(), limits, 0);
        return meant.stream()
                .filter(one -> beyond.contains(new Known(hash(one.customer()), one.day())))
                .map(BusyCustomers.Frequent::customer)
                .distinct()
                .toList();
    }

    /** As {@link #beyond}, of a file that is not remembered. */
    List<BusyCustomers.Frequent> foreseen(BusyCustomers busy, FileLimits limits) {
        if (known(busy.days(), limits, Math.max(limits.customerSales(), limits.customerStores()))
                .isEmpty()) {
            return List.of(); // No file before said anything of these days.
        }
        Set<BusyCustomers.Frequent> meant = new LinkedHashSet<>(busy.atLeast(TWICE, MOST_OF_FILE));
        Set<Known> near = known(busy.days(), limits, 1);
        near.stream().map(Known::day).distinct().forEach(day -> busy.customers(day).stream()
                .filter(customer -> near.contains(new Known(hash(customer), day)))
                .forEach(customer -> meant.add(busy.frequent(customer, day))));
        return meant.stream().filter(one -> isBeyond(one, limits)).toList();
    }

    private boolean isBeyond(BusyCustomers.Frequent one, FileLimits limits) {
        Map<String, Integer> byStore = new HashMap<>(one.byStore());
        handle.createQuery("select store, sales from frequent where identity_id = :identity and day = :day "
                        + "and customer = :customer")
                .bind("identity", identity)
                .bind("day", one.day().toString())
                .bind("customer", hash(one.customer()))
                .map((row, context) -> Map.entry(row.getString(1), row.getInt(2)))
                .forEach(store -> byStore.merge(store.getKey(), store.getValue(), Math::max));
        int sales = byStore.values().stream().mapToInt(in -> in).sum();
        return limits.customerSales() > 0 && sales > limits.customerSales()
                || limits.customerStores() > 0 && byStore.size() > limits.customerStores();
    }

    /** @param less how much less than too much is meant too */
    private Set<Known> known(Collection<LocalDate> days, FileLimits limits, int less) {
        return new HashSet<>(handle.createQuery(
                        "select customer, day from frequent where identity_id = :identity and day in "
                                + "(select value from json_each(:days)) group by day, customer having "
                                + "(:sales > 0 and sum(sales) + :less > :sales) or (:stores > 0 and count(*) + :less > :stores)")
                .bind("identity", identity)
                .bind(
                        "days",
                        CanonicalJson.list(
                                days.stream().map(LocalDate::toString).toList()))
                .bind("sales", limits.customerSales())
                .bind("stores", limits.customerStores())
                .bind("less", less)
                .map((row, context) -> new Known(row.getLong(1), LocalDate.parse(row.getString(2))))
                .list());
    }

    private long hash(String customer) {
        return Segments.of(handle).hash(handle).ofCustomer(customer);
    }
}
