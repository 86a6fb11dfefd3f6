package dev.posbridge.cli;

import dev.posbridge.ledger.LedgerAccount;
import dev.posbridge.ledger.LedgerDatabase;
import dev.posbridge.settings.Settings;
import java.nio.file.Path;
import java.util.Map;

/** The ledger as reading commands open it: beside a running service, without a lock and without account settings. */
record ReadOnlyLedger(LedgerDatabase database, LedgerAccount account) implements AutoCloseable {

    /** @throws dev.posbridge.ConfigurationException where there is no ledger; none is created */
    static ReadOnlyLedger open(GlobalOptions options) {
        Path file = options.settings(Map.of()).folders().ledger();
        LedgerDatabase database = LedgerDatabase.openToRead(file);
        try {
            return new ReadOnlyLedger(database, LedgerAccount.require(database, file));
        } catch (RuntimeException problem) {
            database.close();
            throw problem;
        }
    }

    /** The ledger knows its account; settings that say another one are refused when it is opened. */
    Settings settings(GlobalOptions options) {
        return options.settings(Map.of(
                "posbridge.account.name", account.name(),
                "posbridge.account.environment", account.environment(),
                "posbridge.account.currency", account.currency()));
    }

    @Override
    public void close() {
        database.close();
    }
}
