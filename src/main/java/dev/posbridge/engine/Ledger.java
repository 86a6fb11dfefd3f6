package dev.posbridge.engine;

import dev.posbridge.ConfigurationException;
import dev.posbridge.harness.Failpoint;
import dev.posbridge.ledger.ChunkWriter;
import dev.posbridge.ledger.FileBook;
import dev.posbridge.ledger.LaneBook;
import dev.posbridge.ledger.LaneRules;
import dev.posbridge.ledger.LedgerAccount;
import dev.posbridge.ledger.LedgerDatabase;
import dev.posbridge.pos.AgainPolicy;
import dev.posbridge.settings.Account;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** An opened ledger with its books. Reading commands open it beside a running service. */
public record Ledger(LedgerDatabase database, LedgerAccount account, FileBook files, ChunkWriter chunks, LaneBook lanes)
        implements AutoCloseable {

    /** @throws ConfigurationException where it cannot be opened, or belongs to another account */
    public static Ledger open(Path file, Account account, Duration refundsWait) {
        return open(file, account, refundsWait, vendor -> AgainPolicy.DEFAULT);
    }

    /** @param policies what a vendor's profile says of refunds */
    static Ledger open(Path file, Account account, Duration refundsWait, Function<String, AgainPolicy> policies) {
        LedgerDatabase database = LedgerDatabase.open(file);
        Failpoint.LEDGER_OPENED.reach();
        return claim(database, ignored -> account, account, refundsWait, policies);
    }

    /**
     * Opens a ledger that is already there, for commands that work beside a running service.
     *
     * @param account its name, environment and currency count where they are set, otherwise those of the ledger do
     * @throws ConfigurationException where there is none, or it belongs to another account
     */
    public static Ledger openExisting(Path file, Account account, Duration refundsWait) {
        LedgerDatabase database = LedgerDatabase.openExisting(file);
        return claim(
                database,
                asked -> LedgerAccount.of(database)
                        .map(owner -> asked.orAs(owner.name(), owner.environment(), owner.currency()))
                        .orElseThrow(() -> LedgerDatabase.absent(file)),
                account,
                refundsWait,
                vendor -> AgainPolicy.DEFAULT);
    }

    private static Ledger claim(
            LedgerDatabase database,
            UnaryOperator<Account> completed,
            Account asked,
            Duration refundsWait,
            Function<String, AgainPolicy> policies) {
        try {
            Account account = completed.apply(asked);
            LedgerAccount owner =
                    LedgerAccount.claim(database, account.name(), account.environment(), account.currency());
            return new Ledger(
                    database,
                    owner,
                    new FileBook(database),
                    new ChunkWriter(database, owner.lanes()),
                    new LaneBook(database, LaneRules.ofNow(owner.lanes(), refundsWait, policies)));
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
