package dev.posbridge.watch;

import dev.posbridge.ledger.Backlog;
import dev.posbridge.ledger.HealthBook.Concern;
import dev.posbridge.ledger.NodeBook;
import dev.posbridge.ledger.OutcomeCounts;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * How everything is, as of one instant: what the metrics, the health file and the command tell.
 *
 * @param concerns of health, by name
 * @param backlog as of the last time that it was counted, which may have been earlier
 * @param outcomes since this process began
 * @param calls by the quota's resource
 * @param lastFiles by vendor, source and store
 * @param nodes that share the ledger; none where it is a file
 */
public record Sample(
        Instant at,
        List<Concern> concerns,
        Backlog backlog,
        Map<OutcomeCounts.Ended, Long> outcomes,
        Map<String, Calls> calls,
        Map<LastFiles.Origin, Instant> lastFiles,
        List<NodeBook.Node> nodes) {

    /**
     * Calls of the last 30 seconds.
     *
     * @param share of Gameball's limit that is ours; 0 where no limits are kept
     */
    public record Calls(int used, int share) {}

    /** Seconds since the oldest record that is still to be delivered came; 0 where there is none. */
    long oldestSeconds() {
        return backlog.oldest() == null
                ? 0
                : Math.max(0, at.getEpochSecond() - backlog.oldest().getEpochSecond());
    }
}
