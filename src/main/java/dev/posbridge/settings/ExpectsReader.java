package dev.posbridge.settings;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Reads what has to come by one source. */
final class ExpectsReader {
    private static final Predicate<String> GLOB =
            Pattern.compile("[A-Za-z0-9*?][A-Za-z0-9._ *?-]*").asMatchPredicate();

    private static final Pattern DATE = Pattern.compile("\\{date:([yMduQ._-]+)}");

    private final SourcesReader.Group group;
    private final Values values;

    ExpectsReader(SourcesReader.Group group) {
        this.group = group;
        this.values = group.values();
    }

    /** @return null where nothing is expected */
    Expects read() {
        if (!group.has("expects-file")) {
            group.refuse(List.of("expects-stores", "expects-by", "expects-days"), "a source without expects-file");
            return null;
        }
        String file = group.text("expects-file");
        List<String> stores = values.list(group.key("expects-stores"));
        if (!stores.isEmpty() && !file.contains(Expects.STORE)) {
            group.problem("has expects-stores without {store} in expects-file.");
        }
        if (!isName(file)) {
            values.problem(group.key("expects-file"), "a name such as EOD_{store}_{date:yyyyMMdd}.csv");
        }
        return new Expects(
                file,
                stores,
                values.parsed(group.key("expects-by"), "03:00", LocalTime::parse, "a time such as 03:00"),
                days(),
                zone());
    }

    private static boolean isName(String file) {
        try {
            String dated = DATE.matcher(file).replaceAll(found -> DateTimeFormatter.ofPattern(found.group(1))
                    .format(LocalDate.EPOCH));
            return GLOB.test(dated.replace(Expects.STORE, "1")) && !dated.equals(file);
        } catch (IllegalArgumentException noPattern) {
            return false;
        }
    }

    ZoneId zone() {
        return values.parsed(group.key("zone"), "UTC", ZoneId::of, "a time zone such as Europe/London");
    }

    private Set<DayOfWeek> days() {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String word : values.list(group.key("expects-days"))) {
            for (DayOfWeek day : DayOfWeek.values()) {
                if (day.name().substring(0, 3).toLowerCase(Locale.ROOT).equals(word)) {
                    days.add(day);
                }
            }
        }
        if (days.size() != values.list(group.key("expects-days")).size()) {
            values.problem(group.key("expects-days"), "days such as mon, tue, sun");
        }
        return days.isEmpty() ? EnumSet.allOf(DayOfWeek.class) : days;
    }
}
