package dev.posbridge.delivery;

import dev.posbridge.gameball.Masking;
import dev.posbridge.ledger.HealthBook;
import dev.posbridge.ledger.HealthBook.State;
import dev.posbridge.ledger.LedgerDatabase;
import dev.posbridge.ledger.Pauses;
import java.time.Duration;
import java.util.List;

/** Tells health how delivery and the ledger are; asked every moment. Used by one thread at a time. */
public final class Pulse {
    private static final String GAMEBALL = "gameball";
    private static final String LEDGER = "ledger";
    private static final String DELIVERY = "delivery";

    /** Were nobody to ask for so long, the process would hang, or not reach its ledger. */
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(2);

    private final HealthBook health;
    private final Gate gate;
    private final Timetable timetable;
    private final LedgerDatabase database;
    private final RestoredLedger restored;

    public Pulse(HealthBook health, Gate gate, Timetable timetable, LedgerDatabase database, RestoredLedger restored) {
        this.health = health;
        this.gate = gate;
        this.timetable = timetable;
        this.database = database;
        this.restored = restored;
    }

    /** Reports. */
    public void beat() {
        gameball();
        String failure = database.failure();
        health.report(LEDGER, failure == null ? State.GREEN : State.RED, text(failure), LONGEST_SILENCE);
        delivery(new Pauses(database).all());
    }

    /** Puts what was reported, by whomever, into the ledger. */
    public void keep() {
        health.keep();
    }

    private void gameball() {
        if (gate.refusal() != null) {
            health.report(GAMEBALL, State.RED, text(gate.refusal()));
        } else if (gate.isClosed()) {
            health.report(GAMEBALL, State.RED, "Gameball does not answer; delivery waits and goes on by itself.");
        } else {
            health.report(GAMEBALL, State.GREEN, "");
        }
    }

    private void delivery(List<Pauses.Pause> pauses) {
        if (restored.why() != null) {
            health.reportCommon(DELIVERY, State.RED, text(restored.why()));
        } else if (timetable.closed() != null) {
            health.reportCommon(DELIVERY, State.YELLOW, "outside of its hours, " + timetable.closed());
        } else if (!pauses.isEmpty()) {
            health.reportCommon(
                    DELIVERY, State.YELLOW, "paused: " + text(pauses.get(0).reason()));
        } else {
            health.reportCommon(DELIVERY, State.GREEN, "");
        }
    }

    private static String text(String message) {
        return message == null ? "" : Masking.mask(message);
    }
}
