package dev.posbridge.cli;

import dev.posbridge.ledger.LedgerDatabase;
import dev.posbridge.ledger.Pauses;
import dev.posbridge.ledger.RestoreGuard;
import dev.posbridge.operations.StatusNow;
import dev.posbridge.settings.OpeningHours;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Notices that nothing will be delivered for now: a person paused it, or it has hours. Used by one thread. */
final class Standstill {
    /** Within it everything that no pause concerns would have moved. */
    private static final long PATIENCE_NANOS = Duration.ofSeconds(2).toNanos();

    private final LedgerDatabase database;
    private final Pauses pauses;
    private final OpeningHours hours;
    private long lastOpen = -1;
    private long lastMove = System.nanoTime();

    Standstill(LedgerDatabase database, OpeningHours hours) {
        this.database = database;
        this.pauses = new Pauses(database);
        this.hours = hours;
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
        Optional<String> restored = RestoreGuard.restored(database);
        if (restored.isPresent()) {
            return RestoreGuard.sentence(restored.get()) + ".";
        }
        List<Pauses.Pause> all = pauses.all();
        return all.isEmpty()
                ? StatusNow.outOfHours(hours)
                : "Delivery is paused: " + all.get(0).reason() + ".";
    }
}
