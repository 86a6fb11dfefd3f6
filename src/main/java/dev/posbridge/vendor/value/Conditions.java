package dev.posbridge.vendor.value;

import dev.posbridge.vendor.format.Columns;
import dev.posbridge.vendor.yaml.Word;

/** Compiles conditions. */
public final class Conditions {
    private Conditions() {}

    /**
     * The condition that the word says; one that never holds after its problems were reported.
     *
     * @param columns gets the columns that the condition names
     */
    public static Condition of(Word word, Columns columns) {
        Condition plain = PlainCondition.of(word.text(), columns);
        Condition made = plain == null ? CelCondition.of(word, columns) : plain;
        return made == null ? row -> false : made;
    }
}
