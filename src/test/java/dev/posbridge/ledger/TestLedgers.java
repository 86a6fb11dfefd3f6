package dev.posbridge.ledger;

import dev.posbridge.ledger.store.LedgerAddress;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;

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

    /** Whoever connects from now on is told a time that is so much later than this machine's. */
    static synchronized void shiftClock(LedgerAddress ledger, int seconds) {
        execute(
                ledger,
                "create function public.clock_timestamp() returns timestamptz language sql volatile as "
                        + "$$select pg_catalog.clock_timestamp() + interval '" + seconds + " seconds'$$",
                "alter database " + nameOf(ledger) + " set search_path = public, pg_catalog");
    }

    /** Has the server's superuser do something in its database, one after the other. */
    public static void execute(LedgerAddress ledger, String... statements) {
        try (Connection connection = DriverManager.getConnection(ledger.url(), "postgres", "");
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException problem) {
            throw new IllegalStateException(problem);
        }
    }

    /** Of its database on the server. */
    public static String nameOf(LedgerAddress ledger) {
        return ledger.url().replaceAll(".*/|[?].*", "");
    }

    /** A database without a ledger. */
    public static synchronized LedgerAddress emptyOnPostgres(Path file) {
        LedgerAddress ledger = onPostgres(file);
        String database = nameOf(ledger);
        execute(server, "drop database " + database);
        execute(server, "create database " + database);
        return ledger;
    }

    /** What {@code kill -9} would leave of the ledger, as another one whose lease nobody has. */
    public static void copyOnPostgres(LedgerAddress from, LedgerAddress to) {
        try (Connection read = DriverManager.getConnection(from.url(), from.user(), "");
                Connection write = DriverManager.getConnection(to.url(), to.user(), "");
                Statement reading = read.createStatement();
                Statement writing = write.createStatement()) {
            read.setAutoCommit(false);
            read.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            writing.execute("set session_replication_role = replica");
            List<String> tables = new ArrayList<>();
            try (ResultSet names = reading.executeQuery(
                    "select tablename from pg_tables where schemaname = 'public' and tablename <> 'flyway_schema_history'")) {
                while (names.next()) {
                    tables.add(names.getString(1));
                }
            }
            for (String table : tables) {
                ByteArrayOutputStream rows = new ByteArrayOutputStream();
                read.unwrap(PGConnection.class).getCopyAPI().copyOut("copy " + table + " to stdout binary", rows);
                writing.execute("delete from " + table);
                write.unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn("copy " + table + " from stdin binary", new ByteArrayInputStream(rows.toByteArray()));
            }
            List<String> counters = new ArrayList<>();
            try (ResultSet names = reading.executeQuery(
                    "select table_name from information_schema.columns where is_identity = 'YES' and column_name = 'id'")) {
                while (names.next()) {
                    counters.add(names.getString(1));
                }
            }
            for (String table : counters) {
                writing.execute("select setval(pg_get_serial_sequence('" + table
                        + "', 'id'), (select coalesce(max(id), 0) + 1 from " + table + "), false)");
            }
            writing.execute("update sender set until = '-infinity'");
        } catch (SQLException problem) {
            throw new IllegalStateException(problem);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
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
