package dev.posbridge.ledger;

import dev.posbridge.LruMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * The states of segments as they were committed last, for whoever looks for what may go: of what this process writes always
 * the newest, of what another one writes a moment old. What is over never opens again, so that whoever looks may only find
 * something open that is not any more: he waits a moment longer, or proposes what the claim refuses. Thread-safe.
 */
final class RecentRows {
    /** So many segments, of five kilobytes at most. */
    private static final int KEPT = 1_000;

    private static final long FRESH_NANOS = 5_000_000_000L;

    private final Map<Long, Kept> kept = new LruMap<>(KEPT);

    private long changes;

    private record Kept(SegmentRow row, long readAt) {}

    /** @return not to be changed; null where it is gone */
    SegmentRow of(Handle handle, long first) {
        long before;
        synchronized (kept) {
            Kept known = kept.get(first);
            if (known != null && System.nanoTime() - known.readAt() < FRESH_NANOS) {
                return known.row();
            }
            before = changes;
        }
        SegmentRow row = SegmentRow.of(handle, first);
        synchronized (kept) {
            if (row == null) {
                kept.remove(first);
            } else if (changes == before) {
                kept.put(first, new Kept(row, System.nanoTime()));
            }
        }
        return row;
    }

    /** Something was otherwise than it is said here. */
    void forget() {
        synchronized (kept) {
            changes++;
            kept.clear();
        }
    }

    /** To be told after the commit. */
    void saved(SegmentRow row) {
        synchronized (kept) {
            changes++;
            kept.put(row.first(), new Kept(row, System.nanoTime()));
        }
    }
}
