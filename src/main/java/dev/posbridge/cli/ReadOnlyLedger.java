package dev.posbridge.cli;

import dev.posbridge.ledger.LedgerAccount;
import dev.posbridge.ledger.LedgerDatabase;
import java.nio.file.Path;

/** The ledger as reading commands open it: beside a running service, without a lock and without account settings. */
record ReadOnlyLedger(LedgerDatabase database, LedgerAccount account) implements AutoCloseable {

    /** @throws dev.posbridge.ConfigurationException where there is no ledger; none is created */
    static ReadOnlyLedger open(GlobalOptions options) {
        Path file = options.settings(java.util.Map.of()).folders().ledger();
        LedgerDatabase database = LedgerDatabase.openToRead(file);
        try {
            return new ReadOnlyLedger(database, LedgerAccount.require(database, file));
        } catch (RuntimeException problem) {
            database.close();
            throw problem;
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
