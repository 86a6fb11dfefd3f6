package dev.posbridge.ledger.store;

import java.nio.file.Path;

/**
 * Where the ledger is to be found.
 *
 * @param file of SQLite, which lies in the data folder; where a server has the ledger there is none, or one that was moved
 * @param url of PostgreSQL as its JDBC driver takes it, without user and password; null for a file
 * @param user null to leave it to the url
 * @param password null for none; in no text of ours
 */
public record LedgerAddress(Path file, String url, String user, String password) {
    public static LedgerAddress ofFile(Path file) {
        return new LedgerAddress(file, null, null, null);
    }

    public boolean isServer() {
        return url != null;
    }

    /** As people are told. */
    @Override
    public String toString() {
        return isServer() ? url.replaceAll("[?].*", "") : file.toString();
    }
}
