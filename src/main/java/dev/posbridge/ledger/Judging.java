package dev.posbridge.ledger;

import dev.posbridge.pos.FileLimits;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.jdbi.v3.core.Handle;

/** Compares what a file comes to with its profile's limits, and with what its stores came to before. One use, one thread. */
final class Judging {
    /** So many earlier days tell what is usual. */
    private static final int LEAST_DAYS = 4;

    private static final int MOST_DAYS = 27;
    private static final int MOST_FINDINGS = 20;

    /** Of fewer sales nobody can say what they usually come to. */
    private static final int FEW_SALES = 10;

    private static final long FEW_RECORDS = 100;
    private static final long FEW_OF_SHARE = 20;
    private static final int TIMES_SHARE = 3;

    private final Handle handle;
    private final long identity;
    private final FileFigures figures;
    private final FileLimits limits;
    private final List<String> findings = new ArrayList<>();

    /** An earlier day of a store. */
    private record Day(
            long records, long sales, long paid, long largest, long refunds, long customers, long newCustomers) {
        long mean() {
            return sales == 0 ? 0 : paid / sales;
        }

        BigDecimal refundShare() {
            return share(refunds, records);
        }

        BigDecimal newShare() {
            return share(newCustomers, customers);
        }
    }

    /** @param handle null where there is no ledger yet: then nobody knows customers, nor what is usual */
    Judging(Handle handle, long identity, FileFigures figures, FileLimits limits) {
        this.handle = handle;
        this.identity = identity;
        this.figures = figures;
        this.limits = limits;
    }

    /** What is beyond the profile's limits; empty where nothing is. */
    List<String> beyondLimits() {
        FileFigures.Sum whole = figures.whole();
        if (limits.records() != null && whole.records() > limits.records()) {
            findings.add("records: " + whole.records() + ", plausible.records allows " + limits.records());
        }
        money("total", whole.paid(), limits.total(), "plausible.total", "");
        money("mean basket", whole.mean(), limits.meanBasket(), "plausible.mean-basket", "");
        String at = whole.largestAt() == null ? "" : " (" + whole.largestAt() + ")";
        money("largest order", whole.largest(), limits.largestOrder(), "plausible.largest-order", at);
        portion(
                "refund share",
                share(whole.refunds(), whole.records()),
                limits.refundShare(),
                "plausible.refund-share");
        if (limits.newCustomerShare() != null && handle != null) {
            long customers = 0;
            long unknown = 0;
            for (FileFigures.Sum sum : figures.groups().values()) {
                customers += sum.customers().size();
                unknown += unknown(sum.customers());
            }
            portion(
                    "new-customer share",
                    share(unknown, customers),
                    limits.newCustomerShare(),
                    "plausible.new-customer-share");
        }
        return findings;
    }

    private void money(String what, long found, BigDecimal most, String key, String at) {
        if (most != null && Amounts.amount(found).compareTo(most) > 0) {
            findings.add(what + ": " + Amounts.amount(found) + at + ", " + key + " allows " + most.toPlainString());
        }
    }

    private void portion(String what, BigDecimal found, BigDecimal most, String key) {
        if (most != null && found.compareTo(most) > 0) {
            findings.add(what + ": " + percent(found) + ", " + key + " allows " + percent(most));
        }
    }

    /** What is many times the usual of its store; empty where nothing is, or nobody knows what is usual. */
    List<String> unlikeBefore() {
        if (limits.timesMedian() > 0 && handle != null) {
            for (Map.Entry<FileFigures.Group, FileFigures.Sum> day :
                    figures.days().entrySet()) {
                compare(day.getKey(), day.getValue());
                if (findings.size() >= MOST_FINDINGS) {
                    break;
                }
            }
            figures.nobodysDays().forEach(this::compareNobodys);
        }
        return findings;
    }

    /** A day without any customer, in a store that knows its own: what says who they are is gone from its receipts, or renamed. */
    private void compareNobodys(FileFigures.Group group, int sales) {
        if (sales < FEW_OF_SHARE || findings.size() >= MOST_FINDINGS) {
            return;
        }
        List<Day> before = earlier(group.store(), 0);
        if (before.size() < LEAST_DAYS) {
            return;
        }
        new Comparison(group, before, " of " + before.size() + " earlier days").nobody(sales);
    }

