package dev.posbridge.delivery;

import dev.posbridge.ledger.CorrectionBook;
import dev.posbridge.ledger.LedgerDatabase;
import dev.posbridge.ledger.RestoreGuard;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the gate shut while a ledger that was put back from a copy has not been compared with Gameball; asked every moment.
 * Used by one thread at a time.
 */
public final class RestoredLedger {
    private static final Logger LOG = LoggerFactory.getLogger(RestoredLedger.class);

    private final LedgerDatabase database;
    private final RestoreGuard guard;
    private final Gate gate;
    private final Instant restoredAt;
    private volatile String why;

    public RestoredLedger(LedgerDatabase database, RestoreGuard guard, Gate gate) {
        this.database = database;
        this.guard = guard;
        this.gate = gate;
        this.why = RestoreGuard.restored(database).orElse(null);
        this.restoredAt = RestoreGuard.restoredAt(database).orElse(Instant.MIN);
        gate.shut(why != null);
    }

    /** Notes how far the ledger has come, and opens the gate once the ledger was compared. */
    public void keep() {
        guard.moveOn();
        if (why != null && RestoreGuard.restored(database).isEmpty()) {
            why = null;
            gate.shut(false);
            LOG.info("The ledger was compared with Gameball: delivery goes on");
        }
    }

    /**
     * Whether it may have been sent from the ledger that was here before, without this one knowing: an id that Gameball has
     * already is then our own.
     */
    boolean mayHaveSent(Instant happened) {
        return happened.isBefore(restoredAt);
    }

    /** The same of the refund that takes back a wrong order: a correction that is given again happens now, its id says the same. */
    boolean mayHaveReversed(String refundId) {
        return !restoredAt.equals(Instant.MIN) && refundId.endsWith(CorrectionBook.REVERSED);
    }

    /** The same of an event, unless somebody has looked at it and replays it. */
    boolean eventMayHaveBeenSent(String key, Instant happened) {
        return mayHaveSent(happened) && !RestoreGuard.isReplayedEvent(database, key);
    }

    /** Why nothing is delivered, as a sentence and what to do; null where delivery goes on. */
    public String why() {
        return why == null ? null : RestoreGuard.sentence(why);
    }
}
