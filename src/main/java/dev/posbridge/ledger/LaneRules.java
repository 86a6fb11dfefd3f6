package dev.posbridge.ledger;

import dev.posbridge.harness.Harness;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What claims go by.
 *
 * @param lanes of this ledger, fixed at its creation
 * @param refundsWait how long a refund is parked before it is dead
 * @param suspectsFrom before this, what was in hand at two deaths is not tried again. In {@link System#nanoTime()}.
 */
public record LaneRules(int lanes, Duration refundsWait, long suspectsFrom) {
    /**
     * For a process that starts now. Whoever ends it again and again does so early in its life, and what it has in hand
     * first would be blamed each time; so a process tries what is suspicious only when it has been at work for a while.
     */
    public static LaneRules ofNow(int lanes, Duration refundsWait) {
        return new LaneRules(
                lanes, refundsWait, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Harness.suspectsMillis()));
    }

    /** @param deaths of senders who had the record in hand */
    boolean isTooEarlyFor(int deaths) {
        return Unverified.isSuspect(deaths) && System.nanoTime() - suspectsFrom < 0;
    }
}
