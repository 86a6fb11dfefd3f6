package dev.posbridge.settings;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/**
 * What has to come for a business day, by whatever door.
 *
 * @param file name as it is called here, of {@code {store}} and {@code {date:yyyyMMdd}}; may have {@code *} and {@code ?}
 * @param stores each of which sends one; empty where there is one file for all, or where the profile's look-up file lists
 *     the stores
 * @param by local time; before noon it is on the day after the business day
 * @param days business days on which something is expected
 * @param zone in which days begin and {@code by} is meant
 */
public record Expects(String file, List<String> stores, LocalTime by, Set<DayOfWeek> days, ZoneId zone) {
    public static final String STORE = "{store}";

    /** Whether the stores are those that a look-up file of the vendor's profile lists. */
    public boolean storesOfProfile() {
        return stores.isEmpty() && file.contains(STORE);
    }
}
