package dev.posbridge;

import java.util.LinkedHashMap;
import java.util.Map;

/** Keeps what was used last, and lets go of what was not used for the longest time. For one thread at a time. */
public final class LruMap<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;

    private final int most;

    /** @param most entries that are kept */
    public LruMap(int most) {
        super(16, 0.75f, true);
        this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
    }
}
