package dev.posbridge;

import dev.posbridge.ledger.ChunkWriter;
import dev.posbridge.ledger.FileBook;
import dev.posbridge.ledger.LaneBook;
import dev.posbridge.ledger.LaneRules;
import dev.posbridge.ledger.LedgerAccount;
import dev.posbridge.ledger.LedgerDatabase;
import java.nio.file.Path;
import java.time.Duration;

/** An opened ledger with its books. Reading commands open it beside a running service. */
public record Ledger(LedgerDatabase database, LedgerAccount account, FileBook files, ChunkWriter chunks, LaneBook lanes)
        implements AutoCloseable {

    /** @throws ConfigurationException where it cannot be opened, or belongs to another account */
    public static Ledger open(Path file, Account account, Duration refundsWait) {
        LedgerDatabase database = LedgerDatabase.open(file);
        try {
            LedgerAccount owner =
                    LedgerAccount.claim(database, account.name(), account.environment(), account.currency());
            return new Ledger(
                    database,
                    owner,
                    new FileBook(database),
                    new ChunkWriter(database, owner.lanes()),
                    new LaneBook(database, new LaneRules(owner.lanes(), refundsWait)));
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
