package dev.posbridge.vendor.rule;

import dev.posbridge.pos.Reason;
import dev.posbridge.vendor.format.Row;
import dev.posbridge.vendor.value.Amount;
import dev.posbridge.vendor.value.Condition;
import dev.posbridge.vendor.value.Facts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * An amount: a column of the first row, what the lines come to, or several of such added and subtracted.
 *
 * @param what as the profile calls it, for messages
 */
public record Sum(String what, List<Term> terms, int digits) {
    /** What a term takes besides columns. */
    public enum Made {
        LINES("lines"),
        EXCLUDED_LINES("excluded-lines"),
        LINE_PRICES("line-prices"),
        LINE_TAXES("line-taxes"),
        LINE_DISCOUNTS("line-discounts");

        private final String word;

        Made(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }

        /** Null where the word is none of these. */
        public static Made of(String word) {
            for (Made made : values()) {
                if (made.word.equals(word)) {
                    return made;
                }
            }
            return null;
        }

        /** Whether no line says anything of it: that is not zero. */
        boolean isUnknown(Basket basket) {
            return switch (this) {
                case LINE_TAXES -> basket.items().stream().allMatch(line -> line.taxes() == null);
                case LINE_DISCOUNTS -> basket.items().stream().allMatch(line -> line.discount() == null);
                default -> basket.items().isEmpty();
            };
        }

        BigDecimal of(Basket basket) {
            return switch (this) {
                case LINES -> basket.sum();
                case EXCLUDED_LINES -> basket.excluded();
                case LINE_PRICES -> basket.prices();
                case LINE_TAXES -> basket.taxes();
                case LINE_DISCOUNTS -> basket.discounts();
            };
        }
    }

    /**
     * One part of a sum.
     *
     * @param made what is made of the lines, or null for a column
     * @param amount the column, or null
     * @param everyRow whether the column is summed over the rows for which {@code when} holds
     * @param blankIsZero whether a blank column adds nothing; else it is a fault
     */
    public record Term(
            boolean subtracted, Made made, Amount amount, boolean everyRow, Condition when, boolean blankIsZero) {
        /** A column as it stands. */
        public static Term column(Amount amount) {
            return new Term(false, null, amount, false, null, false);
        }

        /** What is made of the lines. */
        public static Term of(Made made) {
            return new Term(false, made, null, false, null, false);
        }

        String name() {
            return (subtracted ? "- " : "+ ")
                    + (made != null
                            ? made.word()
                            : (everyRow ? "sum of " : "") + amount.from().name());
        }

        BigDecimal of(Facts facts, List<Row> rows, Basket basket) {
            if (made != null) {
                return made.of(basket);
            }
            if (everyRow) {
                BigDecimal sum = overRows(facts, rows);
                return sum == null ? noRow(facts) : sum;
            }
            if (!blankIsZero) {
                return amount.required(facts);
            }
            BigDecimal found = amount.optional(facts);
            return found == null ? BigDecimal.ZERO : found;
        }

        private BigDecimal noRow(Facts facts) {
            if (blankIsZero) {
                return BigDecimal.ZERO;
            }
            throw facts.fault(
                    0,
                    Reason.VALUE_MISSING,
                    amount.what() + ": the sum of \"" + amount.from().name()
                            + "\" has no row: none of the receipt states it"
                            + (when == null ? "" : " where its when holds") + ". Correct the receipt and replay, or say"
                            + " optional: true where none means zero in " + facts.profile() + ".");
        }

        /** Null where no row states it. */
        private BigDecimal overRows(Facts facts, List<Row> rows) {
            BigDecimal sum = BigDecimal.ZERO;
            boolean any = false;
            Row head = facts.row();
            for (Row row : rows) {
                facts.at(row);
                if (when == null || when.holds(row, facts)) {
                    BigDecimal found = amount.dropsSign() ? amount.optional(facts) : amount.signed(facts);
                    sum = found == null ? sum : sum.add(found);
                    any |= found != null;
                }
            }
            facts.at(head);
            return any ? sum : null;
        }
    }

    public Sum {
        terms = List.copyOf(terms);
    }

    /** Whether it takes part in what {@link dev.posbridge.vendor.value.Tally} shows. */
    boolean isComputed() {
        return terms.size() > 1;
    }

