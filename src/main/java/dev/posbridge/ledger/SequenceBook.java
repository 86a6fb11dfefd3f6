package dev.posbridge.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** The numbers that tills gave their receipts, and those that are missing in between. Thread-safe. */
public final class SequenceBook {
    private final LedgerDatabase database;

    /**
     * Numbers that no file had, although it had those before and after.
     *
     * @param register with the day before it, where its numbers begin again each day
     */
    public record Gap(String vendor, String register, long first, long last) {
        /** How many receipts that is. */
        public long count() {
            return last - first + 1;
        }
    }

    public SequenceBook(LedgerDatabase database) {
        this.database = database;
    }

    static void store(Handle handle, long file, NumberRanges numbers) {
        handle.execute("delete from numbered where file_id = ?", file);
        numbers.ranges()
                .forEach((register, ranges) -> ranges.forEach((first, last) -> handle.execute(
                        "insert into numbered (file_id, register, first, last) values (?, ?, ?, ?)",
                        file,
                        register,
                        first,
                        last)));
    }

    /** What is missing between the first and the last number that each register has in the files that the filter means. */
    public List<Gap> gaps(ReportFilter filter) {
        Map<String, NumberRanges> byVendor = new TreeMap<>();
        database.read(handle -> {
            handle.createQuery(
                            "select f.vendor, f.business_date, f.started_at, n.register, n.first, n.last from file f "
                                    + "join numbered n on n.file_id = f.id where f.state in (1, 2) and "
                                    + "(cast(:vendor as text) is null or f.vendor = :vendor) and (cast(:file as text) is null or f.name = :file)")
                    .bind("vendor", filter.vendor())
                    .bind("file", filter.file())
                    .map((row, context) -> {
                        String written = row.getString("business_date");
                        LocalDate day = written == null
                                ? LocalDate.ofInstant(
                                        Instant.ofEpochMilli(row.getLong("started_at")), ZoneId.systemDefault())
                                : LocalDate.parse(written);
                        if (filter.covers(day)) {
                            byVendor.computeIfAbsent(row.getString("vendor"), vendor -> new NumberRanges())
                                    .add(row.getString("register"), row.getLong("first"), row.getLong("last"));
                        }
                        return day;
                    })
                    .list();
            return null;
        });
        List<Gap> gaps = new ArrayList<>();
        byVendor.forEach((vendor, numbers) -> numbers.ranges().forEach((register, ranges) -> {
            Long before = null;
            for (Map.Entry<Long, Long> range : ranges.entrySet()) {
                if (before != null) {
                    gaps.add(new Gap(vendor, register, before + 1, range.getKey() - 1));
                }
                before = range.getValue();
            }
        }));
        return gaps;
    }
}
