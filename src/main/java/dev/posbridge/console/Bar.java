package dev.posbridge.console;

import dev.posbridge.ledger.Outcomes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A bar of parts that add up to the whole, drawn by the page itself.
 *
 * @param whole what the parts come to, 0 where there is nothing
 */
record Bar(List<Part> parts, double whole) {
    static final int WIDTH = 1_000;

    /** One part; where it begins and how wide it is, of {@link #WIDTH}. */
    record Part(String word, String x, String width) {}

    /** @param of what a part is of an outcome's word */
    static Bar of(ToDoubleFunction<String> of) {
        double whole = Outcomes.WORDS.stream().mapToDouble(of).sum();
        List<Part> parts = new ArrayList<>();
        double at = 0;
        for (String word : Outcomes.WORDS) {
            double width = whole == 0 ? 0 : of.applyAsDouble(word) * WIDTH / whole;
            if (width > 0) {
                parts.add(new Part(word, number(at), number(width)));
            }
            at += width;
        }
        return new Bar(parts, whole);
    }

    static Bar ofRecords(Outcomes outcomes) {
        return of(word -> outcomes.of(word).records());
    }

    static Bar ofSales(Outcomes outcomes) {
        return of(word -> outcomes.of(word).sales().doubleValue());
    }

    private static String number(double value) {
        return String.format(java.util.Locale.ROOT, "%.2f", value);
    }
}
