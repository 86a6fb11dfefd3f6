package dev.posbridge.vendor.value;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;

/**
 * One date pattern. Patterns of fixed width (nearly all that tills write) are read digit by digit, a tenth of what a
 * formatter costs; the rest goes to {@link DateTimeFormatter}. Both are strict: 31.02. is no date.
 */
public abstract class DatePattern {
    /** @throws IllegalArgumentException for a pattern that java.time refuses or that names no date */
    public static DatePattern of(String pattern) {
        DateTimeFormatter formatter = new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(ofEra(pattern))
                .toFormatter(Locale.ENGLISH)
                .withResolverStyle(ResolverStyle.STRICT);
        String steps = FixedWidthPattern.steps(pattern);
        DatePattern made = steps == null ? new Formatted(formatter) : new FixedWidthPattern(steps);
        boolean dated = pattern.contains("d") || pattern.contains("D");
        if (!dated || !(pattern.contains("y") || pattern.contains("u"))) {
            throw new IllegalArgumentException("it names no day, month and year");
        }
        return made;
    }

    abstract boolean parse(String text, ParsedDate into);

    /** A strict resolver wants the proleptic year: yyyy alone would lack its era. */
    private static String ofEra(String pattern) {
        StringBuilder made = new StringBuilder(pattern.length());
        boolean quoted = false;
        for (char letter : pattern.toCharArray()) {
            quoted ^= letter == '\'';
            made.append(letter == 'y' && !quoted ? 'u' : letter);
        }
        return made.toString();
    }

    private static final class Formatted extends DatePattern {
        private final DateTimeFormatter formatter;

        Formatted(DateTimeFormatter formatter) {
            this.formatter = formatter;
        }

        @Override
        boolean parse(String text, ParsedDate into) {
            try {
                TemporalAccessor found = formatter.parse(text);
                LocalDate date = found.query(TemporalQueries.localDate());
                if (date == null) {
                    return false;
                }
                LocalTime time = found.query(TemporalQueries.localTime());
                fill(into, date, time == null ? LocalTime.MIDNIGHT : time, found.query(TemporalQueries.zone()));
                return true;
            } catch (DateTimeException notThisPattern) {
                return false;
            }
        }

        private static void fill(ParsedDate into, LocalDate date, LocalTime time, ZoneId zone) {
            into.clear();
            into.year = date.getYear();
            into.month = date.getMonthValue();
            into.day = date.getDayOfMonth();
            into.hour = time.getHour();
            into.minute = time.getMinute();
            into.second = time.getSecond();
            into.nano = time.getNano();
            if (zone != null) {
                ZoneOffset offset = zone.getRules().getOffset(date.atTime(time));
                into.offset = offset.getTotalSeconds();
            }
        }
    }
}
