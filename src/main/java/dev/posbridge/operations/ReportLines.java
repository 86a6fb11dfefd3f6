package dev.posbridge.operations;

import dev.posbridge.ConfigurationException;
import dev.posbridge.Nearest;
import dev.posbridge.ledger.MonthBook;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What the lines of a report are about, as {@code --by} has it.
 *
 * @param plain one of those that name their files; null for the report of the month
 * @param month what that is by; empty otherwise
 */
public record ReportLines(ReportGroup.By plain, List<MonthBook.By> month) {

    /** @throws ConfigurationException with the nearest word */
    public static ReportLines parse(String text) {
        List<String> words = Arrays.stream(text.toLowerCase(Locale.ROOT).split(",", -1))
                .map(String::strip)
                .toList();
        if (words.size() == 1) {
            for (ReportGroup.By plain : ReportGroup.By.values()) {
                if (plain.name().equals(words.get(0))) {
                    return new ReportLines(plain, List.of());
                }
            }
        }
        Set<MonthBook.By> month = new LinkedHashSet<>();
        for (String word : words) {
            month.add(byOf(text, word));
        }
        return new ReportLines(null, List.copyOf(month));
    }

    private static MonthBook.By byOf(String text, String word) {
        if (word.equals("day")) {
            return MonthBook.By.BUSINESS_DATE;
        }
        for (MonthBook.By by : MonthBook.By.values()) {
            if (by.word().equals(word)) {
                return by;
            }
        }
        if (word.equals("file")) {
            throw new ConfigurationException(
                    "--by is \"" + text + "\", but file stands alone: give --by file, or leave it out.");
        }
        Set<String> known = new TreeSet<>();
        Stream.of(MonthBook.By.values()).forEach(by -> known.add(by.word()));
        Stream.of(ReportGroup.By.values()).forEach(by -> known.add(by.name()));
        throw new ConfigurationException(
                "--by is \"" + text + "\", found \"" + word + "\" in it." + Nearest.hint(word, known));
    }
}
