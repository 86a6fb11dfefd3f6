package dev.posbridge.ledger;

/**
 * A file as the ledger knows it.
 *
 * @param receiptsStored receipts of it that are committed; after a crash they are passed over
 * @param matchesByProduct whether its refunds find their sale by product
 * @param parksUnmatched whether a refund that finds none waits for it instead of dying at once
 */
public record LedgerFile(
        long id,
        long identityId,
        String vendor,
        String name,
        long receiptsStored,
        boolean matchesByProduct,
        boolean parksUnmatched) {}
