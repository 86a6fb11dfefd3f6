package dev.posbridge.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** The last 1,000 calls, and how many there were of each kind. Bodies are not kept. */
final class CallLog {
    private static final int KEPT = 1_000;

    private record Seen(long at, String method, String path, String status) {}

    private final Seen[] last = new Seen[KEPT];
    private long count;
    private final Map<String, LongAdder> byEndpoint = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> byStatus = new ConcurrentHashMap<>();

    /**
     * @param endpoint method and template
     * @param status the answer's, or {@code none} where none was sent
     */
    void note(long at, String method, String path, String endpoint, String status) {
        byEndpoint.computeIfAbsent(endpoint, key -> new LongAdder()).increment();
        byStatus.computeIfAbsent(status, key -> new LongAdder()).increment();
        Seen seen = new Seen(at, method, path, status);
        synchronized (this) {
            last[(int) (count++ % KEPT)] = seen;
        }
    }

    void totals(ObjectNode state) {
        counts(state.putObject("calls"), byEndpoint);
        counts(state.putObject("answers"), byStatus);
    }

    synchronized ArrayNode toJson() {
        ArrayNode list = Json.array();
        for (long i = Math.max(0, count - KEPT); i < count; i++) {
            Seen seen = last[(int) (i % KEPT)];
            list.addObject()
                    .put("at", Instant.ofEpochMilli(seen.at).toString())
                    .put("method", seen.method)
                    .put("path", seen.path)
                    .put("status", seen.status);
        }
        return list;
    }

    synchronized void clear() {
        count = 0;
        byEndpoint.clear();
        byStatus.clear();
    }

    private static void counts(ObjectNode node, Map<String, LongAdder> counters) {
        new TreeMap<>(counters).forEach((key, counter) -> node.put(key, counter.sum()));
    }
}
