package dev.posbridge.ledger;

import dev.posbridge.ledger.store.ServerFacts;
import java.time.Duration;

/**
 * The clock by which records are due and jobs are over: this machine's, or, where nodes share a ledger, the database's, so that
 * a machine whose own is minutes off keeps nothing back and gives nothing up too early. One for the process, which works on one
 * ledger. Thread-safe.
 */
public final class LedgerClock {
    private static volatile long ahead;

    private LedgerClock() {}

    /** Milliseconds since 1970. */
    public static long millis() {
        return System.currentTimeMillis() - ahead;
    }

    /** @return by how much this machine's clock is before the ledger's, which is allowed for from now on */
    static Duration follow(LedgerDatabase database) {
        Duration now = database.isShared() ? database.aside(ServerFacts::ahead) : Duration.ZERO;
        ahead = now.toMillis();
        return now;
    }
}
