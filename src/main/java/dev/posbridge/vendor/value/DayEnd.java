package dev.posbridge.vendor.value;

import dev.posbridge.pos.Reason;
import dev.posbridge.vendor.format.Blank;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The time of the night at which a business day ends: one for all, or the one that a column or value names, such as that of
 * the store.
 *
 * @param usual for all, or where the value is blank; null where that is a fault
 * @param from where it is named, or null
 */
public record DayEnd(LocalTime usual, Source from) {
    private static final Pattern NIGHT = Pattern.compile("(0?\\d|1[01]):([0-5]\\d)(?::00)?");

    /** The time that is written, before noon; null where it is none. */
    public static LocalTime time(String written) {
        Matcher found = NIGHT.matcher(written);
        return found.matches()
                ? LocalTime.of(Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2)))
                : null;
    }

    /** Seconds after midnight at which the day ends. */
    int second(Facts facts) {
        return at(facts).toSecondOfDay();
    }

    /** The day that trade belongs to at that time. */
    public LocalDate dayOf(LocalDateTime time, Facts facts) {
        return time.minusSeconds(second(facts)).toLocalDate();
    }

    private LocalTime at(Facts facts) {
        String written = from == null ? "" : Blank.strip(from.of(facts));
        boolean lost = written.isEmpty() && from != null && from.isLost(facts);
        LocalTime found = written.isEmpty() && !lost ? usual : time(written);
        if (found != null) {
            return found;
        }
        String what =
                lost ? "one that values do not know" : written.isEmpty() ? "blank" : '"' + Shown.text(written) + '"';
        throw facts.fault(
                from.column(facts),
                written.isEmpty() && !lost ? Reason.VALUE_MISSING : Reason.DATE_INVALID,
                "the end of the day \"" + from.name() + "\" is " + what
                        + ", expected a time of the night such as 04:00. Correct it and replay, or say "
                        + (written.isEmpty() && !lost
                                ? "otherwise under day-ends in "
                                : "under values what it means in ")
                        + facts.profile() + ".");
    }
}
