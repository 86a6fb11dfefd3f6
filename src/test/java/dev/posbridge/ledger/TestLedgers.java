package dev.posbridge.ledger;

import dev.posbridge.ledger.store.LedgerAddress;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Where the ledgers of the tests lie: in files, or, where the build says {@code -Dposbridge.test.ledger=postgresql}, each in a
 * database of its own on a PostgreSQL server that this process starts.
 */
public final class TestLedgers {
    private static final String TEMPLATE = "posbridge_template";

    private static EmbeddedPostgres server;

    private TestLedgers() {}

    public static boolean areOnPostgres() {
        return "postgresql".equals(System.getProperty("posbridge.test.ledger"));
    }

    /** The same one for the same file; a new one is empty. */
    public static LedgerAddress at(Path file) {
        return areOnPostgres() ? onPostgres(file) : LedgerAddress.ofFile(file);
    }

    /** As above, on PostgreSQL whatever the build says. */
    public static synchronized LedgerAddress onPostgres(Path file) {
        if (server == null) {
            server = start();
        }
        String database = "ledger_" + Integer.toHexString(file.toAbsolutePath().hashCode());
        create(database);
        return new LedgerAddress(file, server.getJdbcUrl("postgres", database), "postgres", null);
    }

    /** A database without a ledger. */
    public static synchronized LedgerAddress emptyOnPostgres(Path file) {
        LedgerAddress ledger = onPostgres(file);
        String database = ledger.url().replaceAll(".*/|[?].*", "");
        execute(server, "drop database " + database);
        execute(server, "create database " + database);
        return ledger;
    }

    private static EmbeddedPostgres start() {
        try {
            EmbeddedPostgres started = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "off")
                    .setServerConfig("full_page_writes", "off")
                    .setServerConfig("max_connections", "200")
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    started.close();
                } catch (IOException problem) {
                    throw new UncheckedIOException(problem);
                }
            }));
            execute(started, "create database " + TEMPLATE);
            LedgerDatabase.open(new LedgerAddress(null, started.getJdbcUrl("postgres", TEMPLATE), "postgres", null))
                    .close();
            return started;
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static void create(String database) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                var there = statement.executeQuery("select 1 from pg_database where datname = '" + database + "'")) {
            if (there.next()) {
                return;
            }
        } catch (SQLException problem) {
            throw new IllegalStateException(problem);
        }
        execute(server, "create database " + database + " template " + TEMPLATE);
    }

    private static void execute(EmbeddedPostgres on, String sql) {
        try (Connection connection = on.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException problem) {
            throw new IllegalStateException(sql, problem);
        }
    }
}
