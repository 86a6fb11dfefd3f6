package dev.posbridge.vendor;

import dev.posbridge.vendor.rule.Balance;
import dev.posbridge.vendor.rule.Sum;
import dev.posbridge.vendor.rule.Sum.Term;
import dev.posbridge.vendor.value.Amount;
import dev.posbridge.vendor.yaml.Section;
import dev.posbridge.vendor.yaml.Word;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;

/** Reads amounts that may be added and subtracted. Absent ones are null. */
final class SumReader {
    private final ValueReader values;
    private final int digits;

    SumReader(ValueReader values, Currency currency) {
        this.values = values;
        this.digits = Math.max(0, currency.getDefaultFractionDigits());
    }

    /** What the receipt must come to; null where the profile does not say. */
    Balance balance(Section section, Sum total) {
        if (!section.has("balance")) {
            return null;
        }
        Section own = section.section("balance");
        if (own == null) {
            return null;
        }
        Sum of = own.has("of") ? readAs(own, "of", "balance.of") : total;
        own.requireKey("tolerance");
        BigDecimal tolerance = tolerance(own.word("tolerance"));
        Sum with = computed(own, "balance", true);
        own.refuseUnknown();
        return of == null ? null : new Balance(of, with, tolerance);
    }

    static BigDecimal tolerance(Word word) {
        if (word != null && !word.text().matches("\\d{1,6}(?:\\.\\d{1,4})?")) {
            word.problem("\"tolerance\" is \"" + word.text() + "\", expected an amount such as 0.01.");
            return BigDecimal.ZERO;
        }
        return word == null ? BigDecimal.ZERO : new BigDecimal(word.text());
    }

    Sum read(Section section, String key) {
        return read(section, key, key, false);
    }

    /** As {@link #read(Section, String)}, called otherwise in messages. */
    Sum readAs(Section section, String key, String what) {
        return read(section, key, what, false);
    }

    /** As {@link #read(Section, String)}, but a blank column that is added is nothing. */
    Sum readBlankAsNothing(Section section, String key) {
        return read(section, key, key, true);
    }

    private Sum read(Section section, String key, String what, boolean blankIsZero) {
        if (!section.has(key)) {
            return null;
        }
        if (!section.hasSection(key)) {
            Word word = section.word(key);
            return word == null ? null : new Sum(what, List.of(plain(what, word)), digits);
        }
        Section own = section.section(key);
        Sum made;
        if (own.has("add") || own.has("subtract")) {
            made = computed(own, what, blankIsZero);
        } else {
            made = new Sum(what, List.of(term(own, what, false, false)), digits);
        }
        own.refuseUnknown();
        return made.terms().isEmpty() ? null : made;
    }

    /** @param blankIsZero whether a blank column that is added is nothing, and no fault */
    private Sum computed(Section own, String key, boolean blankIsZero) {
        own.requireKey("add");
        List<Term> terms = new ArrayList<>();
        own.items("add").forEach(item -> terms.add(item(item, key, false, blankIsZero)));
        own.items("subtract").forEach(item -> terms.add(item(item, key, true, true)));
        if (own.has("add") && terms.isEmpty()) {
            own.problem("\"add\" has no amount.");
        }
        return new Sum(key, terms, digits);
    }

    private Term item(Section.Item item, String key, boolean subtracted, boolean blankIsZero) {
        if (item.section() != null) {
            Term made = term(item.section(), key, subtracted, blankIsZero);
            item.section().refuseUnknown();
            return made;
        }
        Term made = plain(key, item.word());
        return new Term(subtracted, made.made(), made.amount(), false, null, blankIsZero);
    }

    private Term plain(String key, Word word) {
        Sum.Made made = Sum.Made.of(word.text());
        return made == null ? Term.column(values.amount(key, word)) : Term.of(made);
    }

    /** {@code {from, optional, ...}} of the first row, or {@code {sum, when, ...}} over all rows. */
    private Term term(Section own, String key, boolean subtracted, boolean blankIsZero) {
        boolean everyRow = own.has("sum");
        Amount amount = values.amount(own, key, everyRow ? "sum" : "from");
        boolean optional = own.flag("optional", blankIsZero);
        if (everyRow) {
            return new Term(subtracted, null, amount, true, values.vocabulary().condition(own.word("when")), optional);
        }
        return new Term(subtracted, null, amount, false, null, optional);
    }
}
