package dev.posbridge.ledger;

import java.time.Duration;

/**
 * What claims go by.
 *
 * @param lanes of this ledger, fixed at its creation
 * @param refundsWait how long a refund is parked before it is dead
 */
public record LaneRules(int lanes, Duration refundsWait) {}
