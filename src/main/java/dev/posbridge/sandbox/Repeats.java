package dev.posbridge.sandbox;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Ids that came again: how often in all, and the first hundred of them. Guarded by the book's lock. */
final class Repeats {
    private static final int KEPT = 100;

    private final Set<String> ids = new LinkedHashSet<>();
    private long count;

    void add(String id) {
        count++;
        if (ids.size() < KEPT) {
            ids.add(id);
        }
    }

    long count() {
        return count;
    }

    List<String> ids() {
        return List.copyOf(ids);
    }

    void clear() {
        ids.clear();
        count = 0;
    }
}
