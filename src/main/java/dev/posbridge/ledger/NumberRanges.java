package dev.posbridge.ledger;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Which numbers were seen at each register, as ranges: a till that skips none makes one. For one thread. */
public final class NumberRanges {
    /** Numbers so full of holes are no sequence; nobody would read the gaps. */
    private static final int MOST = 10_000;

    private final Map<String, TreeMap<Long, Long>> byRegister = new LinkedHashMap<>();
    private int count;

    /** Notes a number; the same again changes nothing. */
    public void add(String register, long number) {
        add(register, number, number);
    }

    /** Notes a range, both ends included. */
    void add(String register, long first, long last) {
        TreeMap<Long, Long> ranges = byRegister.computeIfAbsent(register, name -> new TreeMap<>());
        long from = first;
        long to = last;
        Map.Entry<Long, Long> before = ranges.floorEntry(to == Long.MAX_VALUE ? to : to + 1);
        while (before != null && before.getValue() >= from - 1) {
            from = Math.min(from, before.getKey());
            to = Math.max(to, before.getValue());
            ranges.remove(before.getKey());
            count--;
            before = ranges.floorEntry(to == Long.MAX_VALUE ? to : to + 1);
        }
        if (count < MOST) {
            ranges.put(from, to);
            count++;
        }
    }

    /** First and last number of each range, by register; none where there were too many. */
    Map<String, TreeMap<Long, Long>> ranges() {
        return count < MOST ? byRegister : Map.of();
    }
}
