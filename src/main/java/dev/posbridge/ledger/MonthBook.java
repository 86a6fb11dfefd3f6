package dev.posbridge.ledger;

import dev.posbridge.ledger.MonthSums.What;
import dev.posbridge.ledger.ReceiptList.OfFile;
import dev.posbridge.ledger.ReceiptList.Receipt;
import dev.posbridge.pos.RecordKind;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * Adds the whole ledger up as finance asks for it. Memory holds the groups, not the records. The same ledger gives the same
 * sums in the same order. Reads only; thread-safe.
 */
public final class MonthBook {
    /** What stands where there is none, after all others. */
    private static final String NONE = "(none)";

    private final LedgerDatabase database;
    private final ZoneId zone;

    /** By what lines are grouped. */
    public enum By {
        BUSINESS_DATE,
        /** When it arrived, by this machine's clock. */
        DELIVERED_DATE,
        MONTH,
        STORE,
        VENDOR,
        KIND;

        /** As people type it: {@code business-date}. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * What is asked for.
     *
     * @param vendor null for all
     * @param from first day, null for the first there is; to the last; delivered dates where lines are by them, else business dates
     */
    public record Question(List<By> by, String vendor, LocalDate from, LocalDate to) {
        boolean isByDelivery() {
            return by.contains(By.DELIVERED_DATE);
        }

        boolean covers(LocalDate day) {
            boolean bounded = from != null || to != null;
            return day == null ? !bounded : (from == null || !day.isBefore(from)) && (to == null || !day.isAfter(to));
        }
    }

    /** A line: what it is about, in the order of {@link Question#by}. */
    public record Group(List<String> names, MonthSums sums) {}

    /** @param zone that of this machine, for what has no business date and for when it came */
    public MonthBook(LedgerDatabase database, ZoneId zone) {
        this.database = database;
        this.zone = zone;
    }

    /** The groups, in the order of their names. */
    public List<Group> groups(Question question) {
        Map<String, Group> groups = new TreeMap<>();
        database.read(handle -> handle.inTransaction(it -> {
            Map<Long, OfFile> files = ReceiptList.files(it);
            ReceiptList.forEachRow(it, files, receipt -> add(groups, question, receipt));
            SegmentSums.forEachGroup(it, (sales, sum) -> add(groups, question, files.get(sales.file()), sales, sum));
            addWhatHasNoRecords(it, groups, question);
            return null;
        }));
        return List.copyOf(groups.values());
    }

    /** All groups together. */
    public static MonthSums total(List<Group> groups) {
        MonthSums total = new MonthSums();
        groups.forEach(group -> total.add(group.sums()));
        return total;
    }

    private void add(Map<String, Group> groups, Question question, Receipt receipt) {
        OfFile file = receipt.file();
        if (isWanted(file, question)) {
            LocalDate business = receipt.businessDate(zone);
            MonthSums sums = of(
                    groups,
                    question,
                    file,
                    business,
                    receipt.state(),
                    receipt.settledAt(),
                    receipt.store(),
                    receipt.kind());
            if (sums != null) {
                add(sums, receipt, isLate(file, business));
            }
        }
    }

    /** Sales in segments. */
    private void add(
            Map<String, Group> groups, Question question, OfFile file, SegmentSums.Group sales, SegmentSums.Sum sum) {
        if (isWanted(file, question)) {
            LocalDate business = file.businessDate(sales.date(), sales.happenedAt(), zone);
            MonthSums sums = of(
                    groups,
                    question,
                    file,
                    business,
                    sales.state(),
                    sales.settledAt(),
                    sales.store(),
                    RecordKind.SALE.word());
            if (sums != null) {
                sums.add(Receipt.outcome(sales.state()), sum.records(), sum.amount(), 0);
                if (sum.members() > 0) {
                    sums.add(What.MEMBERS, false, sum.members(), sum.membersAmount());
                }
                if (isLate(file, business)) {
                    sums.add(What.LATE, false, sum.records(), sum.amount());
                }
                if (sales.state() == RecordState.DELIVERED) {
                    sums.points(sum.records() - sum.pointsUnknown(), sum.points(), sum.pointsUnknown());
                }
            }
        }
    }

