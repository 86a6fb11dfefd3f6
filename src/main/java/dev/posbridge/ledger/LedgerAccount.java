package dev.posbridge.ledger;

import dev.posbridge.ConfigurationException;
import dev.posbridge.ledger.store.LedgerAddress;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Whose ledger it is: written at its creation, checked at every start. */
public record LedgerAccount(String name, String environment, String currency, int lanes) {
    private static final int LANES = 64;

    /**
     * The ledger's account; a new ledger takes the given one.
     *
     * @throws ConfigurationException where the ledger belongs to another account, environment or currency
     */
    public static LedgerAccount claim(LedgerDatabase database, String name, String environment, String currency) {
        LedgerAccount found =
                database.write(handle -> find(handle).orElseGet(() -> create(handle, name, environment, currency)));
        if (!found.equals(new LedgerAccount(name, environment, currency, found.lanes()))) {
            throw new ConfigurationException("The ledger belongs to account \"" + found.name() + "\", environment \""
                    + found.environment() + "\", currency " + found.currency() + "; the settings say \"" + name
                    + "\", \""
                    + environment + "\", " + currency + ". Correct posbridge.account.* or choose another --data-dir: "
                    + "nothing moves from one account to another.");
        }
        return found;
    }

    /** @return empty for a ledger that nobody has used yet */
    public static Optional<LedgerAccount> of(LedgerDatabase database) {
        return database.read(LedgerAccount::find);
    }

    /** @throws ConfigurationException where the file is no ledger, or nobody has used it yet */
    public static LedgerAccount require(LedgerDatabase database, LedgerAddress address) {
        Optional<LedgerAccount> found;
        try {
            found = of(database);
        } catch (dev.posbridge.LedgerUnavailableException problem) {
            throw new ConfigurationException(
                    address + ": cannot be read as a ledger. Name the folder of a ledger with --data-dir.", problem);
        }
        return found.orElseThrow(() ->
                new ConfigurationException(address + ": is a ledger that nobody has used yet. Take files in first "
                        + "(posbridge ingest --vendor V FILE)."));
    }

    private static Optional<LedgerAccount> find(Handle handle) {
        return handle.createQuery("select name, environment, currency, lanes from account")
                .map((row, context) ->
                        new LedgerAccount(row.getString(1), row.getString(2), row.getString(3), row.getInt(4)))
                .findOne();
    }

    private static LedgerAccount create(Handle handle, String name, String environment, String currency) {
        handle.execute(
                "insert into account (name, environment, currency, lanes, seed, created_at) values (?,?,?,?,?,?)",
                name,
                environment,
                currency,
                LANES,
                new java.security.SecureRandom().nextLong(),
                System.currentTimeMillis());
        for (int lane = 0; lane < LANES; lane++) {
            handle.execute("insert into lane (lane) values (?)", lane);
        }
        return new LedgerAccount(name, environment, currency, LANES);
    }
}
