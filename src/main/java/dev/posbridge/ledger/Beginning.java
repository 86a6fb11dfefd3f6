package dev.posbridge.ledger;

/**
 * How the taking in of a file begins.
 *
 * @param file its row in the ledger
 * @param readable false where its content was taken in before: then there is nothing to read
 */
public record Beginning(LedgerFile file, boolean readable) {}
