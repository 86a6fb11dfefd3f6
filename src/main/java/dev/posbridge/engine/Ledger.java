package dev.posbridge.engine;

import dev.posbridge.ConfigurationException;
import dev.posbridge.harness.Failpoint;
import dev.posbridge.ledger.ChunkWriter;
import dev.posbridge.ledger.FileBook;
import dev.posbridge.ledger.LaneBook;
import dev.posbridge.ledger.LaneRules;
import dev.posbridge.ledger.LedgerAccount;
import dev.posbridge.ledger.LedgerDatabase;
import dev.posbridge.ledger.store.LedgerAddress;
import dev.posbridge.pos.AgainPolicy;
import dev.posbridge.settings.Account;
import dev.posbridge.settings.Settings;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** An opened ledger with its books. Reading commands open it beside a running service. */
public record Ledger(LedgerDatabase database, LedgerAccount account, FileBook files, ChunkWriter chunks, LaneBook lanes)
        implements AutoCloseable {

    /** @throws ConfigurationException where it cannot be opened, or belongs to another account */
    public static Ledger open(Settings settings) {
        return open(settings, vendor -> AgainPolicy.DEFAULT);
    }

    /** @param policies what a vendor's profile says of refunds */
    static Ledger open(Settings settings, Function<String, AgainPolicy> policies) {
        LedgerDatabase database = LedgerDatabase.open(address(settings));
        Failpoint.LEDGER_OPENED.reach();
        return claim(database, asked -> asked, settings, policies);
    }

    /**
     * Opens a ledger that is already there, for commands that work beside a running service.
     *
     * @param settings the account's name, environment and currency count where they are set, otherwise those of the ledger do
     * @throws ConfigurationException where there is none, or it belongs to another account
     */
    public static Ledger openExisting(Settings settings) {
        LedgerAddress address = address(settings);
        LedgerDatabase database = LedgerDatabase.openExisting(address);
        return claim(
                database,
                asked -> LedgerAccount.of(database)
                        .map(owner -> asked.orAs(owner.name(), owner.environment(), owner.currency()))
                        .orElseThrow(() -> LedgerDatabase.absent(address)),
                settings,
                vendor -> AgainPolicy.DEFAULT);
    }

    /** Where the settings say that the ledger lies. */
    public static LedgerAddress address(Settings settings) {
        Path file = settings.folders().ledger();
        Settings.LedgerServer server = settings.ledgerServer();
        return server == null
                ? LedgerAddress.ofFile(file)
                : new LedgerAddress(
                        file,
                        server.url(),
                        server.user(),
                        server.password() == null ? null : server.password().read());
    }

    private static Ledger claim(
            LedgerDatabase database,
            UnaryOperator<Account> completed,
            Settings settings,
            Function<String, AgainPolicy> policies) {
        try {
            Account account = completed.apply(settings.account());
            LedgerAccount owner =
                    LedgerAccount.claim(database, account.name(), account.environment(), account.currency());
            return new Ledger(
                    database,
                    owner,
                    new FileBook(database),
                    new ChunkWriter(database, owner.lanes()),
                    new LaneBook(database, LaneRules.ofNow(owner.lanes(), settings.refundsWait(), policies)));
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
