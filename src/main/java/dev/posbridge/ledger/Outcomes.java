package dev.posbridge.ledger;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of the records of a file, a day, a store: every record that came in stands in exactly one tally.
 *
 * @param tallies by outcome, in the order of {@link #WORDS}
 * @param reasons of the dead, skipped and parked ones: how many for each reason code
 * @param points of the delivered ones
 * @param matched delivered refunds whose sale was guessed by product
 * @param differing duplicates that differ in what an export may write otherwise
 * @param withoutTotal of the dead, those that count no money: they have no total, or none that can be read
 */
public record Outcomes(
        Map<String, Tally> tallies,
        Map<String, Long> reasons,
        Points points,
        long matched,
        long differing,
        long withoutTotal) {

    /** The ways in which a record ends or waits; together they are all that came in. */
    public static final List<String> WORDS =
            List.of("delivered", "duplicate", "skipped", "superseded", "dead", "parked", "held", "pending");

    public static final Outcomes NONE = new Outcomes(Map.of(), Map.of(), Points.NONE, 0, 0, 0);

    public Outcomes {
        Map<String, Tally> complete = new LinkedHashMap<>();
        for (String word : WORDS) {
            complete.put(word, tallies.getOrDefault(word, Tally.NONE));
        }
        tallies = complete;
        reasons = new TreeMap<>(reasons);
    }

    static Outcomes of(String word, Tally tally) {
        return of(word, tally, Points.NONE);
    }

    static Outcomes of(String word, Tally tally, Points points) {
        return new Outcomes(Map.of(word, tally), Map.of(), points, 0, 0, 0);
    }

    /** @param differing how many of them differ in what an export may write otherwise */
    static Outcomes ofDuplicates(Tally duplicates, long differing) {
        return new Outcomes(Map.of("duplicate", duplicates), Map.of(), Points.NONE, 0, differing, 0);
    }

    public Tally of(String word) {
        return tallies.get(word);
    }

    /** Whether both say the same of a ledger, which one of them may have from another database. */
    boolean agree(Outcomes other) {
        return tallies.equals(other.tallies)
                && reasons.equals(other.reasons)
                && points.agree(other.points)
                && matched == other.matched
                && differing == other.differing
                && withoutTotal == other.withoutTotal;
    }

    /** All that came in. */
    public Tally in() {
        return tallies.values().stream().reduce(Tally.NONE, Tally::plus);
    }

    public Outcomes plus(Outcomes other) {
        Map<String, Tally> sum = new LinkedHashMap<>();
        WORDS.forEach(word -> sum.put(word, of(word).plus(other.of(word))));
        Map<String, Long> allReasons = new TreeMap<>(reasons);
        other.reasons.forEach((reason, count) -> allReasons.merge(reason, count, Long::sum));
        return new Outcomes(
                sum,
                allReasons,
                points.plus(other.points),
                matched + other.matched,
                differing + other.differing,
                withoutTotal + other.withoutTotal);
    }
}
