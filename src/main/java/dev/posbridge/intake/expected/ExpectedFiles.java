package dev.posbridge.intake.expected;

import dev.posbridge.intake.Glob;
import dev.posbridge.ledger.SourceFiles;
import dev.posbridge.settings.Expects;
import dev.posbridge.settings.Source;
import dev.posbridge.settings.Sources;
import dev.posbridge.vendor.ExpectedStores;
import dev.posbridge.vendor.ExpectedStores.Deadline;
import dev.posbridge.vendor.Profile;
import dev.posbridge.vendor.Profiles;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What had to come of one source's vendor and has not: a night that is missing looks like a quiet one. What came by whatever
 * door counts. Thread-safe.
 */
public final class ExpectedFiles {
    /** What nobody has sent for so long is not a question of tonight any more. */
    private static final int DAYS = 7;

    private static final Pattern DATE = Pattern.compile("\\{date:([^}]+)}");
    private static final Deadline AS_THE_SOURCE_SAYS = new Deadline(null, null);

    private final Source source;
    private final Expects expects;
    private final Profiles profiles;
    private final SourceFiles files;

    /**
     * A file that is missing.
     *
     * @param day the business day whose file it is
     * @param file its name, or a pattern of it
     * @param due when it had to be there
     */
    public record Missing(String source, String vendor, LocalDate day, String file, Instant due) {}

    /** @param source that expects something */
    public ExpectedFiles(Source source, Profiles profiles, SourceFiles files) {
        this.source = source;
        this.expects = source.expects();
        this.profiles = profiles;
        this.files = files;
    }

    /** What is missing by all sources at this moment. */
    public static List<Missing> missing(Sources sources, Profiles profiles, SourceFiles files) {
        Instant now = Instant.now();
        return sources.expecting().stream()
                .flatMap(source -> new ExpectedFiles(source, profiles, files).missing(now).stream())
                .toList();
    }

    /** Whether it is known which stores have to send something; they may have gone from the vendor's profile. */
    boolean areStoresKnown() {
        return !expects.storesOfProfile()
                || profiles.find(source.vendor())
                        .map(profile -> profile.expectedStores().isPresent())
                        .orElse(true);
    }

    /** What is missing at this moment, the oldest first. */
    List<Missing> missing(Instant now) {
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
        Instant beginning = files.beginning();
        List<Missing> due = new ArrayList<>();
        stores().forEach((store, deadline) -> {
            ZoneId zone = deadline.zone() == null ? expects.zone() : deadline.zone();
            LocalTime by = deadline.by() == null ? expects.by() : deadline.by();
            LocalDate today = LocalDate.ofInstant(now, zone);
            for (LocalDate day = today.minusDays(DAYS); !day.isAfter(today); day = day.plusDays(1)) {
                Instant until = until(day, by, zone);
                if (expects.days().contains(day.getDayOfWeek()) && until.isAfter(beginning) && !until.isAfter(now)) {
                    due.add(new Missing(source.name(), source.vendor(), day, name(store, day), until));
                }
            }
        });
        due.sort(Comparator.comparing(Missing::due).thenComparing(Missing::file));
        return due;
    }

    /** By store; one that is called "" where there is one file for all. */
    private Map<String, Deadline> stores() {
        Optional<Map<String, Deadline>> listed =
                profiles.find(source.vendor()).flatMap(Profile::expectedStores).map(ExpectedStores::byStore);
        if (expects.storesOfProfile()) {
            return listed.orElse(Map.of());
        }
        Map<String, Deadline> stores = new HashMap<>();
        (expects.stores().isEmpty() ? List.of("") : expects.stores())
                .forEach(store ->
                        stores.put(store, listed.map(times -> times.get(store)).orElse(AS_THE_SOURCE_SAYS)));
        return stores;
    }

    /** A time before noon is on the day after. */
    private static Instant until(LocalDate day, LocalTime by, ZoneId zone) {
        LocalDate onDay = by.isBefore(LocalTime.NOON) ? day.plusDays(1) : day;
        return onDay.atTime(by).atZone(zone).toInstant();
    }

    private String name(String store, LocalDate day) {
        Matcher date = DATE.matcher(expects.file());
        String dated = date.replaceAll(found -> Matcher.quoteReplacement(
                DateTimeFormatter.ofPattern(found.group(1)).format(day)));
        return dated.replace(Expects.STORE, store);
    }
}