    private void compare(FileFigures.Group group, FileFigures.Sum sum) {
        int weekday = group.day().getDayOfWeek().getValue();
        List<Day> before = earlier(group.store(), weekday);
        boolean sameWeekday = before.size() >= LEAST_DAYS;
        if (!sameWeekday) {
            before = earlier(group.store(), 0);
        }
        if (before.size() < LEAST_DAYS) {
            return;
        }
        String of = " of " + before.size() + " earlier "
                + (sameWeekday
                        ? group.day()
                                        .getDayOfWeek()
                                        .getDisplayName(java.time.format.TextStyle.FULL, java.util.Locale.ENGLISH)
                                + "s"
                        : "days");
        Comparison comparison = new Comparison(group, before, of);
        boolean few = sum.sales() < FEW_SALES;
        int times = limits.timesMedian();
        if (sum.records() >= FEW_RECORDS) {
            comparison.count("records", sum.records(), Day::records, times);
        }
        comparison.money("total", sum.paid(), Day::paid, few ? 5 * times : times, "");
        comparison.money("mean basket", sum.mean(), Day::mean, few ? 5 * times : Math.max(2, times / 2), "");
        comparison.money(
                "largest order",
                sum.largest(),
                Day::largest,
                few ? 5 * times : 2 * times,
                " (" + sum.largestAt() + ")");
        if (sum.refunds() >= FEW_OF_SHARE) {
            comparison.portion(
                    "refund share",
                    share(sum.refunds(), sum.records()),
                    before.stream().map(Day::refundShare).toList(),
                    new BigDecimal("0.5"));
        }
        if (sum.customers().size() >= FEW_OF_SHARE) {
            comparison.portion(
                    "new-customer share",
                    share(unknown(sum.customers()), sum.customers().size()),
                    before.stream().map(Day::newShare).toList(),
                    new BigDecimal("0.8"));
        }
    }

    /** A store's day beside its earlier ones. */
    private final class Comparison {
        private final FileFigures.Group group;
        private final List<Day> before;
        private final String of;

        Comparison(FileFigures.Group group, List<Day> before, String of) {
            this.group = group;
            this.before = before;
            this.of = of;
        }

        void count(String what, long found, ToLongFunction<Day> figure, int times) {
            long median = median(figure);
            if (median > 0 && found > times * median) {
                note(what, found + " " + isTimes(found, median) + median + of, times + " times is the most");
            }
        }

        void money(String what, long found, ToLongFunction<Day> figure, int times, String at) {
            long median = median(figure);
            if (median > 0 && found > times * median) {
                note(
                        what,
                        Amounts.amount(found) + at + " " + isTimes(found, median) + Amounts.amount(median) + of,
                        times + " times is the most");
            }
        }

        void portion(String what, BigDecimal found, List<BigDecimal> shares, BigDecimal least) {
            BigDecimal median = shares.stream().sorted().toList().get(shares.size() / 2);
            BigDecimal most = least.max(median.multiply(BigDecimal.valueOf(TIMES_SHARE)));
            if (found.compareTo(most) > 0) {
                note(
                        what,
                        percent(found) + ", the median" + of + " is " + percent(median),
                        percent(most) + " is the most");
            }
        }

        void nobody(int sales) {
            long median = median(Day::customers);
            if (median >= FEW_SALES) {
                note("customers", "none, on " + sales + " sales, the median" + of + " is " + median, "none is odd");
            }
        }

        private void note(String what, String found, String most) {
            findings.add((group.store().isEmpty() ? "" : "store " + group.store() + " ") + "on " + group.day() + ": "
                    + what + " " + found + ", " + most);
        }

        private long median(ToLongFunction<Day> figure) {
            long[] sorted = before.stream().mapToLong(figure).sorted().toArray();
            int middle = sorted.length / 2;
            return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        }
    }

    private static String isTimes(long found, long median) {
        return "is "
                + BigDecimal.valueOf(found)
                        .divide(BigDecimal.valueOf(median), new MathContext(2))
                        .toBigInteger()
                + " times the median ";
    }

    private List<Day> earlier(String store, int weekday) {
        return handle.createQuery("select records, sales, sales_e4, largest_e4, refunds, customers, new_customers from "
                        + "figure where identity_id = :identity and store = :store and "
                        + (weekday == 0 ? "weekday between 1 and 7" : "weekday = :weekday")
                        + " order by file_id desc limit " + MOST_DAYS)
                .bind("identity", identity)
                .bind("store", store)
                .bind("weekday", weekday)
                .map((row, context) -> new Day(
                        row.getLong(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getLong(6),
                        row.getLong(7)))
                .list();
    }

    private long unknown(Set<String> customers) {
        return unknown(handle, customers);
    }

    /** How many of them nobody has heard of: neither we nor, as far as we asked, Gameball. */
    static long unknown(Handle handle, Collection<String> customers) {
        return customers.isEmpty()
                ? 0
                : handle.select(
                                "select count(*) from json_each(?) e where not exists "
                                        + "(select 1 from customer c where c.id = e.value and c.standing > 0)",
                                CanonicalJson.list(customers))
                        .mapTo(Long.class)
                        .one();
    }

    private static BigDecimal share(long part, long whole) {
        return whole == 0
                ? BigDecimal.ZERO
                : BigDecimal.valueOf(part).divide(BigDecimal.valueOf(whole), MathContext.DECIMAL32);
    }

    private static String percent(BigDecimal share) {
        return share.movePointRight(2)
                        .setScale(0, java.math.RoundingMode.HALF_UP)
                        .toPlainString() + " %";
    }
}
