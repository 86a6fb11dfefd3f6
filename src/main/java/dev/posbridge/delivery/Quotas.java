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
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Keeps us within our share of Gameball's limits: for each {@link Resource} no window of one second, nor of 30, holds
 * more calls than that. Thread-safe; runs on monotonic time, so that a jump of the clock changes nothing.
 */
public final class Quotas {
    private final Map<Resource, QuotaWindow> windows = new EnumMap<>(Resource.class);
    private final Map<Resource, Long> blockedUntil = new EnumMap<>(Resource.class);
    private final Map<Resource, Pace> paces = new EnumMap<>(Resource.class);
    private final Map<Resource, QuotaLine> lines = new EnumMap<>(Resource.class);
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
            lines.put(resource, new QuotaLine());
        }
        this.ticker = ticker;
        this.origin = ticker.getAsLong();
    }

    /** As with {@link #Quotas(double)}, but files and messages are spread evenly: tills share the quota with them. */
    public static Quotas evenly(double share) {
        return evenly(share, System::nanoTime);
    }

    static Quotas evenly(double share, LongSupplier ticker) {
        Quotas quotas = new Quotas(share, ticker);
        for (Resource resource : Resource.values()) {
            quotas.paces.put(resource, new Pace(part(share, resource.perThirtySeconds())));
        }
        return quotas;
    }

    /** Another share from now on; what was sent before still counts. */
    public synchronized void share(double share) {
        for (Resource resource : windows.keySet()) {
            int perThirtySeconds = part(share, resource.perThirtySeconds());
            windows.computeIfPresent(
                    resource, (key, window) -> window.resized(part(share, resource.perSecond()), perThirtySeconds));
            paces.computeIfPresent(resource, (key, pace) -> new Pace(perThirtySeconds));
        }
    }

    /** No limits, for a sandbox that has none; {@link #block} still waits. */
    public static Quotas off() {
        return new Quotas(System::nanoTime);
    }

    /**
     * Takes the resource's next slot, as a file would.
     *
     * @return how long to wait before the call; zero: send now. A slot that was waited for is void if the resource was
     *     {@linkplain #blocked blocked} meanwhile: reserve again.
     */
    synchronized Duration reserve(Resource resource) {
        long now = now();
        long slot = next(resource, Urgency.FILE, now);
        add(resource, slot);
        return Duration.ofNanos(slot - now);
    }

    /**
     * Returns when a call may be made: the more urgent first, of equals first come, first served. The call is under way
     * until {@link #ended} is told.
     *
     * @param goOn asked now and then while waiting
     * @return false where {@code goOn} said no: then no call may be made
     */
    public boolean acquire(Resource resource, Urgency urgency, BooleanSupplier goOn) throws InterruptedException {
        return lines.get(resource).await(urgency, () -> tryAcquire(resource, urgency), goOn);
    }

    /** @return nanoseconds to wait; 0: the call counts from now */
    private synchronized long tryAcquire(Resource resource, Urgency urgency) {
        long now = now();
        long slot = next(resource, urgency, now);
        if (slot <= now) {
            begin(resource, now);
        }
        return Math.max(0, slot - now);
    }

    /** How long such a call would have to wait now; nothing is taken. */
    synchronized Duration delay(Resource resource, Urgency urgency) {
        long now = now();
        return Duration.ofNanos(next(resource, urgency, now) - now);
    }

    private long next(Resource resource, Urgency urgency, long now) {
        QuotaWindow window = windows.get(resource);
        Pace pace = paces.get(resource);
        long earliest = earliest(resource, now);
        long paced = pace == null ? earliest : pace.next(urgency, earliest);
        return window == null ? paced : window.next(paced);
    }

    private void begin(Resource resource, long now) {
        QuotaWindow window = windows.get(resource);
        Pace pace = paces.get(resource);
        if (window != null) {
            window.begin();
        }
        if (pace != null) {
            pace.add(now);
        }
    }

    /** A call that was {@linkplain #acquire acquired} has its answer, or none is waited for any more. */
    public synchronized void ended(Resource resource) {
        QuotaWindow window = windows.get(resource);
        if (window != null) {
            window.end(now());
        }
    }

    private void add(Resource resource, long slot) {
        QuotaWindow window = windows.get(resource);
        Pace pace = paces.get(resource);
        if (window != null) {
            window.add(slot);
        }
        if (pace != null) {
            pace.add(slot);
        }
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

    /** Calls that are our share of 30 seconds; 0 where no limits are kept. */
    public synchronized int allowed(Resource resource) {
        QuotaWindow window = windows.get(resource);
        return window == null ? 0 : window.most();
    }

    /** The calls that still count, oldest first for each resource, to be kept with the ledger; those under way as of now. */
    public synchronized List<Sent> log(Instant wallClockNow) {
        long now = now();
        List<Sent> log = new ArrayList<>();
        windows.forEach((resource, window) -> {
            for (int n = window.ended(now); n > 0; n--) {
                log.add(new Sent(resource, wallClockNow.plusNanos(window.newest(n) - now)));
            }
            for (int n = window.underWay(); n > 0; n--) {
                log.add(new Sent(resource, wallClockNow));
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
            long age = sent.at().isBefore(wallClockNow) ? nanosWithin(Duration.between(sent.at(), wallClockNow)) : 0;
            if (age < QuotaWindow.THIRTY_SECONDS) {
                add(sent.resource(), now - age);
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
