package dev.posbridge.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * The clock by which records are due and jobs are over: this machine's, or, where nodes share a ledger, the database's, so that
 * a machine whose own is minutes off keeps nothing back and gives nothing up too early. One for the process, which works on one
 * ledger. Thread-safe.
 */
public final class LedgerClock {
    private static volatile long ahead;

    private LedgerClock() {}

    /** Milliseconds since 1970. */
    public static long millis() {
        return System.currentTimeMillis() - ahead;
    }

    /** @return by how much this machine's clock is before the ledger's, which is allowed for from now on */
    static Duration follow(LedgerDatabase database) {
        ahead = database.isShared() ? database.aside(LedgerClock::ahead) : 0;
        return Duration.ofMillis(ahead);
    }

    private static long ahead(Connection connection) throws SQLException {
        long before = System.currentTimeMillis();
        try (Statement statement = connection.createStatement();
                ResultSet now = statement.executeQuery("select extract(epoch from clock_timestamp()) * 1000")) {
            now.next();
            // The answer was on its way: the middle of both looks is when it was true.
            long middle = before + (System.currentTimeMillis() - before) / 2;
            return middle - now.getBigDecimal(1).longValue();
        }
    }
}
