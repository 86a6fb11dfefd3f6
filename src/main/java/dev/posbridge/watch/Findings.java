package dev.posbridge.watch;

import dev.posbridge.ledger.Backlog;
import dev.posbridge.ledger.HealthBook.Concern;
import dev.posbridge.ledger.HealthBook.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What the numbers of what waits say about health: dead letters, rejected and held files, a backlog. */
public final class Findings {
    /** Such as sometimes waits for a window that has only just opened. */
    private static final Duration CATCHING_UP = Duration.ofHours(1);

    private Findings() {}

    /**
     * A concern that is not green.
     *
     * @param message what was found and what to do
     */
    public record Finding(String concern, State state, String message) {}

    /** Those of what needs a person, whether anything runs or not. */
    public static List<Finding> of(Backlog backlog) {
        List<Finding> findings = new ArrayList<>();
        long dead = backlog.dead(false);
        if (dead > 0) {
            findings.add(new Finding(
                    "dead letters",
                    State.YELLOW,
                    dead + (dead == 1 ? " dead letter waits" : " dead letters wait")
                            + " for a person. Look with posbridge dead-letters summary, then correct and replay, or"
                            + " discard."));
        }
        long rejected = backlog.dead(true);
        if (rejected > 0) {
            findings.add(new Finding(
                    "rejected files",
                    State.YELLOW,
                    rejected + (rejected == 1 ? " file was" : " files were")
                            + " rejected, nothing of it was sent. Look with posbridge dead-letters list; have the file"
                            + " sent again, or discard."));
        }
        long held = backlog.heldFiles();
        if (held > 0) {
            findings.add(new Finding(
                    "held files",
                    State.YELLOW,
                    held + (held == 1 ? " file is" : " files are")
                            + " held, nothing of it is sent. Look with posbridge held list, then release or reject."));
        }
        return findings;
    }

    /**
     * Whether what waits has waited too long.
     *
     * @param delivery how delivery is, null where nobody has said
     * @param hasHours whether delivery has hours
     * @return null where it has not
     */
    static Finding backlog(Backlog backlog, Duration longest, Concern delivery, boolean hasHours, Instant now) {
        if (backlog.oldest() == null || backlog.oldest().plus(longest).isAfter(now)) {
            return null;
        }
        boolean paused = delivery != null && delivery.state() == State.YELLOW;
        boolean closed = paused && delivery.message().startsWith("outside of its hours");
        boolean justOpened = hasHours
                && delivery != null
                && delivery.state() == State.GREEN
                && delivery.since().plus(CATCHING_UP).isAfter(now);
        if (closed || justOpened) {
            return null;
        }
        String waits = backlog.openRecords() + (backlog.openRecords() == 1 ? " record waits" : " records wait")
                + " for delivery, the oldest since " + backlog.oldest() + ", longer than "
                + words(longest) + " (posbridge.alarms.backlog). ";
        return paused
                ? new Finding("backlog", State.YELLOW, waits + "Delivery is paused. To end that: posbridge resume")
                : new Finding("backlog", State.RED, waits + "What holds it up says: posbridge status");
    }

    private static String words(Duration duration) {
        return duration.toHours() > 0 && duration.toMinutesPart() == 0
                ? duration.toHours() + " h"
                : duration.toSeconds() + " s";
    }
}
