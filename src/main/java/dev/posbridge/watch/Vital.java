package dev.posbridge.watch;

import dev.posbridge.ledger.HealthBook.Concern;
import dev.posbridge.ledger.HealthBook.State;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Whether the process itself is well. It is stuck only where its own work stands still: what is wrong outside, a refused
 * key as well as a full disk, is not mended by another process in its place. Thread-safe.
 */
public final class Vital {
    /** Whoever does the housekeeping may wait for a locked ledger, several times in a row. */
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(5);

    /** While these are red nothing can be taken in. */
    private static final Set<String> NEEDED = Set.of("disk", "ledger");

    private final LongSupplier ticker;
    private volatile long beaten;
    private volatile boolean started;

    public Vital() {
        this(System::nanoTime);
    }

    /** @param ticker monotonic nanoseconds */
    Vital(LongSupplier ticker) {
        this.ticker = ticker;
        this.beaten = ticker.getAsLong();
    }

    /** The housekeeping goes round; to be called every moment. */
    public void beat() {
        beaten = ticker.getAsLong();
    }

    /** Everything runs. */
    public void started() {
        started = true;
    }

    /** It is being stopped. */
    public void stopping() {
        started = false;
    }

    /** What stands still; null where nothing does. */
    String stuck() {
        Duration silence = Duration.ofNanos(ticker.getAsLong() - beaten);
        return silence.compareTo(LONGEST_SILENCE) > 0
                ? "the housekeeping has stood still for " + silence.toSeconds() + " s"
                : null;
    }

    /** Why nothing is taken in now; null where it is. */
    String notReady(List<Concern> concerns) {
        if (!started) {
            return "it starts or stops";
        }
        return concerns.stream()
                .filter(concern -> concern.state() == State.RED && NEEDED.contains(concern.name()))
                .map(concern -> concern.name() + " is red")
                .findFirst()
                .orElse(null);
    }
}
