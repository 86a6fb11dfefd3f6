package dev.posbridge.vendor.draft;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What the values of one column have in common.
 *
 * @param filled how many are not blank
 * @param distinct the different values there are, at most {@link #MOST_DISTINCT}
 * @param usual the one of them that is there most often; null where there is none
 * @param decimal the mark before the decimals: '.' or ','; 0 where no value has decimals, or both marks seem to be it
 * @param thousands whether values have the other mark before three digits
 * @param numbers, negatives, emails, phones how many values look like that
 * @param odd the first values that are no numbers, each once
 * @param odds how many different ones there are
 * @param datePattern the pattern that fits the values but for a few, or null
 * @param dayAndMonthUnclear whether the day and the month could change places in all of them
 */
record ColumnFacts(
        String name,
        int filled,
        Set<String> distinct,
        String usual,
        char decimal,
        boolean thousands,
        int numbers,
        int negatives,
        int emails,
        int phones,
        List<String> odd,
        int odds,
        String datePattern,
        boolean dayAndMonthUnclear) {
    static final int MOST_DISTINCT = 1_000;
    private static final int MOST_ODD = 5;
    private static final int LEAST_FOR_A_SLIP = 5;
    private static final Pattern NUMBER = Pattern.compile("[-(]?\\p{Sc}?\\s?-?\\d[\\d.,' ]*\\)?-?");
    /** How a minus is written, as a condition says it. */
    private static final Map<String, Predicate<String>> NEGATIVE = new TreeMap<>(Map.of(
            ".startsWith('-')", value -> value.startsWith("-"),
            ".startsWith('(')", value -> value.startsWith("("),
            ".endsWith('-')", value -> value.endsWith("-")));

    private static final Pattern POINT = Pattern.compile(".*\\.\\d{1,2}\\D?");
    private static final Pattern COMMA = Pattern.compile(".*,\\d{1,2}\\D?");
    private static final Pattern POINT_THOUSANDS = Pattern.compile(".*\\d\\.\\d{3},.*");
    private static final Pattern COMMA_THOUSANDS = Pattern.compile(".*\\d,\\d{3}\\..*");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[a-zA-Z]{2,}");
    private static final Pattern PHONE = Pattern.compile("(\\+|00)?\\d[\\d ()/-]{7,17}");

    @SuppressWarnings("PMD.CyclomaticComplexity") // One pass that counts.
    static ColumnFacts of(String name, List<String> values) {
        int filled = 0;
        int numbers = 0;
        int negatives = 0;
        int emails = 0;
        int phones = 0;
        int points = 0;
        int commas = 0;
        boolean thousands = false;
        Set<String> odd = new LinkedHashSet<>();
        Map<String, Integer> counts = new HashMap<>();
        DateGuess dates = new DateGuess();
        for (String value : values) {
            if (value.isBlank()) {
                continue;
            }
            filled++;
            if (counts.size() < MOST_DISTINCT || counts.containsKey(value)) {
                counts.merge(value, 1, Integer::sum);
            }
            dates.see(value);
            emails += EMAIL.matcher(value).matches() ? 1 : 0;
            phones += PHONE.matcher(value).matches() ? 1 : 0;
            if (NUMBER.matcher(value).matches()) {
                numbers++;
                negatives += isNegative(value) ? 1 : 0;
                points += POINT.matcher(value).matches() ? 1 : 0;
                commas += COMMA.matcher(value).matches() ? 1 : 0;
                thousands |= POINT_THOUSANDS.matcher(value).matches()
                        || COMMA_THOUSANDS.matcher(value).matches();
            } else if (odd.size() < MOST_DISTINCT) {
                odd.add(value);
            }
        }
        char decimal = points > 0 && commas == 0 ? '.' : commas > 0 && points == 0 ? ',' : 0;
        return new ColumnFacts(
                name,
                filled,
                counts.keySet(),
                usual(counts),
                decimal,
                thousands,
                numbers,
                negatives,
                emails,
                phones,
                odd.stream().limit(MOST_ODD).toList(),
                odd.size(),
                dates.pattern(),
                dates.dayAndMonthUnclear());
    }

    /** Whether a number is written so that it is less than nothing. */
    static boolean isNegative(String value) {
        return NUMBER.matcher(value).matches() && NEGATIVE.values().stream().anyMatch(sign -> sign.test(value));
    }

    /** In CEL, of a cell: whether it is negative, as far as negative values are written in this column. */
    String isNegativeIn(String cell) {
        List<String> conditions = NEGATIVE.entrySet().stream()
                .filter(sign -> distinct.stream()
                        .anyMatch(value -> isNegative(value) && sign.getValue().test(value)))
                .map(sign -> cell + sign.getKey())
                .toList();
        return String.join(" || ", conditions);
    }

    /** Of those that are there equally often the first in the alphabet. */
    private static String usual(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .max(Map.Entry.<String, Integer>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    /** A number, a date or an address is no column's name. */
    static boolean looksLikeValue(String text) {
        DateGuess date = new DateGuess();
        date.see(text);
        return NUMBER.matcher(text).matches() || EMAIL.matcher(text).matches() || date.pattern() != null;
    }

    /** How many slips are few: none in a handful of values, then one in twenty and at least one. */
    static int fewOf(int values) {
        return values < LEAST_FOR_A_SLIP ? 0 : Math.max(1, values / 20);
    }

    /** Whether a text is a number, however a country writes it. */
    static boolean isNumber(String text) {
        return NUMBER.matcher(text).matches();
    }

    /** The first values that are not what the column is of, a date or a number. */
    List<String> slips() {
        return datePattern == null
                ? odd
                : distinct.stream()
                        .filter(value -> !DateGuess.isAs(datePattern, value))
                        .sorted()
                        .limit(MOST_ODD)
                        .toList();
    }

    /** Whether what is there are numbers, and some have decimals. */
    boolean isMoney() {
        return isNumber() && decimal != 0;
    }

    /** Ids that a spreadsheet, or a database, wrote as numbers: 14527.0 */
    boolean isWhole() {
        return filled > 0 && distinct.stream().allMatch(value -> value.matches("\\d+\\.0"));
    }

    boolean isNumber() {
        // A slip stands on every row of its receipt.
        return numbers * 2 > filled && odds <= fewOf(filled) && datePattern == null;
    }

    boolean isEmail() {
        return filled > 0 && emails * 10 >= filled * 9;
    }

    boolean isPhone() {
        return filled > 0 && phones * 10 >= filled * 9;
    }

    boolean isDate() {
        return datePattern != null;
    }
}
