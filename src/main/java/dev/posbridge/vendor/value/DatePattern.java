package dev.posbridge.vendor.value;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
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
        PatternCheck.refuse(pattern); // After java.time had its say: it names unknown letters.
        String steps = FixedWidthPattern.steps(pattern);
        return steps == null ? new Formatted(formatter, noon(pattern)) : new FixedWidthPattern(steps);
    }

    /**
     * A text that two patterns read as two days, as {@code 03/02/2001} by {@code dd/MM} and {@code MM/dd}; null where there
     * is none. Whoever tries both takes the one that comes first, which is a guess.
     */
    public static String readTwice(String one, String other) {
        try {
            OffsetDateTime sample = OffsetDateTime.of(2003, 2, 1, 4, 5, 6, 0, ZoneOffset.UTC);
            String text = DateTimeFormatter.ofPattern(one, Locale.ENGLISH).format(sample);
            ParsedDate found = new ParsedDate();
            boolean read = of(other).parse(text, found);
            boolean same = found.year == sample.getYear()
                    && found.month == sample.getMonthValue()
                    && found.day == sample.getDayOfMonth();
            return read && !same ? text : null;
        } catch (DateTimeException | IllegalArgumentException unfit) {
            return null; // What is wrong with a pattern of its own is said elsewhere.
        }
    }

    /** What stands before AM and PM: a blank, or nothing; null where the pattern has neither. */
    private static String noon(String pattern) {
        int at = pattern.replaceAll("'[^']*'", "").indexOf('a') < 0 ? -1 : pattern.lastIndexOf('a');
        return at < 0 ? null : at > 0 && pattern.charAt(at - 1) == ' ' ? " " : "";
    }

    /** As {@link #parse}, but in other scripts' digits, among blanks of any kind, with AM and PM as people write them. */
    final boolean parseLoosely(String text, ParsedDate into) {
        String plain = DateText.plain(text, noon());
        return !plain.equals(text) && parse(plain, into);
    }

    String noon() {
        return null;
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

        private final String noon;

        Formatted(DateTimeFormatter formatter, String noon) {
            this.formatter = formatter;
            this.noon = noon;
        }

        @Override
        String noon() {
            return noon;
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