    /** By which rows are told of which a column is summed. */
    List<Condition> conditions() {
        return terms.stream().map(Term::when).filter(Objects::nonNull).toList();
    }

    /** Whether it is made of line items. */
    public boolean uses(Made made) {
        return terms.stream().anyMatch(term -> term.made() == made);
    }

    /** Whether it is made of anything on line items. */
    public boolean usesLines() {
        return terms.stream().anyMatch(term -> term.made() != null);
    }

    /** Zero or more; a blank column is a fault. */
    BigDecimal required(Facts facts, List<Row> rows, Basket basket) {
        BigDecimal found = signed(facts, rows, basket);
        if (found.signum() >= 0) {
            return found;
        }
        throw facts.fault(
                0,
                Reason.AMOUNT_INVALID,
                what + " comes to " + written(facts, rows, basket) + ", expected zero or more. "
                        + remedy()
                        + facts.profile() + ".");
    }

    private String remedy() {
        if (isComputed()) {
            return "Correct the receipt and replay, or correct what is subtracted in ";
        }
        return what.startsWith("amount")
                ? "Less than nothing is given back: correct the receipt and replay, or say with sign how refunds are"
                        + " written in "
                : "More is given back than sold: such receipts need a rule of kind refund or exchange in ";
    }

    /** As {@link #required}, but null where the only column is blank. */
    BigDecimal optional(Facts facts, List<Row> rows, Basket basket) {
        if (terms.size() == 1 && terms.get(0).amount() != null && !terms.get(0).everyRow()) {
            return terms.get(0).amount().optional(facts);
        }
        if (terms.size() == 1
                && terms.get(0).everyRow()
                && !terms.get(0).blankIsZero()
                && terms.get(0).overRows(facts, rows) == null) {
            return null;
        }
        if (terms.size() == 1
                && terms.get(0).made() != null
                && terms.get(0).made().isUnknown(basket)) {
            return null;
        }
        return required(facts, rows, basket);
    }

    /** May be negative. */
    BigDecimal signed(Facts facts, List<Row> rows, Basket basket) {
        if (terms.size() == 1) {
            return rounded(terms.get(0), terms.get(0).of(facts, rows, basket));
        }
        BigDecimal sum = BigDecimal.ZERO;
        for (Term term : terms) {
            BigDecimal part = rounded(term, term.of(facts, rows, basket));
            sum = term.subtracted() ? sum.subtract(part) : sum.add(part);
        }
        return sum;
    }

    /** As {@link #signed}, but a single column with a minus is read as it is. */
    BigDecimal asWritten(Facts facts, List<Row> rows, Basket basket) {
        Term only = terms.get(0);
        boolean column = terms.size() == 1 && only.amount() != null && !only.everyRow();
        return column ? only.amount().requiredSigned(facts) : signed(facts, rows, basket);
    }

    /** What is made of lines is rounded as a till prints it; what a till wrote stays as it is. */
    private BigDecimal rounded(Term term, BigDecimal amount) {
        return term.made() == null ? amount : amount.setScale(digits, RoundingMode.HALF_UP);
    }

    /** {@code 61.00 - 2.00 = 59.00} with names. */
    String written(Facts facts, List<Row> rows, Basket basket) {
        BigDecimal whole = signed(facts, rows, basket);
        if (!isComputed()) {
            return whole.toPlainString();
        }
        StringBuilder text = new StringBuilder(whole.toPlainString()).append(" (");
        for (Term term : terms) {
            BigDecimal part = rounded(term, term.of(facts, rows, basket));
            text.append(text.charAt(text.length() - 1) == '(' ? "" : " ")
                    .append(term.name())
                    .append(' ')
                    .append(part.toPlainString());
        }
        return text.append(')').toString();
    }

    /** Adds the parts to what the file came to. */
    void tally(Facts facts, List<Row> rows, Basket basket) {
        if (isComputed()) {
            List<BigDecimal> parts = new ArrayList<>(terms.size());
            terms.forEach(term -> parts.add(rounded(term, term.of(facts, rows, basket))));
            facts.tally().add(what, terms.stream().map(Term::name).toList(), parts);
        }
    }
}
