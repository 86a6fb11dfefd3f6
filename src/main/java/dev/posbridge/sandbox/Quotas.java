package dev.posbridge.sandbox;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The documented quotas, in their strictest reading: no interval of a second, and none of 30 seconds, wherever it
 * begins, may hold more calls than its limit. Whoever satisfies these sliding windows satisfies fixed ones, wherever
 * they begin. Refused calls do not count.
 */
final class Quotas {
    private final LongSupplier nanos;
    private final Map<Resource, Window> windows = new EnumMap<>(Resource.class);

    Quotas(LongSupplier nanos) {
        this.nanos = nanos;
        clear();
    }

    /** Refuses (429) a call past either limit. */
    void take(Resource resource) {
        Window window;
        synchronized (this) {
            window = windows.get(resource);
        }
        window.take(nanos);
    }

    synchronized void clear() {
        for (Resource resource : Resource.values()) {
            windows.put(resource, new Window(resource));
        }
    }

    private static final class Window {
        private static final long SECOND = Duration.ofSeconds(1).toNanos();
        private static final long HALF_MINUTE = Duration.ofSeconds(30).toNanos();

        private final Resource resource;
        private final long[] taken;
        private long count;

        private Window(Resource resource) {
            this.resource = resource;
            this.taken = new long[resource.perHalfMinute];
        }

        private synchronized void take(LongSupplier nanos) {
            long now = nanos.getAsLong();
            check(now, resource.perSecond, SECOND, "per second");
            check(now, resource.perHalfMinute, HALF_MINUTE, "per 30 seconds");
            taken[(int) (count++ % taken.length)] = now;
        }

        private void check(long now, int limit, long window, String unit) {
            if (count >= limit && now - taken[(int) ((count - limit) % taken.length)] < window) {
                throw new Refusal(429, 429, "too many requests: " + resource.title + ": " + limit + " " + unit);
            }
        }
    }
}
