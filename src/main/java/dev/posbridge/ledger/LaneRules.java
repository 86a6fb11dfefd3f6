package dev.posbridge.ledger;

import dev.posbridge.harness.Harness;
import dev.posbridge.pos.AgainPolicy;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * What claims go by.
 *
 * @param lanes of this ledger, fixed at its creation
 * @param refundsWait how long a refund is parked before it is dead
 * @param suspectsFrom before this, what was in hand at two deaths is not tried again. In {@link System#nanoTime()}.
 * @param policies what a vendor's profile says of refunds, today
 */
public record LaneRules(int lanes, Duration refundsWait, long suspectsFrom, Function<String, AgainPolicy> policies) {
    /** Where no profile says anything of refunds. */
    public LaneRules(int lanes, Duration refundsWait, long suspectsFrom) {
        this(lanes, refundsWait, suspectsFrom, vendor -> AgainPolicy.DEFAULT);
    }

    /**
     * For a process that starts now. Whoever ends it again and again does so early in its life, and what it has in hand
     * first would be blamed each time; so a process tries what is suspicious only when it has been at work for a while.
     */
    public static LaneRules ofNow(int lanes, Duration refundsWait, Function<String, AgainPolicy> policies) {
        return new LaneRules(
                lanes,
                refundsWait,
                System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Harness.suspectsMillis()),
                policies);
    }

    /** @param deaths of senders who had the record in hand */
    boolean isTooEarlyFor(int deaths) {
        return Unverified.isSuspect(deaths) && System.nanoTime() - suspectsFrom < 0;
    }
}
