package dev.posbridge.ledger;

import java.time.LocalDate;

/**
 * From where a till's sale or refund comes.
 *
 * @param day all of a day stand in the ledger under one file of that name
 * @param matchesByProduct whether the vendor's refunds find their sale by product
 */
public record DeskOffer(
        String vendor,
        String identity,
        String profileHash,
        LocalDate day,
        boolean matchesByProduct,
        boolean parksUnmatched) {
    String fileName() {
        return "checkout-" + day;
    }

    /** No file's content has such a hash. */
    String contentHash() {
        return DeskBook.CONTENT + vendor + ':' + day;
    }
}
