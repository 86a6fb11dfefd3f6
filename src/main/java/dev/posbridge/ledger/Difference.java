package dev.posbridge.ledger;

/** In what the ledger and Gameball may differ about a sale or a refund. The words are stored and printed. */
public enum Difference {
    /** Delivered, says the ledger; Gameball does not have it. */
    MISSING,
    /** Gameball has it; the ledger does not say that it was delivered. */
    NOT_NOTED,
    OTHER_AMOUNT,
    OTHER_POINTS,
    /** Gameball has a refund of one of our orders that the ledger knows nothing of. */
    NOT_OURS,
    /** Gameball did not say. */
    UNANSWERED;

    /** {@code not-noted}. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
