package dev.posbridge.intake;

import dev.posbridge.LedgerUnavailableException;
import dev.posbridge.NoRoomException;
import dev.posbridge.ledger.HealthBook;
import dev.posbridge.ledger.HealthBook.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * Whether anything may be taken in: not while the disk is as good as full, nor for a moment after the ledger or the disk
 * took no more. What cannot be stored is not acknowledged, so it waits where it lies. Tells health. Thread-safe.
 */
public final class IntakeGuard {
    private static final String DISK = "disk";
    private static final long FIRST_PAUSE = Duration.ofSeconds(1).toNanos();
    private static final int MOST_DOUBLINGS = 5;
    private static final long REMEMBERED = Duration.ofMinutes(1).toNanos();
    private static final Pattern OUT_OF_ROOM =
            Pattern.compile("No space left|not enough space|[Qq]uota exceeded|Too many open files|disk is full");

    private final Path data;
    private final LongSupplier free;
    private final long leastFree;
    private final HealthBook health;
    private final LongSupplier ticker;
    private final Map<String, Long> failing = new ConcurrentHashMap<>();
    private int refusals;
    private long closedUntil = Long.MIN_VALUE;
    private String full;

    /** @param leastFree bytes that must be free on the disk of the data folder */
    public IntakeGuard(Path data, long leastFree, HealthBook health) {
        this(data, () -> usable(data), leastFree, health, System::nanoTime);
    }

    /** @param ticker monotonic nanoseconds */
    IntakeGuard(Path data, LongSupplier free, long leastFree, HealthBook health, LongSupplier ticker) {
        this.data = data;
        this.free = free;
        this.leastFree = leastFree;
        this.health = health;
        this.ticker = ticker;
    }

    /** @throws NoRoomException where nothing may be taken in now */
    public void require() {
        String problem = problem();
        if (problem != null) {
            throw new NoRoomException(problem);
        }
    }

    public boolean isOpen() {
        return problem() == null;
    }

    /** Looks anew and tells health; asked every moment. */
    public void look() {
        String problem = problem();
        String worry = problem == null ? unproven() : problem;
        health.report(DISK, worry == null ? State.GREEN : State.RED, worry == null ? "" : worry);
        long now = ticker.getAsLong();
        failing.forEach((vendor, since) -> {
            if (now - since > REMEMBERED && failing.remove(vendor, since)) {
                // The file is gone, or somebody else took it in: nobody will say that it went well.
                health.forget(concern(vendor));
            }
        });
    }

    /** A file could not be taken in through no fault of its own. */
    public void failed(String vendor, Exception failure) {
        failing.put(vendor, ticker.getAsLong());
        health.report(concern(vendor), State.RED, "A file could not be taken in, and stays: " + failure.getMessage());
        if (failure instanceof LedgerUnavailableException
                || failure instanceof IOException
                        && OUT_OF_ROOM.matcher(textOf(failure)).find()) {
            pause(failure.getMessage());
        }
    }

    /** A file was taken in, or rejected for its own fault. */
    public void succeeded(String vendor) {
        failing.remove(vendor);
        health.report(concern(vendor), State.GREEN, "");
        synchronized (this) {
            refusals = 0;
            full = null;
        }
    }

    /**
     * What was full when it was tried last, until something was taken in: between two tries nobody gives the all-clear. Null where
     * nothing was, or nothing has been tried any more since.
     */
    private synchronized String unproven() {
        if (full != null && ticker.getAsLong() - closedUntil > REMEMBERED) {
            full = null;
            refusals = 0;
        }
        return full == null ? null : "Nothing is taken in until it goes well again; it is tried now: " + full;
    }

    private synchronized void pause(String why) {
        full = why;
        closedUntil = ticker.getAsLong() + (FIRST_PAUSE << Math.min(MOST_DOUBLINGS, refusals));
        refusals++;
    }

    /** Why nothing may be taken in, and what to do; null where it may. */
    private synchronized String problem() {
        long now = free.getAsLong();
        if (now < leastFree) {
            return data + ": " + (now >> 20) + " MiB are free on the disk, expected " + (leastFree >> 20)
                    + " MiB at least (posbridge.data-dir.least-free). Make room: intake waits and goes on by itself.";
        }
        return full != null && ticker.getAsLong() < closedUntil
                ? "Nothing is taken in for a moment, then it is tried again: " + full
                : null;
    }

    /** Whether it was for want of ledger or disk that a file was not taken in, not for what the file is. */
    public static boolean isMomentary(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof LedgerUnavailableException || cause instanceof NoRoomException) {
                return true;
            }
        }
        return false;
    }

    private static String concern(String vendor) {
        return "intake " + vendor;
    }

    private static String textOf(Throwable failure) {
        return String.valueOf(failure.getMessage());
    }

    private static long usable(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException unknown) {
            // A disk that does not say how full it is must not stop the shop.
            return Long.MAX_VALUE;
        }
    }
}
