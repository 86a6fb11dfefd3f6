package dev.posbridge.ledger;

import dev.posbridge.pos.AgainPolicy;
import java.time.Duration;

/**
 * A file as the ledger knows it.
 *
 * @param receiptsStored receipts of it that are committed; after a crash they are passed over
 * @param matchesByProduct whether its refunds find their sale by product
 * @param parksUnmatched whether a refund that finds none waits for it instead of dying at once
 * @param timeTolerance by how much the time of a receipt may differ that comes again and is the same
 */
public record LedgerFile(
        long id,
        long identityId,
        String vendor,
        String name,
        long receiptsStored,
        boolean matchesByProduct,
        boolean parksUnmatched,
        Duration timeTolerance) {

    /** One whose profile says nothing of times. */
    public LedgerFile(
            long id,
            long identityId,
            String vendor,
            String name,
            long receiptsStored,
            boolean matchesByProduct,
            boolean parksUnmatched) {
        this(
                id,
                identityId,
                vendor,
                name,
                receiptsStored,
                matchesByProduct,
                parksUnmatched,
                AgainPolicy.DEFAULT.timeTolerance());
    }
}
