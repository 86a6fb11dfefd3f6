package dev.posbridge.cli;

import dev.posbridge.engine.Ledger;
import dev.posbridge.ledger.LedgerAccount;
import dev.posbridge.ledger.LedgerDatabase;
import dev.posbridge.ledger.store.LedgerAddress;
import dev.posbridge.settings.Settings;
import java.util.Map;

/** The ledger as reading commands open it: beside a running service, without a lock and without account settings. */
record ReadOnlyLedger(LedgerDatabase database, LedgerAccount account) implements AutoCloseable {

    /** @throws dev.posbridge.ConfigurationException where there is no ledger; none is created */
    static ReadOnlyLedger open(GlobalOptions options) {
        LedgerAddress address = Ledger.address(options.settings(Map.of()));
        LedgerDatabase database = LedgerDatabase.openToRead(address);
        try {
            return new ReadOnlyLedger(database, LedgerAccount.require(database, address));
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
