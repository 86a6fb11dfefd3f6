package dev.posbridge.delivery;

import dev.posbridge.ConfigurationException;
import dev.posbridge.gameball.Resource;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Keeps us within our share of Gameball's limits: for each {@link Resource} no window of one second, nor of 30, holds
 * more calls than that. Thread-safe; runs on monotonic time, so that a jump of the clock changes nothing.
 */
public final class Quotas {
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Map<Resource, QuotaWindow> windows = new EnumMap<>(Resource.class);
    private final Map<Resource, Long> blockedUntil = new EnumMap<>(Resource.class);
    private final Map<Resource, ReentrantLock> turns = new EnumMap<>(Resource.class);
    private final LongSupplier ticker;
    private final long origin;

    /**
     * A call made.
     *
     * @param at by the wall clock
     */
    public record Sent(Resource resource, Instant at) {}

    /**
     * @param share of the documented limits, above 0 and at most 1: others use the same key
     * @throws ConfigurationException for any other share
     */
    public Quotas(double share) {
        this(share, System::nanoTime);
    }

    /** @param ticker monotonic nanoseconds */
    Quotas(double share, LongSupplier ticker) {
        this(ticker);
        if (!(share > 0 && share <= 1)) {
            throw new ConfigurationException("posbridge.account.quota-share: found \"" + share
                    + "\", expected more than 0 and at most 1. Set it to the part of Gameball's limits that is ours.");
        }
        for (Resource resource : Resource.values()) {
            windows.put(
                    resource,
                    new QuotaWindow(part(share, resource.perSecond()), part(share, resource.perThirtySeconds())));
        }
    }

    private Quotas(LongSupplier ticker) {
        for (Resource resource : Resource.values()) {
            turns.put(resource, new ReentrantLock(true));
        }
        this.ticker = ticker;
        this.origin = ticker.getAsLong();
    }

    /** No limits, for a sandbox that has none; {@link #block} still waits. */
    public static Quotas off() {
        return new Quotas(System::nanoTime);
    }

    /**
     * Takes the resource's next slot, first come, first served.
     *
     * @return how long to wait before the call; zero: send now. A slot that was waited for is void if the resource was
     *     {@linkplain #blocked blocked} meanwhile: reserve again.
     */
    synchronized Duration reserve(Resource resource) {
        QuotaWindow window = windows.get(resource);
        long now = now();
        long earliest = earliest(resource, now);
        return Duration.ofNanos((window == null ? earliest : window.take(earliest)) - now);
    }

    /**
     * Returns when a call may be made, first come, first served. The call counts from the moment this returns, not from
     * the one it was planned for: on a busy machine threads wake late, and what was apart would bunch.
     *
     * @param goOn asked now and then while waiting
     * @return false where {@code goOn} said no: then no call may be made
     */
    public boolean acquire(Resource resource, BooleanSupplier goOn) throws InterruptedException {
        ReentrantLock turn = turns.get(resource);
        while (!turn.tryLock(PATIENCE_NANOS, TimeUnit.NANOSECONDS)) {
            if (!goOn.getAsBoolean()) {
                return false;
            }
        }
        try {
            for (long wait = tryAcquire(resource); wait > 0; wait = tryAcquire(resource)) {
                TimeUnit.NANOSECONDS.sleep(Math.min(wait, PATIENCE_NANOS));
                if (!goOn.getAsBoolean()) {
                    return false;
                }
            }
            return true;
        } finally {
            turn.unlock();
        }
    }

    /** @return nanoseconds to wait; 0: the call counts from now */
    private synchronized long tryAcquire(Resource resource) {
        QuotaWindow window = windows.get(resource);
        long now = now();
        long earliest = earliest(resource, now);
        long slot = window == null ? earliest : window.next(earliest);
        if (slot <= now && window != null) {
            window.add(now);
        }
        return Math.max(0, slot - now);
    }

    /** Stops the whole resource, after Gameball answered 429; a shorter block never ends a longer one. */
    public synchronized void block(Resource resource, Duration pause) {
        blockedUntil.merge(resource, now() + pause.toNanos(), Math::max);
    }

    /** How long the resource stays blocked; zero where it is not. */
    synchronized Duration blocked(Resource resource) {
        long now = now();
        return Duration.ofNanos(earliest(resource, now) - now);
    }

    /** How many calls could be made from now until the horizon; a forecast, nothing is taken. */
    public synchronized int available(Resource resource, Duration horizon) {
        QuotaWindow window = windows.get(resource);
        long now = now();
        return window == null ? Integer.MAX_VALUE : window.available(earliest(resource, now), now + horizon.toNanos());
    }

    /** Calls of the last 30 seconds, those that wait for their slot included. */
    public synchronized int used(Resource resource) {
        QuotaWindow window = windows.get(resource);
        return window == null ? 0 : window.used(now());
    }

    /** The calls that still count, oldest first for each resource, to be kept with the ledger. */
    public synchronized List<Sent> log(Instant wallClockNow) {
        long now = now();
        List<Sent> log = new ArrayList<>();
        windows.forEach((resource, window) -> {
            for (int n = window.used(now); n > 0; n--) {
                log.add(new Sent(resource, wallClockNow.plusNanos(window.newest(n) - now)));
            }
        });
        return log;
    }

    /**
     * Takes up the log of an earlier process, before anything is reserved. What lies in the future counts as just now:
     * the clock went back, or the call was not yet made.
     */
    public synchronized void restore(List<Sent> log, Instant wallClockNow) {
        long now = now();
        log.stream().sorted(Comparator.comparing(Sent::at)).forEach(sent -> {
            QuotaWindow window = windows.get(sent.resource());
            long age = sent.at().isBefore(wallClockNow) ? nanosWithin(Duration.between(sent.at(), wallClockNow)) : 0;
            if (window != null && age < QuotaWindow.THIRTY_SECONDS) {
                window.add(now - age);
            }
        });
    }

    private long earliest(Resource resource, long now) {
        return Math.max(now, blockedUntil.getOrDefault(resource, now));
    }

    private long now() {
        return ticker.getAsLong() - origin;
    }

    /** Nanoseconds; whatever is longer than the longest window counts as that, centuries included. */
    private static long nanosWithin(Duration age) {
        return age.toSeconds() > TimeUnit.NANOSECONDS.toSeconds(QuotaWindow.THIRTY_SECONDS)
                ? QuotaWindow.THIRTY_SECONDS
                : age.toNanos();
    }

    private static int part(double share, int limit) {
        int part = BigDecimal.valueOf(share)
                .multiply(BigDecimal.valueOf(limit))
                .setScale(0, RoundingMode.FLOOR)
                .intValue();
        return Math.max(1, part);
    }
}
