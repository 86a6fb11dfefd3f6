package dev.posbridge.vendor.value;

import dev.posbridge.vendor.format.Columns;
import dev.posbridge.vendor.format.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The conditions nearly every profile writes, read without CEL: comparisons of columns with text, joined by {@code &&} and
 * {@code ||}. They mean what CEL means by them (a test asks both); what they save is CEL's third of a second at start and
 * nine tenths of the time for each row. Anything else is not read here, and goes to CEL.
 */
final class PlainCondition implements Condition {
    private static final String TEXT = "(?:'[^'\\\\]*'|\"[^\"\\\\]*\")";
    private static final Pattern TERM =
            Pattern.compile("\\s*(?<not>!\\s*)?(?<map>row|value)(?:\\.(?<name>[A-Za-z_][A-Za-z0-9_]*)"
                    + "|\\[\\s*(?<quoted>" + TEXT + ")\\s*\\])\\s*"
                    + "(?:(?<operator>==|!=)\\s*(?<value>" + TEXT + ")"
                    + "|in\\s*\\[(?<list>\\s*" + TEXT + "\\s*(?:,\\s*" + TEXT + "\\s*)*)\\]"
                    + "|\\.(?<method>startsWith|endsWith|contains|matches)\\(\\s*(?<argument>" + TEXT + ")\\s*\\))\\s*"
                    + "(?<join>&&|\\|\\||$)");
    private static final Pattern LIST_ITEM = Pattern.compile(TEXT);
    /** Regular expressions that RE2 and Java read alike, and that cannot backtrack for long. */
    private static final Pattern SIMPLE_REGEX =
            Pattern.compile("\\^?(?:(?:\\[[A-Za-z0-9](?:-?[A-Za-z0-9])*\\]|[A-Za-z0-9 ])[+]?)+\\$?");

    /** @param source a value of the profile's own, or null for the column */
    private record Term(int slot, Source source, Predicate<String> test) {
        boolean holds(Row row, Facts facts) {
            return test.test(source == null ? row.value(slot) : Conditions.value(source, row, facts));
        }

        IntStream columns() {
            IntStream.Builder slots = IntStream.builder();
            if (source == null) {
                slots.add(slot);
            } else {
                source.columns(slots::add);
            }
            return slots.build();
        }
    }

    private final Term[][] anyOfAll;

    private PlainCondition(List<List<Term>> anyOfAll) {
        this.anyOfAll = anyOfAll.stream().map(all -> all.toArray(Term[]::new)).toArray(Term[][]::new);
    }

    /** The condition, or null where it needs CEL. */
    static PlainCondition of(String written, Columns columns) {
        return of(written, columns, Map.of());
    }

    /** As {@link #of(String, Columns)}, with the profile's own values by their names. */
    static PlainCondition of(String written, Columns columns, Map<String, Source> values) {
        Matcher matcher = TERM.matcher(written);
        List<List<Term>> any = new ArrayList<>();
        any.add(new ArrayList<>());
        int at = 0;
        while (matcher.find(at) && matcher.start() == at) {
            Predicate<String> test = test(matcher);
            String name = matcher.group("name") == null ? text(matcher.group("quoted")) : matcher.group("name");
            boolean column = matcher.group("map").equals("row");
            if (test == null || !column && !values.containsKey(name)) {
                return null; // CEL says what is wrong with a value that nobody knows.
            }
            any.get(any.size() - 1)
                    .add(column ? new Term(columns.slot(name), null, test) : new Term(-1, values.get(name), test));
            if (matcher.group("join").isEmpty()) {
                return new PlainCondition(any);
            }
            if (matcher.group("join").equals("||")) {
                any.add(new ArrayList<>());
            }
            at = matcher.end();
        }
        return null;
    }

    @Override
    public boolean holds(Row row, Facts facts) {
        for (Term[] all : anyOfAll) {
            boolean holds = true;
            for (int index = 0; index < all.length && holds; index++) {
                holds = all[index].holds(row, facts);
            }
            if (holds) {
                return true;
            }
        }
        return false;
    }

    @Override
    public int[] columns() {
        return Stream.of(anyOfAll)
                .flatMap(Stream::of)
                .flatMapToInt(Term::columns)
                .distinct()
                .toArray();
    }

    @Override
    public boolean asksFor(Row row, int slot) {
        for (Term[] all : anyOfAll) {
            boolean asks = false;
            boolean holds = true;
            for (Term term : all) {
                if (term.source() == null && term.slot() == slot) {
                    asks = true;
                    holds &= term.test().test(row.value(slot));
                }
            }
            if (asks && holds) {
                return true;
            }
        }
        return false;
    }

    private static Predicate<String> test(Matcher term) {
        boolean negated = term.group("not") != null;
        if (term.group("method") != null) {
            Predicate<String> test = method(term.group("method"), text(term.group("argument")));
            return test == null || !negated ? test : test.negate();
        }
        if (negated) {
            return null; // CEL reads !row.A == 'x' as (!row.A) == 'x', and says what is wrong with it.
        }
        if (term.group("list") != null) {
            List<String> allowed = LIST_ITEM
                    .matcher(term.group("list"))
                    .results()
                    .map(item -> text(item.group()))
                    .toList();
            return allowed::contains;
        }
        String value = text(term.group("value"));
        return term.group("operator").equals("==") ? value::equals : Predicate.not(value::equals);
    }

    private static Predicate<String> method(String name, String argument) {
        return switch (name) {
            case "startsWith" -> found -> found.startsWith(argument);
            case "endsWith" -> found -> found.endsWith(argument);
            case "contains" -> found -> found.contains(argument);
            default -> regex(argument);
        };
    }

    private static Predicate<String> regex(String expression) {
        if (!SIMPLE_REGEX.matcher(expression).matches()) {
            return null;
        }
        // Java's $ also matches before a last line end; CEL's does not.
        String exact = expression.endsWith("$") ? expression.substring(0, expression.length() - 1) + "\\z" : expression;
        Pattern compiled = Pattern.compile(exact);
        return found -> compiled.matcher(found).find();
    }

    private static String text(String literal) {
        return literal.substring(1, literal.length() - 1);
    }
}
