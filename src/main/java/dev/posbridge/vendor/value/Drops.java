package dev.posbridge.vendor.value;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How often a customer's attribute was left out because what stood there was none. For one thread. */
public final class Drops {
    private final Map<String, Long> counts = new TreeMap<>();
    private final Set<String> ofReceipt = new HashSet<>();

    void startReceipt() {
        ofReceipt.clear();
    }

    /** Counts once a receipt, however many of its rows say it. */
    void add(String attribute) {
        if (ofReceipt.add(attribute)) {
            counts.merge(attribute, 1L, Long::sum);
        }
    }

    /** Counts by the attributes' keys in the profile. */
    public Map<String, Long> counts() {
        return Map.copyOf(counts);
    }
}
