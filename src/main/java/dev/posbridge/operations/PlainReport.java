package dev.posbridge.operations;

import dev.posbridge.intake.expected.ExpectedFiles;
import dev.posbridge.intake.expected.ExpectedFiles.Missing;
import dev.posbridge.ledger.DeadLetterFilter;
import dev.posbridge.ledger.DeadLetters;
import dev.posbridge.ledger.DeadLetters.DeadLetter;
import dev.posbridge.ledger.FileReport;
import dev.posbridge.ledger.LedgerAccount;
import dev.posbridge.ledger.LedgerDatabase;
import dev.posbridge.ledger.ReportBook;
import dev.posbridge.ledger.ReportFilter;
import dev.posbridge.ledger.ReportSlice;
import dev.posbridge.ledger.SequenceBook;
import dev.posbridge.ledger.SourceFiles;
import dev.posbridge.settings.Settings;
import dev.posbridge.vendor.Profile;
import dev.posbridge.vendor.Profiles;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The report that names its files, and what its lines are about. Reads only. */
public record PlainReport(Report report, List<ReportGroup> groups) {
    private static final int FIRST_ERRORS = 5;

    /** What the filter means, by that. */
    public static PlainReport of(
            LedgerDatabase database,
            LedgerAccount account,
            Settings settings,
            ReportGroup.By lines,
            ReportFilter filter) {
        List<ReportSlice> all = new ReportBook(database).slices(filter);
        List<ReportSlice> slices = lines == ReportGroup.By.store
                ? inStores(all, Profiles.in(settings.folders().vendors()))
                : all;
        List<FileReport> files = files(slices);
        Report report = new Report(
                account,
                files,
                firstErrors(database, filter, files),
                missing(database, settings, filter),
                new SequenceBook(database).gaps(filter));
        return new PlainReport(report, ReportGroup.of(lines, slices));
    }

    /** What has no store of its own, a duplicate or a row that could not be translated, has that of its file's name. */
    private static List<ReportSlice> inStores(List<ReportSlice> slices, Profiles profiles) {
        Map<Long, String> byFile = new HashMap<>();
        Map<String, Optional<Profile>> byVendor = new HashMap<>();
        return slices.stream()
                .map(slice -> slice.store() != null
                        ? slice
                        : slice.in(byFile.computeIfAbsent(slice.file().id(), any -> byVendor.computeIfAbsent(
                                        slice.file().vendor(), profiles::find)
                                .map(profile -> profile.storeOf(slice.file().name()))
                                .orElse(""))))
                .toList();
    }

    private static List<FileReport> files(List<ReportSlice> slices) {
        Map<Long, FileReport> files = new LinkedHashMap<>();
        slices.forEach(slice -> files.merge(
                slice.file().id(),
                slice.file(),
                (one, other) -> one.with(one.outcomes().plus(other.outcomes()))));
        return List.copyOf(files.values());
    }

    /** What sources had to bring lately; asked for one file, nobody wants to know. */
    private static List<Missing> missing(LedgerDatabase database, Settings settings, ReportFilter filter) {
        if (filter.file() != null) {
            return List.of();
        }
        return ExpectedFiles.missing(
                        settings.sources(), Profiles.in(settings.folders().vendors()), new SourceFiles(database))
                .stream()
                .filter(one -> filter.vendor() == null || filter.vendor().equals(one.vendor()))
                .filter(one -> new ReportFilter(null, null, filter.from(), filter.to()).covers(one.day()))
                .toList();
    }

    private static List<DeadLetter> firstErrors(LedgerDatabase database, ReportFilter filter, List<FileReport> files) {
        Set<Long> ids = files.stream().map(FileReport::id).collect(Collectors.toSet());
        DeadLetterFilter open = new DeadLetterFilter(filter.vendor(), null, filter.file(), null, false);
        return new DeadLetters(database)
                .all(open).stream()
                        .filter(letter -> ids.contains(letter.fileId()))
                        .limit(FIRST_ERRORS)
                        .toList();
    }
}
