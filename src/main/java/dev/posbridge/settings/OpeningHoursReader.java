package dev.posbridge.settings;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads delivery windows and blackout days; every problem names the part that is wrong. */
final class OpeningHoursReader {
    static final String WINDOWS = "posbridge.delivery.windows";
    static final String BLACKOUT = "posbridge.delivery.blackout";

    private static final Pattern WINDOW =
            Pattern.compile("(\\S+)\\s+(\\d\\d:\\d\\d)-(\\d\\d:\\d\\d)\\s+([A-Za-z]\\S*)(?:\\s+(\\d{1,3})\\s?%)?");
    private static final Pattern DAYS =
            Pattern.compile("(\\d{4}-\\d\\d-\\d\\d)(?:\\.\\.(\\d{4}-\\d\\d-\\d\\d))?\\s+(\\S+)");
    private static final int MINUTES_OF_DAY = 24 * 60;
    private static final List<String> NAMES = Arrays.stream(DayOfWeek.values())
            .map(day -> day.name().charAt(0) + day.name().substring(1, 3).toLowerCase(Locale.ROOT))
            .toList();

    private final Values values;

    OpeningHoursReader(Values values) {
        this.values = values;
    }

    /** What is wrong with a part, as the rest of a sentence after "expected". */
    private static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String expected) {
            super(expected);
        }

        Unreadable(String expected, DateTimeException cause) {
            super(expected, cause);
        }
    }

    private interface PartReader<T> {
        T read(String part) throws Unreadable;
    }

    OpeningHours read() {
        return new OpeningHours(
                parts(WINDOWS, OpeningHoursReader::window), parts(BLACKOUT, OpeningHoursReader::blackout));
    }

    private <T> List<T> parts(String key, PartReader<T> reader) {
        List<T> parts = new ArrayList<>();
        for (String part : values.text(key, "").split(";")) {
            if (!part.isBlank()) {
                try {
                    parts.add(reader.read(part.strip()));
                } catch (Unreadable problem) {
                    values.source()
                            .problem(
                                    key,
                                    key + ": found \"" + part.strip() + "\", expected " + problem.getMessage() + ".");
                }
            }
        }
        return List.copyOf(parts);
    }

    private static OpeningHours.Window window(String part) throws Unreadable {
        Matcher matcher = WINDOW.matcher(part);
        if (!matcher.matches()) {
            throw new Unreadable("days, hours, a time zone and perhaps a share, such as "
                    + "\"Mon-Sat 22:00-06:00 Europe/London 80%\", and a semicolon before the next");
        }
        int from = minute(matcher.group(2));
        int to = minute(matcher.group(3));
        if (from == to || from == MINUTES_OF_DAY) {
            throw new Unreadable("hours that begin before they end; a whole day is 00:00-24:00");
        }
        return new OpeningHours.Window(
                days(matcher.group(1)), from, to, zone(matcher.group(4)), share(matcher.group(5)));
    }

    private static OpeningHours.Blackout blackout(String part) throws Unreadable {
        Matcher matcher = DAYS.matcher(part);
        if (!matcher.matches()) {
            throw new Unreadable("a day or several and a time zone, such as \"2026-12-24..2026-12-26 Europe/London\", "
                    + "and a semicolon before the next");
        }
        LocalDate first = date(matcher.group(1));
        LocalDate last = matcher.group(2) == null ? first : date(matcher.group(2));
        if (last.isBefore(first)) {
            throw new Unreadable("a first day that is not after the last");
        }
        return new OpeningHours.Blackout(first, last, zone(matcher.group(3)));
    }

    private static Set<DayOfWeek> days(String text) throws Unreadable {
        if ("daily".equals(text)) {
            return EnumSet.allOf(DayOfWeek.class);
        }
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String range : text.split(",", -1)) {
            String[] ends = range.split("-", -1);
            int first = NAMES.indexOf(ends[0]);
            int last = NAMES.indexOf(ends[ends.length - 1]);
            if (first < 0 || last < 0 || ends.length > 2) {
                throw new Unreadable("days as Mon, Mon-Fri, Mon,Wed,Sat-Sun or daily, of " + String.join(", ", NAMES));
            }
            // Sat-Mon goes round the end of the week.
            for (int day = first; ; day = (day + 1) % NAMES.size()) {
                days.add(DayOfWeek.of(day + 1));
                if (day == last) {
                    break;
                }
            }
        }
        return days;
    }

    private static int minute(String time) throws Unreadable {
        int hours = Integer.parseInt(time.substring(0, 2));
        int minute = hours * 60 + Integer.parseInt(time.substring(3));
        if (minute > MINUTES_OF_DAY || time.charAt(3) > '5') {
            throw new Unreadable("times from 00:00 to 24:00");
        }
        return minute;
    }

    private static ZoneId zone(String name) throws Unreadable {
        return parsed(name, ZoneId::of, "a time zone such as Europe/London or UTC, not \"" + name + "\"");
    }

    private static LocalDate date(String text) throws Unreadable {
        return parsed(text, LocalDate::parse, "a date such as 2026-01-31, not \"" + text + "\"");
    }

    private static <T> T parsed(String text, Function<String, T> reader, String expected) throws Unreadable {
        try {
            return reader.apply(text);
        } catch (DateTimeException unknown) {
            throw new Unreadable(expected, unknown);
        }
    }

    private static OptionalDouble share(String percent) throws Unreadable {
        if (percent == null) {
            return OptionalDouble.empty();
        }
        int share = Integer.parseInt(percent);
        if (share < 1 || share > 100) {
            throw new Unreadable("a share from 1% to 100%");
        }
        return OptionalDouble.of(share / 100.0);
    }
}
