package dev.posbridge.delivery;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** In which lanes somebody is at work, one at a time in each, and who is wanted there meanwhile. Thread-safe. */
final class LanesAtWork {
    private final Set<Integer> atWork = new HashSet<>();
    private final Set<Integer> calledMeanwhile = new HashSet<>();
    private final Set<Integer> hurried = ConcurrentHashMap.newKeySet();

    /** @return false where somebody else is at work there; he is told of it when he leaves */
    synchronized boolean enter(int lane) {
        boolean free = atWork.add(lane);
        if (!free) {
            calledMeanwhile.add(lane);
        }
        return free;
    }

    /** @return whether somebody else was called there meanwhile */
    synchronized boolean leave(int lane) {
        atWork.remove(lane);
        return calledMeanwhile.remove(lane);
    }

    /** A live message waits in the lane: who is at work there with a file's records lets it go first. */
    void hurry(int lane) {
        hurried.add(lane);
    }

    boolean isHurried(int lane) {
        return hurried.contains(lane);
    }

    /** Somebody looks now at what waits there; to be called before the look. */
    void looking(int lane) {
        hurried.remove(lane);
    }
}
