package dev.posbridge.vendor.draft;

import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Finds the pattern that fits the values of a column, but for a few slips of whoever typed them. Days before months are tried
 * beside months before days.
 */
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

    /** How many values each pattern misses, of those that miss few. */
    private Map<String, Integer> misses;

    private int seen;

    static boolean hasTime(String pattern) {
        return pattern.contains("H") || pattern.contains("h");
    }

    static boolean hasDay(String pattern) {
        return pattern.contains("d");
    }

    void see(String value) {
        if (misses == null) {
            misses = new LinkedHashMap<>();
            all().forEach(pattern -> misses.put(pattern, 0));
        }
        seen++;
        for (Iterator<Map.Entry<String, Integer>> all = misses.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<String, Integer> one = all.next();
            if (!fits(one.getKey(), value)) {
                one.setValue(one.getValue() + 1);
                // A clock has a column to itself, or none: what begins with two strangers is another's.
                if (one.getValue() > ColumnFacts.fewOf(seen) && one.getValue() > 1) {
                    all.remove();
                }
            }
        }
    }

    /** The first of those that miss the fewest, or null. */
    String pattern() {
        List<String> fitting = fitting();
        return fitting.isEmpty() ? null : asProfilesWrite(fitting.get(0));
    }

    /** Whether the value is as the pattern, which {@link #pattern} gave, has it. */
    static boolean isAs(String pattern, String value) {
        return fits(pattern.replace('y', 'u'), value);
    }

    private List<String> fitting() {
        if (misses == null || misses.isEmpty()) {
            return List.of();
        }
        int fewest = Collections.min(misses.values());
        return fewest > ColumnFacts.fewOf(seen)
                ? List.of()
                : misses.entrySet().stream()
                        .filter(one -> one.getValue() == fewest)
                        .map(Map.Entry::getKey)
                        .toList();
    }

    boolean dayAndMonthUnclear() {
        List<String> fitting = fitting();
        boolean dayFirst = fitting.stream().anyMatch(pattern -> pattern.startsWith("d") && pattern.contains("/"));
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
