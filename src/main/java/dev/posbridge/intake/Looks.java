package dev.posbridge.intake;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers how files looked, to tell which have stood still: a half-written file looks like a short day. Thread-safe. */
public final class Looks {
    private static final int MOST_REMEMBERED = 10_000;

    private final Duration settle;
    private final Map<String, Look> looks = new ConcurrentHashMap<>();

    private record Look(long size, long modified, long since) {}

    /** @param settle how long a file must not have changed */
    public Looks(Duration settle) {
        this.settle = settle;
    }

    /**
     * Whether the file has not changed for the time, which takes two looks at least. Once it has, it is forgotten.
     *
     * @param now {@link System#nanoTime()}
     */
    public boolean stoodStill(String path, long size, long modified, long now) {
        boolean settled = standsStill(path, size, modified, now);
        if (settled) {
            forget(path);
        }
        return settled;
    }

    /** As {@link #stoodStill}, but it is not forgotten. */
    boolean standsStill(String path, long size, long modified, long now) {
        if (looks.size() > MOST_REMEMBERED) {
            looks.clear();
        }
        Look look = looks.merge(
                path,
                new Look(size, modified, now),
                (before, current) ->
                        before.size() == current.size() && before.modified() == current.modified() ? before : current);
        return look.since() != now && now - look.since() >= settle.toNanos();
    }

    /** Whether this is the first time that it is asked of the file, which is then remembered. */
    public boolean isNew(String path) {
        return looks.putIfAbsent(path, new Look(-1, -1, 0)) == null;
    }

    public void forget(String path) {
        looks.remove(path);
    }
}
