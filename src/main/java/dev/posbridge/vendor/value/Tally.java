package dev.posbridge.vendor.value;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the computed amounts of one file came to, part by part, for people who check a profile. For one thread. */
public final class Tally {
    private final Map<String, Map<String, BigDecimal>> sums = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();
    private long underEarning;
    private BigDecimal missing = BigDecimal.ZERO;
    private long overEarning;
    private BigDecimal surplus = BigDecimal.ZERO;

    /**
     * @param what the amount as the profile calls it
     * @param parts names with their signs ({@code - Tip}) in the profile's order
     */
    public void add(String what, List<String> parts, List<BigDecimal> amounts) {
        Map<String, BigDecimal> sum = sums.computeIfAbsent(what, any -> new LinkedHashMap<>());
        for (int index = 0; index < parts.size(); index++) {
            sum.merge(parts.get(index), amounts.get(index), BigDecimal::add);
        }
    }

    /** Notes something that could not be asked of the file. */
    public void note(String sentence) {
        notes.add(sentence);
    }

    /** Notes a sale whose lines come to that much less than was paid: Gameball's points follow the lines. */
    public void underEarning(BigDecimal less) {
        underEarning++;
        missing = missing.add(less);
    }

    /** Notes a sale whose lines come to that much more than was paid, and no discount says why. */
    public void overEarning(BigDecimal more) {
        overEarning++;
        surplus = surplus.add(more);
    }

    /** Sales whose lines come to more than was paid. */
    public long overEarningSales() {
        return overEarning;
    }

    public BigDecimal overEarningAmount() {
        return surplus;
    }

    /** Sales whose lines come to less than was paid. */
    public long underEarningSales() {
        return underEarning;
    }

    public BigDecimal underEarningAmount() {
        return missing;
    }

    /** Each computed amount in a line: {@code total-paid: + Total 61.00 - Tip 2.00 = 59.00}. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        sums.forEach((what, parts) -> {
            StringBuilder text = new StringBuilder(what).append(':');
            BigDecimal whole = BigDecimal.ZERO;
            for (Map.Entry<String, BigDecimal> part : parts.entrySet()) {
                text.append(' ')
                        .append(part.getKey())
                        .append(' ')
                        .append(part.getValue().toPlainString());
                whole = part.getKey().startsWith("-") ? whole.subtract(part.getValue()) : whole.add(part.getValue());
            }
            lines.add(text.append(" = ").append(whole.toPlainString()).toString());
        });
        lines.addAll(notes);
        return lines;
    }
}
