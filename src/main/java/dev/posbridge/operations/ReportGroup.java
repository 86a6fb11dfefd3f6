package dev.posbridge.operations;

import dev.posbridge.ledger.Outcomes;
import dev.posbridge.ledger.ReportSlice;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A line of a report.
 *
 * @param name of the file, vendor, store or day
 * @param files how many files it comes from
 */
public record ReportGroup(String name, int files, Outcomes outcomes) {

    /** What a line is about. */
    public enum By {
        file,
        vendor,
        store,
        day;

        private String name(ReportSlice slice) {
            return switch (this) {
                case file -> slice.file().vendor() + "/" + slice.file().name();
                case vendor -> slice.file().vendor();
                case store -> slice.store() == null ? "(no store)" : slice.store();
                case day -> slice.day().toString();
            };
        }
    }

    /** Lines in the order of their names; what has no records makes none, but for files and vendors. */
    public static List<ReportGroup> of(By by, List<ReportSlice> slices) {
        Map<String, Outcomes> outcomes = new TreeMap<>();
        Map<String, Set<Long>> files = new TreeMap<>();
        for (ReportSlice slice : slices) {
            boolean empty = slice.file().outcomes().in().records() == 0;
            if (!(empty && by == By.store)) {
                outcomes.merge(by.name(slice), slice.file().outcomes(), Outcomes::plus);
                files.computeIfAbsent(by.name(slice), name -> new TreeSet<>())
                        .add(slice.file().id());
            }
        }
        return outcomes.entrySet().stream()
                .map(group -> new ReportGroup(
                        group.getKey(), files.get(group.getKey()).size(), group.getValue()))
                .toList();
    }
}
