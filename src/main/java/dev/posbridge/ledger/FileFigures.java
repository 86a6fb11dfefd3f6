package dev.posbridge.ledger;

import dev.posbridge.pos.PosRecord;
import dev.posbridge.pos.Reason;
import dev.posbridge.pos.Refund;
import dev.posbridge.pos.Sale;
import dev.posbridge.pos.Store;
import java.time.LocalDate;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a file's records come to that are to be delivered, in all and by store and business day; bounded whatever the file.
 * Amounts are in ten-thousandths. For one thread.
 */
public final class FileFigures {
    /** Of a file with more stores and days the later ones are not compared. */
    private static final int MOST_GROUPS = 20_000;

    /** Customers that are kept of a file: with more, the half is kept whose ids have a hash of one more zero. */
    private static final int MOST_CUSTOMERS = 8_192;

    private final Map<Group, Sum> groups = new LinkedHashMap<>();
    /** Sales without a customer, whether the account skips them or not. */
    private final Map<Group, Integer> anonymous = new LinkedHashMap<>();
    /** The day that each store had last: nearly every record is of the same. */
    private final Map<String, StoreDay> latest = new HashMap<>();

    private final Sum whole = new Sum();
    private final BusyCustomers busy = new BusyCustomers();
    private long sampleMask;
    private int sampled;

    /** A store, "" for none, on a day. */
    record Group(String store, LocalDate day) {}

    /** @param sum null where there are more groups than are compared */
    private record StoreDay(Group group, Sum sum) {}

    /** What records come to. */
    static final class Sum {
        private final Set<String> customers = new HashSet<>();
        private long records;
        private long named;
        private long sales;
        private long paid;
        private long refunds;
        private long givenBack;
        private long largest;
        private String largestAt;

        long records() {
            return records;
        }

        long sales() {
            return sales;
        }

        long paid() {
            return paid;
        }

        /** What a sale comes to on average; 0 without one. */
        long mean() {
            return sales == 0 ? 0 : paid / sales;
        }

        long refunds() {
            return refunds;
        }

        long givenBack() {
            return givenBack;
        }

        long largest() {
            return largest;
        }

        /** Where the largest sale stands. */
        String largestAt() {
            return largestAt;
        }

        /** A sample of its customers, where they are many. */
        Set<String> customers() {
            return Collections.unmodifiableSet(customers);
        }

        private void add(Entry entry, long amount) {
            records++;
            if (entry.posRecord() instanceof Sale) {
                sales++;
                paid += amount;
                if (amount > largest) {
                    largest = amount;
                    largestAt = entry.position().toString();
                }
            } else if (entry.posRecord() instanceof Refund) {
                refunds++;
                givenBack += amount;
            }
        }
    }

    /** Counts those of a chunk that are to be delivered. */
    public void add(NewRecords chunk) {
        for (NewRecord record : chunk.list()) {
            add(record.entry());
        }
    }

    /** Counts it where it is to be delivered; of anonymous sales, how many there are. */
    public void add(Entry entry) {
        String customer = entry.customerId();
        if (customer == null && isSale(entry)) {
            addAnonymous((Sale) entry.posRecord());
        }
        if (entry.state() != RecordState.PENDING) {
            return;
        }
        long amount = entry.amount();
        whole.add(entry, amount);
        PosRecord posRecord = entry.posRecord();
        if (posRecord instanceof Sale sale) {
            Group group = add(entry, customer, amount, storeDay(store(sale.store()), sale.businessDate()));
            if (customer != null) {
                busy.add(customer, group);
            }
        } else if (posRecord instanceof Refund refund) {
            add(entry, customer, amount, storeDay(store(refund.store()), refund.businessDate()));
        }
    }

    /** One that is delivered, or would be if it named somebody. */
    private static boolean isSale(Entry entry) {
        return entry.posRecord() instanceof Sale
                && (entry.state() == RecordState.PENDING || entry.reason() == Reason.ANONYMOUS);
    }

    private void addAnonymous(Sale sale) {
        Group group = new Group(store(sale.store()), sale.businessDate());
        if (anonymous.size() < MOST_GROUPS || anonymous.containsKey(group)) {
            anonymous.merge(group, 1, Integer::sum);
        }
    }

    private Group add(Entry entry, String customer, long amount, StoreDay of) {
        if (of.sum() != null) {
            of.sum().add(entry, amount);
            of.sum().named += customer == null ? 0 : 1;
            sample(customer, of.sum());
        }
        return of.group();
    }

    private StoreDay storeDay(String store, LocalDate day) {
        StoreDay before = latest.get(store);
        if (before != null && before.group().day().equals(day)) {
            return before;
        }
        Group group = new Group(store, day);
        Sum sum = groups.get(group);
        if (sum == null && groups.size() < MOST_GROUPS) {
            sum = new Sum();
            groups.put(group, sum);
        }
        StoreDay of = new StoreDay(group, sum);
        if (sum != null) {
            latest.put(store, of);
        }
        return of;
    }

    private static String store(Store store) {
        return store == null || store.branchId() == null ? "" : store.branchId();
    }

    private void sample(String customer, Sum sum) {
        if (customer != null && isSampled(customer) && sum.customers.add(customer)) {
            sampled++;
            if (sampled > MOST_CUSTOMERS) {
                sampleMask = sampleMask << 1 | 1;
                groups.values().forEach(each -> each.customers.removeIf(one -> !isSampled(one)));
                sampled = groups.values().stream()
                        .mapToInt(each -> each.customers.size())
                        .sum();
            }
        }
    }

    private boolean isSampled(String customer) {
        return sampleMask == 0 || (customer.hashCode() * 0x9E37_79B9_7F4A_7C15L >>> 24 & sampleMask) == 0;
    }

    /** Whether anything of the file is to be delivered, or would be if its sales named their customers. */
    public boolean hasAny() {
        return whole.records() > 0 || !anonymous.isEmpty();
    }

    /** How many sales there are of each store and day on which nothing names a customer. */
    Map<Group, Integer> nobodysDays() {
        Map<Group, Integer> days = new LinkedHashMap<>(anonymous);
        days.keySet().removeIf(group -> groups.containsKey(group) && groups.get(group).named > 0);
        return days;
    }

    /** All that the file has. */
    Sum whole() {
        return whole;
    }

    /** By store and day. */
    Map<Group, Sum> groups() {
        return Collections.unmodifiableMap(groups);
    }

    /** The days of each store that make a good part of its share in the file: a few late receipts are no day of a shop. */
    Map<Group, Sum> days() {
        Map<String, Long> most = new HashMap<>();
        groups.forEach((group, sum) -> most.merge(group.store(), sum.records(), Math::max));
        Map<Group, Sum> days = new LinkedHashMap<>(groups);
        days.entrySet()
                .removeIf(day ->
                        day.getValue().records() * 4 < most.get(day.getKey().store()));
        return days;
    }

    BusyCustomers busy() {
        return busy;
    }
}
