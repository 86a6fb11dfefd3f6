package dev.posbridge.delivery;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Lanes in which a live message waits: whoever is at work there with a file's records lets it go first. Thread-safe. */
final class HurriedLanes {
    private final Set<Integer> lanes = ConcurrentHashMap.newKeySet();

    void hurry(int lane) {
        lanes.add(lane);
    }

    boolean isHurried(int lane) {
        return lanes.contains(lane);
    }

    /** Somebody looks now at what waits there; to be called before the look. */
    void looking(int lane) {
        lanes.remove(lane);
    }
}
