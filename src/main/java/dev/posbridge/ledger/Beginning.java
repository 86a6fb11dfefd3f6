package dev.posbridge.ledger;

/**
 * How the taking in of a file begins.
 *
 * @param file its row in the ledger
 * @param held whether it is held, and nobody has said anything to it yet
 * @param readable false where its content was taken in before: then there is nothing to read
 * @param approved what a person said to it since it was held or rejected; null for nothing
 * @param deaths how many processes died reading it, one after the other, without coming any further
 */
public record Beginning(LedgerFile file, boolean readable, int deaths, HoldBook.Approval approved, boolean held) {
    /** After so many deaths it is not read again: one, two more in its recovery, and another two by bad luck, are no proof. */
    public static final int MOST_DEATHS = 5;

    public boolean isPoisonous() {
        return deaths >= MOST_DEATHS;
    }
}
