package dev.posbridge.vendor;

import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Stores that a look-up file names, each with the time by which its file of a business day has to be there.
 *
 * @param byStore sorted; without those that send none
 */
public record ExpectedStores(Map<String, Deadline> byStore) {
    /** The word for a store that sends nothing (yet, or any more). */
    static final String NEVER = "never";

    /**
     * By when.
     *
     * @param by null where the file leaves it to the source
     * @param zone null where it leaves it to the source
     */
    public record Deadline(LocalTime by, ZoneId zone) {
        /** @throws java.time.DateTimeException where one of them is neither blank nor what it should be */
        static Deadline of(String by, String zone) {
            return new Deadline(by.isEmpty() ? null : LocalTime.parse(by), zone.isEmpty() ? null : ZoneId.of(zone));
        }
    }

    public ExpectedStores {
        byStore = Collections.unmodifiableSortedMap(new TreeMap<>(byStore));
    }
}
