package dev.posbridge.vendor.rule;

import dev.posbridge.vendor.value.Amount;
import dev.posbridge.vendor.value.Facts;
import dev.posbridge.vendor.value.Moments;
import dev.posbridge.vendor.value.Source;
import dev.posbridge.vendor.value.Template;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Something that is true of a receipt as a whole: every row that states it must state the same.
 *
 * @param what as the profile calls it
 * @param columns slots of the columns in which it stands; never empty
 * @param value what a row says of it, null for nothing; values are compared with {@code equals}, amounts without regard to
 *     their digits
 * @param personal whether its text is masked in messages
 */
public record Fact(String what, int[] columns, Function<Facts, Object> value, boolean personal) {
    private static final Set<String> MAY_VARY =
            Set.of("sold-at", "at", "business-date", "merchant name", "branch name", "channel");

    /** Whether taking the first of two is no guess about who gets how much. */
    boolean mayVary() {
        return MAY_VARY.contains(what);
    }

    public boolean stands(int slot) {
        return IntStream.of(columns).anyMatch(column -> column == slot);
    }

    /** Collects a rule's facts; what stands in no column is one for the file and left out. */
    static final class Collector {
        private final List<Fact> facts = new ArrayList<>();

        Collector add(String what, Template template) {
            return template == null ? this : add(what, template::columns, template::of, false);
        }

        Collector add(String what, Source source) {
            return source == null ? this : add(what, source::columns, source::of, false);
        }

        Collector add(String what, Amount amount) {
            return amount == null ? this : add(what, amount.from()::columns, facts -> plain(amount, facts), false);
        }

        Collector add(String what, Sum sum) {
            if (sum != null) {
                sum.terms().stream()
                        .filter(term -> term.amount() != null && !term.everyRow())
                        .forEach(term -> add(what, term.amount()));
            }
            return this;
        }

        Collector add(String what, Moments moments, Function<Facts, Object> value) {
            return moments == null ? this : add(what, moments::columns, value, false);
        }

        Collector add(String what, Consumer<IntConsumer> columns, Function<Facts, Object> value, boolean personal) {
            IntStream.Builder slots = IntStream.builder();
            columns.accept(slots::add);
            int[] distinct = slots.build().distinct().toArray();
            if (distinct.length > 0) {
                facts.add(new Fact(what, distinct, value, personal));
            }
            return this;
        }

        List<Fact> list() {
            return List.copyOf(facts);
        }

        private static Object plain(Amount amount, Facts facts) {
            BigDecimal found = amount.dropsSign() ? amount.optional(facts) : amount.signed(facts);
            return found == null ? null : found.stripTrailingZeros();
        }
    }
}
