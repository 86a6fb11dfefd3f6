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
    /** What was read; reused, so that reading allocates nothing. */
    static final class Parsed {
        private static final int NO_OFFSET = Integer.MIN_VALUE;

        private int year;
        private int month;
        private int day;
        private int hour;
        private int minute;
        private int second;
        private int nano;
        private int offset;

        private void clear() {
            hour = 0;
            minute = 0;
            second = 0;
            nano = 0;
            offset = NO_OFFSET;
        }

        long epochDay() {
            return LocalDate.of(year, month, day).toEpochDay();
        }

        LocalDate date() {
            return LocalDate.of(year, month, day);
        }

        int secondOfDay() {
            return (hour * 60 + minute) * 60 + second;
        }

        int nano() {
            return nano;
        }

        boolean hasOffset() {
            return offset != NO_OFFSET;
        }

        int offset() {
            return offset;
        }
    }

    /** @throws IllegalArgumentException for a pattern that java.time refuses or that names no date */
    public static DatePattern of(String pattern) {
        DateTimeFormatter formatter = new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(ofEra(pattern))
                .toFormatter(Locale.ENGLISH)
                .withResolverStyle(ResolverStyle.STRICT);
        String steps = FixedWidth.steps(pattern);
        DatePattern made = steps == null ? new Formatted(formatter) : new FixedWidth(steps);
        boolean dated = pattern.contains("d") || pattern.contains("D");
        if (!dated || !(pattern.contains("y") || pattern.contains("u"))) {
            throw new IllegalArgumentException("it names no day, month and year");
        }
        return made;
    }

    abstract boolean parse(String text, Parsed into);

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
        boolean parse(String text, Parsed into) {
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

        private static void fill(Parsed into, LocalDate date, LocalTime time, ZoneId zone) {
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

    private static final class FixedWidth extends DatePattern {
        private static final String FIELDS = "uMdHms";

        private final String steps;

        FixedWidth(String steps) {
            this.steps = steps;
        }

        /**
         * The pattern as a field letter for each whole field (u of four digits, the others of two, X for an offset at the
         * end), and a backslash before each literal; null where it is none of this kind.
         */
        static String steps(String pattern) {
            String bare = pattern.replace("'T'", "\\T").replace("uuuu", "yyyy");
            StringBuilder made = new StringBuilder();
            for (int index = 0; index < bare.length(); ) {
                char letter = bare.charAt(index);
                if (letter == '\\') {
                    made.append(bare, index, index + 2);
                    index += 2;
                } else if (bare.startsWith("yyyy", index)) {
                    made.append('u');
                    index += 4;
                } else if (bare.startsWith("XXX", index) && index + 3 == bare.length()) {
                    made.append('X');
                    index += 3;
                } else if ("MdHms".indexOf(letter) >= 0 && bare.startsWith(("" + letter).repeat(2), index)) {
                    made.append(letter);
                    index += 2;
                } else if (" .-/:,".indexOf(letter) >= 0) {
                    made.append('\\').append(letter);
                    index++;
                } else {
                    return null;
                }
            }
            return eachOnce(made.toString()) ? made.toString() : null;
        }

        private static boolean eachOnce(String steps) {
            String fields = steps.replaceAll("\\\\.", "");
            return fields.chars().distinct().count() == fields.length()
                    && fields.indexOf('u') >= 0
                    && fields.indexOf('M') >= 0
                    && fields.indexOf('d') >= 0;
        }

        @Override
        boolean parse(String text, Parsed into) {
            into.clear();
            int at = 0;
            for (int step = 0; step < steps.length(); step++) {
                char letter = steps.charAt(step);
                if (letter == '\\') {
                    step++;
                    if (at >= text.length() || text.charAt(at) != steps.charAt(step)) {
                        return false;
                    }
                    at++;
                } else if (letter == 'X') {
                    at = offset(text, at, into);
                } else {
                    int width = letter == 'u' ? 4 : 2;
                    int value = number(text, at, width);
                    if (value < 0) {
                        return false;
                    }
                    set(into, letter, value);
                    at += width;
                }
            }
            return at == text.length() && valid(into);
        }

        private static int number(String text, int at, int width) {
            if (at + width > text.length()) {
                return -1;
            }
            int value = 0;
            for (int index = at; index < at + width; index++) {
                int digit = text.charAt(index) - '0';
                if (digit < 0 || digit > 9) {
                    return -1;
                }
                value = value * 10 + digit;
            }
            return value;
        }

        private static void set(Parsed into, char letter, int value) {
            switch (FIELDS.indexOf(letter)) {
                case 0 -> into.year = value;
                case 1 -> into.month = value;
                case 2 -> into.day = value;
                case 3 -> into.hour = value;
                case 4 -> into.minute = value;
                default -> into.second = value;
            }
        }

        /** Reads Z or +hh:mm; gives the place after it, or one past all text where it is neither. */
        private static int offset(String text, int at, Parsed into) {
            if (text.startsWith("Z", at)) {
                into.offset = 0;
                return at + 1;
            }
            char sign = at + 6 <= text.length() ? text.charAt(at) : ' ';
            int hours = number(text, at + 1, 2);
            int minutes = number(text, at + 4, 2);
            if ((sign != '+' && sign != '-')
                    || hours < 0
                    || hours > 18
                    || minutes < 0
                    || minutes > 59
                    || text.charAt(at + 3) != ':') {
                return Integer.MAX_VALUE;
            }
            into.offset = (hours * 60 + minutes) * (sign == '-' ? -60 : 60);
            return at + 6;
        }

        private static boolean valid(Parsed into) {
            return into.month >= 1
                    && into.month <= 12
                    && into.day >= 1
                    && into.day <= java.time.YearMonth.of(into.year, into.month).lengthOfMonth()
                    && into.hour <= 23
                    && into.minute <= 59
                    && into.second <= 59;
        }
    }
}
