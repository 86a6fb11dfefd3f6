package dev.posbridge.vendor.value;

import dev.posbridge.vendor.format.Columns;
import dev.posbridge.vendor.format.Row;
import dev.posbridge.vendor.yaml.Word;
import java.util.Map;

/** Compiles conditions. */
public final class Conditions {
    private Conditions() {}

    /**
     * The condition that the word says; one that never holds after its problems were reported.
     *
     * @param columns gets the columns that the condition names
     * @param values the profile's own values by their names
     */
    public static Condition of(Word word, Columns columns, Map<String, Source> values) {
        Condition plain = PlainCondition.of(word.text(), columns, values);
        Condition made = plain == null ? CelCondition.of(word, columns, values) : plain;
        return made == null ? (row, facts) -> false : made;
    }

    /** As {@link #of(Word, Columns, Map)}, over columns alone. */
    public static Condition of(Word word, Columns columns) {
        return of(word, columns, Map.of());
    }

    /** What a value says of a row. */
    static String value(Source source, Row row, Facts facts) {
        Row before = facts.row();
        facts.at(row);
        try {
            return source.of(facts);
        } finally {
            facts.at(before);
        }
    }
}
