package dev.posbridge.cli;

import dev.posbridge.ledger.Pauses;
import java.time.Duration;
import java.util.List;

/** Notices that nothing will be delivered for now because a person paused it. Used by one thread. */
final class Standstill {
    /** Within it everything that no pause concerns would have moved. */
    private static final long PATIENCE_NANOS = Duration.ofSeconds(2).toNanos();

    private final Pauses pauses;
    private long lastOpen = -1;
    private long lastMove = System.nanoTime();

    Standstill(Pauses pauses) {
        this.pauses = pauses;
    }

    /**
     * @param open records that still have to be delivered
     * @return why nothing moves, or null
     */
    String reason(long open) {
        if (open != lastOpen) {
            lastOpen = open;
            lastMove = System.nanoTime();
        }
        if (System.nanoTime() - lastMove < PATIENCE_NANOS) {
            return null;
        }
        lastMove = System.nanoTime();
        List<Pauses.Pause> all = pauses.all();
        return all.isEmpty() ? null : "Delivery is paused: " + all.get(0).reason() + ".";
    }
}
