package dev.posbridge.console;

import dev.posbridge.ledger.NightBook;
import dev.posbridge.ledger.NightBook.Brought;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Stores that bring their day of this weekday in most weeks, and of this night did not, whatever a timetable says. Each is late
 * when it comes no more at a time at which it ever came in its night.
 */
final class SilentStores {
    private static final int WEEKS = 8;
    private static final int LEAST_DAYS = 3;

    private SilentStores() {}

    /**
     * A store.
     *
     * @param usual the middle of what its days came to
     * @param by when it came at the latest in its nights, for this one
     * @param late whether that is over
     */
    record Silent(String vendor, String store, int days, LocalDate last, BigDecimal usual, Instant by, boolean late) {}

    static List<Silent> of(NightBook book, Night night, Instant now) {
        Instant since = night.plus(-7 * WEEKS).from();
        Map<String, List<Brought>> byStore = new TreeMap<>();
        book.ofWeekday(night.day(), since)
                .forEach(one -> byStore.computeIfAbsent(one.vendor() + '\n' + one.store(), any -> new ArrayList<>())
                        .add(one));
        return byStore.values().stream()
                .filter(days -> days.stream().noneMatch(one -> one.day().equals(night.day())))
                .filter(days -> days.stream().map(Brought::day).distinct().count() >= LEAST_DAYS)
                .map(days -> silent(days, night, now))
                .sorted(Comparator.comparing(Silent::late).reversed())
                .toList();
    }

    private static Silent silent(List<Brought> days, Night night, Instant now) {
        Duration latest = days.stream()
                .map(one -> Duration.between(new Night(one.day(), night.zone()).from(), one.came()))
                .filter(after -> after.compareTo(Duration.ofDays(1)) < 0)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ofDays(1));
        Instant by = night.from().plus(latest);
        List<BigDecimal> sales = days.stream().map(Brought::sales).sorted().toList();
        return new Silent(
                days.get(0).vendor(),
                days.get(0).store(),
                (int) days.stream().map(Brought::day).distinct().count(),
                days.stream().map(Brought::day).max(Comparator.naturalOrder()).orElseThrow(),
                sales.get(sales.size() / 2),
                by,
                now.isAfter(by));
    }
}
