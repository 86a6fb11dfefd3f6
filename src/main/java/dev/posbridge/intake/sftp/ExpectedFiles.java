package dev.posbridge.intake.sftp;

import dev.posbridge.ledger.SourceFiles;
import dev.posbridge.settings.SftpSource;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What had to come by a source and has not: a night that is missing looks like a quiet one. What came by another way, or
 * was handed over by a person, counts. Thread-safe.
 */
public final class ExpectedFiles {
    /** What nobody has sent for so long is not a question of tonight any more. */
    private static final int DAYS = 7;

    private static final Pattern DATE = Pattern.compile("\\{date:([^}]+)}");

    private final SftpSource source;
    private final SourceFiles files;

    /**
     * A file that is missing.
     *
     * @param day the business day whose file it is
     * @param file its name, or a pattern of it
     * @param due when it had to be there
     */
    public record Missing(String source, String vendor, LocalDate day, String file, Instant due) {}

    public ExpectedFiles(SftpSource source, SourceFiles files) {
        this.source = source;
        this.files = files;
    }

    /** What is missing at this moment, the oldest first; nothing where nothing is expected. */
    public List<Missing> missing(Instant now) {
        if (source.expects() == null) {
            return List.of();
        }
        List<Missing> due = due(now);
        List<String> came =
                due.isEmpty() ? List.of() : files.namesSince(source.vendor(), now.minus(Duration.ofDays(DAYS + 2)));
        return due.stream()
                .filter(wanted -> {
                    Pattern pattern = Glob.pattern(wanted.file());
                    return came.stream().noneMatch(name -> pattern.matcher(name).matches());
                })
                .toList();
    }

    private List<Missing> due(Instant now) {
        SftpSource.Expects expects = source.expects();
        Instant beginning = files.beginning();
        LocalDate today = LocalDate.ofInstant(now, source.drop().zone());
        List<Missing> due = new ArrayList<>();
        for (LocalDate day = today.minusDays(DAYS); !day.isAfter(today); day = day.plusDays(1)) {
            Instant until = deadline(day);
            if (expects.days().contains(day.getDayOfWeek()) && until.isAfter(beginning) && !until.isAfter(now)) {
                for (String store : expects.stores().isEmpty() ? List.of("") : expects.stores()) {
                    due.add(new Missing(source.name(), source.vendor(), day, name(store, day), until));
                }
            }
        }
        return due;
    }

    /** A time before noon is on the day after. */
    private Instant deadline(LocalDate day) {
        LocalTime by = source.expects().by();
        LocalDate onDay = by.isBefore(LocalTime.NOON) ? day.plusDays(1) : day;
        return onDay.atTime(by).atZone(source.drop().zone()).toInstant();
    }

    private String name(String store, LocalDate day) {
        Matcher date = DATE.matcher(source.expects().file());
        String dated = date.replaceAll(found -> Matcher.quoteReplacement(
                DateTimeFormatter.ofPattern(found.group(1)).format(day)));
        return dated.replace("{store}", store);
    }
}