    private static boolean isWanted(OfFile file, Question question) {
        return file != null
                && file.counts()
                && (question.vendor() == null || question.vendor().equals(file.vendor()));
    }

    private boolean isLate(OfFile file, LocalDate business) {
        return day(file.cameAt()).isAfter(business.plusDays(1));
    }

    /** @return null where the question is not about it */
    private MonthSums of(
            Map<String, Group> groups,
            Question question,
            OfFile file,
            LocalDate business,
            RecordState state,
            Instant settledAt,
            String store,
            String kind) {
        LocalDate delivered = state == RecordState.DELIVERED ? day(settledAt) : null;
        return question.covers(question.isByDelivery() ? delivered : business)
                ? of(groups, question, business, delivered, store, file.vendor(), kind)
                : null;
    }

    private static void add(MonthSums sums, Receipt receipt, boolean late) {
        boolean refund = receipt.givesBack();
        long amount = Math.abs(receipt.amountE4());
        sums.add(receipt.outcome(), 1, refund ? 0 : amount, refund ? amount : 0);
        if (receipt.customer() != null) {
            sums.add(What.MEMBERS, refund, 1, amount);
        }
        if (late) {
            sums.add(What.LATE, refund, 1, amount);
        }
        if (receipt.state() == RecordState.DEAD && amount == 0) {
            sums.withoutTotal();
        }
        if (receipt.state() == RecordState.SKIPPED) {
            sums.skipped(receipt.reason() == null ? NONE : receipt.reason());
        }
        if (receipt.state() == RecordState.DELIVERED && (refund || receipt.isSale())) {
            sums.points(refund, receipt.points());
        }
        if (receipt.state() == RecordState.DELIVERED && receipt.matched()) {
            sums.add(What.MATCHED, refund, 1, amount);
        }
    }

    private LocalDate day(Instant time) {
        return time == null ? null : LocalDate.ofInstant(time, zone);
    }

    /** Duplicates and held files are sums of their file: they have no store and no kind. */
    private void addWhatHasNoRecords(Handle handle, Map<String, Group> groups, Question question) {
        handle.select(
                        "select vendor, business_date, started_at, state, duplicates, duplicate_sales_e4, duplicate_refunds_e4, "
                                + "held_records, held_sales_e4, held_refunds_e4 from file where state not in (3, 4) order by id")
                .map((row, context) -> {
                    String date = row.getString(2);
                    LocalDate business =
                            date == null ? day(Instant.ofEpochMilli(row.getLong(3))) : LocalDate.parse(date);
                    boolean held = row.getInt(4) == FileState.HELD.code();
                    boolean wanted =
                            (question.vendor() == null || question.vendor().equals(row.getString(1)))
                                    && question.covers(question.isByDelivery() ? null : business);
                    if (wanted && row.getLong(5) > 0) {
                        of(groups, question, business, null, null, row.getString(1), NONE)
                                .add("duplicate", row.getLong(5), row.getLong(6), row.getLong(7));
                    }
                    if (wanted && held && row.getLong(8) > 0) {
                        of(groups, question, business, null, null, row.getString(1), NONE)
                                .add("held", row.getLong(8), row.getLong(9), row.getLong(10));
                    }
                    return null;
                })
                .list();
    }

    private static MonthSums of(
            Map<String, Group> groups,
            Question question,
            LocalDate business,
            LocalDate delivered,
            String store,
            String vendor,
            String kind) {
        List<String> names = new ArrayList<>();
        for (By by : question.by()) {
            names.add(
                    switch (by) {
                        case BUSINESS_DATE -> business.toString();
                        case DELIVERED_DATE -> delivered == null ? NONE : delivered.toString();
                        case MONTH -> business.toString().substring(0, "2026-01".length());
                        case STORE -> store == null ? NONE : store;
                        case VENDOR -> vendor;
                        case KIND -> kind;
                    });
        }
        return groups.computeIfAbsent(String.join("\u0000", names), key -> new Group(names, new MonthSums()))
                .sums();
    }
}
