package dev.posbridge.vendor.draft;

import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Finds the pattern that fits every value of a column. Days before months are tried beside months before days. */
final class DateGuess {
    private static final List<String> DAYS = List.of(
            "uuuu-MM-dd",
            "uuuuMMdd",
            "dd.MM.uuuu",
            "d.M.uuuu",
            "dd.MM.uu",
            "dd/MM/uuuu",
            "MM/dd/uuuu",
            "d/M/uuuu",
            "M/d/uuuu",
            "d/M/uu",
            "M/d/uu",
            "dd-MM-uuuu",
            "uuuu/MM/dd",
            "dd-MMM-uuuu");
    private static final List<String> TIMES = List.of(
            "",
            " HH:mm:ss",
            " HH:mm",
            "'T'HH:mm:ss",
            "'T'HH:mm:ssXXX",
            "'T'HH:mm",
            " h:mm a",
            " hh:mm:ss a",
            " HH:mm:ss Z");
    private static final List<String> TIMES_ALONE = List.of("HH:mm:ss", "HH:mm", "HHmmss", "h:mm a");

    private List<String> fitting;

    static boolean hasTime(String pattern) {
        return pattern.contains("H") || pattern.contains("h");
    }

    static boolean hasDay(String pattern) {
        return pattern.contains("d");
    }

    void see(String value) {
        if (fitting == null) {
            fitting = all().stream().filter(pattern -> fits(pattern, value)).toList();
        } else if (!fitting.isEmpty()) {
            fitting = fitting.stream().filter(pattern -> fits(pattern, value)).toList();
        }
    }

    /** The first that fits all, or null. */
    String pattern() {
        return fitting == null || fitting.isEmpty() ? null : asProfilesWrite(fitting.get(0));
    }

    boolean dayAndMonthUnclear() {
        boolean dayFirst = fitting != null
                && fitting.stream().anyMatch(pattern -> pattern.startsWith("d") && pattern.contains("/"));
        return dayFirst && fitting.stream().anyMatch(pattern -> pattern.startsWith("M"));
    }

    private static String asProfilesWrite(String pattern) {
        return pattern.replace('u', 'y');
    }

    private static List<String> all() {
        return Patterns.ALL;
    }

    private static boolean fits(String pattern, String value) {
        try {
            Patterns.formatter(pattern).parse(value);
            return true;
        } catch (DateTimeException other) {
            return false;
        }
    }

    /** Made once, when the first value is looked at. */
    private static final class Patterns {
        private static final List<String> ALL = made();
        private static final Map<String, DateTimeFormatter> FORMATTERS = new HashMap<>();

        private static List<String> made() {
            List<String> all = new ArrayList<>();
            for (String time : TIMES) {
                DAYS.forEach(day -> all.add(day + time));
            }
            all.addAll(TIMES_ALONE);
            return List.copyOf(all);
        }

        private static synchronized DateTimeFormatter formatter(String pattern) {
            return FORMATTERS.computeIfAbsent(pattern, text -> new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .appendPattern(text)
                    .toFormatter(Locale.ENGLISH)
                    .withResolverStyle(ResolverStyle.STRICT));
        }
    }
}
