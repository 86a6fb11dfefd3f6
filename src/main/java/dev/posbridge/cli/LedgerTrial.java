package dev.posbridge.cli;

import dev.posbridge.ConfigurationException;
import dev.posbridge.cli.Examination.Finding;
import dev.posbridge.cli.Examination.Result;
import dev.posbridge.engine.Ledger;
import dev.posbridge.ledger.LedgerDatabase;
import dev.posbridge.ledger.NodeBook;
import dev.posbridge.ledger.store.LedgerAddress;
import dev.posbridge.ledger.store.ServerFacts;
import dev.posbridge.settings.Settings;
import java.util.ArrayList;
import java.util.List;

/** Whether the PostgreSQL server of the settings can have the ledger; nothing where it is a file. Used once, by one thread. */
final class LedgerTrial {
    /** Of a node and of a command beside it, at most: docs/scale.md, Sizing. */
    private static final int CONNECTIONS = 16;

    private final List<Finding> findings = new ArrayList<>();

    /** @return a line for each thing that was looked at */
    List<Finding> of(Settings settings) {
        if (settings.ledgerServer() != null) {
            LedgerAddress address = Ledger.address(settings);
            try {
                ServerFacts facts = LedgerDatabase.facts(address);
                add(
                        !facts.isReadOnly(),
                        "ledger's server",
                        "PostgreSQL " + facts.version() + " at " + address + " lets " + facts.user() + " in",
                        address
                                + " only lets itself be read, as a standby does, expected one that can be written. Name the primary"
                                + " in posbridge.ledger.url.");
                tables(facts);
                encryption(facts);
                add(
                        !NodeBook.isOff(facts.ahead()),
                        "ledger's clock",
                        NodeBook.words(facts.ahead()),
                        "this machine's is " + NodeBook.words(facts.ahead()) + ". Keep both by NTP.");
                connections(facts);
            } catch (ConfigurationException refused) {
                add(false, "ledger's server", null, refused.getMessage());
            }
        }
        return findings;
    }

    private void tables(ServerFacts facts) {
        boolean isThere = facts.layout() != 0;
        add(
                isThere || facts.mayCreate(),
                "ledger's tables",
                isThere
                        ? "layout " + facts.layout()
                        : "none yet; the first start makes them in schema " + facts.schema() + ", or ledger move",
                "user " + facts.user() + " may not make tables in "
                        + (facts.schema() == null ? "any schema" : "schema " + facts.schema())
                        + " of database " + facts.database() + ". Let the user own it: alter database "
                        + facts.database() + " owner to " + facts.user() + ";");
    }

    private void encryption(ServerFacts facts) {
        add(
                facts.tls() != null || facts.isHere(),
                "ledger's encryption",
                facts.tls() == null
                        ? "none, to a server on this machine"
                        : facts.tls()
                                + (facts.isVerified()
                                        ? ", and the driver looks whose server it is"
                                        : ", without a look at whose server it is; sslmode=verify-full has the driver look"),
                "none: receipts and the password's proof can be read on their way. Set up TLS at the server, and add"
                        + " ?sslmode=verify-full&sslrootcert=FILE to posbridge.ledger.url.");
    }

    private void connections(ServerFacts facts) {
        int used = facts.connections() - 1;
        int free = facts.mostConnections() - used;
        add(
                free >= CONNECTIONS,
                "ledger's connections",
                used + " of " + facts.mostConnections() + " in use",
                used + " of " + facts.mostConnections() + " are in use, " + free + " are left, expected " + CONNECTIONS
                        + " for a node and a command. Raise max_connections of the server (docs/scale.md, Sizing).");
    }

    private void add(boolean well, String what, String detail, String remedy) {
        findings.add(new Finding(well ? Result.OK : Result.WRONG, what, well ? detail : remedy));
    }
}
