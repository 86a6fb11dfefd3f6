package dev.posbridge.ledger.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.posbridge.ConfigurationException;
import dev.posbridge.harness.Harness;
import java.lang.reflect.Type;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Handles;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.argument.ArgumentFactory;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A ledger on a PostgreSQL server, for as many processes as there are. One of them writes at a time, as with the file: a
 * transaction of the writer takes an advisory lock first, so that whatever it reads stays so until its end, and numbers that
 * it gives are seen in their order.
 */
public final class PostgresStore implements LedgerStore {
    /** Of the right to write; any number that others who use the same database hardly take: "posbridg" in ASCII. */
    private static final long WRITING = 0x706f_7362_7269_6467L;

    /** A server that is being started again refuses for some seconds. */
    private static final int CONNECT_MILLIS = 8_000;

    /** A lease that cannot be renewed for so long is as good as lost. */
    private static final int LEASE_SECONDS = 2;

    /** Who is paused or cut off in the middle of a transaction keeps nobody from writing for longer. */
    private static final int IDLE_MILLIS = 3_000;

    private static final int READ_SECONDS = 300;
    private static final int ROWS_AT_ONCE = 64;
    private static final int READERS = 6;

    private final String name;
    private final PGSimpleDataSource source;
    private final PGSimpleDataSource impatient;
    private final HikariDataSource writerPool;
    private final HikariDataSource readerPool;
    private final Jdbi writer;
    private final Jdbi reader;
    /** Nobody waits for a transaction of the writer who only says that he is alive. */
    private Connection lease;

    private PostgresStore(String name, PGSimpleDataSource source, PGSimpleDataSource impatient, boolean mayWrite) {
        this.name = name;
        this.source = source;
        this.impatient = impatient;
        impatient.setSocketTimeout(LEASE_SECONDS);
        impatient.setConnectTimeout(LEASE_SECONDS);
        this.readerPool = readers(source);
        this.reader = jdbi(readerPool);
        this.reader.getConfig(Handles.class).setForceEndTransactions(false);
        this.writerPool = mayWrite ? writers(source) : null;
        this.writer = mayWrite ? jdbi(writerPool) : reader;
    }

    /**
     * Opens, and creates or migrates if need be.
     *
     * @param url as the driver takes it
     * @param name how people call it
     * @param user null to leave it to the url
     * @param password null for none
     * @param layout that is expected
     * @throws ConfigurationException where it cannot be opened
     */
    public static PostgresStore open(String url, String name, String user, String password, int layout) {
        PGSimpleDataSource source = source(url, name, user, password);
        try {
            int found = layout(source);
            LedgerStore.requireLayout(name, found, layout);
            if (found != layout) {
                migrate(source);
            }
            return new PostgresStore(name, source, source(url, name, user, password), true);
        } catch (SQLException
                | HikariPool.PoolInitializationException
                | org.flywaydb.core.api.FlywayException problem) {
            throw unavailable(name, problem);
        }
    }

    /**
     * Opens a ledger that is there, to read only.
     *
     * @return null where there is none
     * @throws ConfigurationException where it cannot be read
     */
    public static PostgresStore openToRead(String url, String name, String user, String password, int layout) {
        PGSimpleDataSource source = source(url, name, user, password);
        try {
            int found = layout(source);
            LedgerStore.requireLayout(name, found, layout);
            return found == 0 ? null : new PostgresStore(name, source, source(url, name, user, password), false);
        } catch (SQLException | HikariPool.PoolInitializationException problem) {
            throw unavailable(name, problem);
        }
    }

    /** Whether there is a ledger. */
    public static boolean isThere(String url, String name, String user, String password) {
        try {
            return layout(source(url, name, user, password)) != 0;
        } catch (SQLException problem) {
            throw unavailable(name, problem);
        }
    }

    private static ConfigurationException unavailable(String name, Exception problem) {
        Throwable cause = problem.getCause() == null ? problem : problem.getCause();
        return new ConfigurationException(
                name + ": the ledger cannot be opened (" + cause.getMessage()
                        + "). Check posbridge.ledger.url, posbridge.ledger.user and its password, and that the server runs,"
                        + " lets us in and lets the user create tables in its schema.",
                problem);
    }

    private static PGSimpleDataSource source(String url, String name, String user, String password) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        try {
            source.setUrl(url);
        } catch (IllegalArgumentException wrong) {
            throw new ConfigurationException(
                    name + ": is no address of a PostgreSQL database, expected jdbc:postgresql://host:5432/database. "
                            + "Correct posbridge.ledger.url.",
                    wrong);
        }
        if (user != null) {
            source.setUser(user);
        }
        if (password != null) {
            source.setPassword(password);
        }
        source.setApplicationName("posbridge");
        source.setConnectTimeout(CONNECT_MILLIS / 1_000);
        source.setTcpKeepAlive(true);
        source.setDefaultRowFetchSize(ROWS_AT_ONCE);
        return source;
    }

    private static void migrate(PGSimpleDataSource source) {
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/postgresql")
                .loggers("slf4j")
                .load()
                .migrate();
    }

    /** @return 0 where there is no ledger */
    private static int layout(PGSimpleDataSource source) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            try (ResultSet there = statement.executeQuery("select to_regclass('layout') is not null")) {
                there.next();
                if (!there.getBoolean(1)) {
                    return 0;
                }
            }
            try (ResultSet version = statement.executeQuery("select max(version) from layout")) {
                return version.next() ? version.getInt(1) : 0;
            }
        }
    }

    private static Jdbi jdbi(HikariDataSource pool) {
        Jdbi jdbi = Jdbi.create(pool);
        jdbi.registerArgument(new BooleanAsNumber());
        return jdbi;
    }

    /** The ledger's flags are numbers, as SQLite has them. */
    private static final class BooleanAsNumber implements ArgumentFactory.Preparable {
        @Override
        public Optional<Function<Object, Argument>> prepare(Type type, ConfigRegistry config) {
            return type == boolean.class || type == Boolean.class
                    ? Optional.of(BooleanAsNumber::argument)
                    : Optional.empty();
        }

        private static Argument argument(Object flag) {
            return (position, statement, context) -> statement.setObject(
                    position, flag == null ? null : Long.valueOf(Boolean.TRUE.equals(flag) ? 1 : 0));
        }
    }

    private static HikariDataSource writers(PGSimpleDataSource source) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("ledger-writer");
        pool.setDataSource(source);
        pool.setMaximumPoolSize(1);
        pool.setConnectionTimeout(CONNECT_MILLIS);
        pool.setConnectionInitSql("set lock_timeout = " + Harness.lockPatienceMillis()
                + "; set idle_in_transaction_session_timeout = " + IDLE_MILLIS);
        return new HikariDataSource(pool);
    }

    /** Without a commit after each statement, because the server gives rows in portions only then. */
    private static HikariDataSource readers(PGSimpleDataSource source) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("ledger-readers");
        pool.setDataSource(source);
        pool.setMaximumPoolSize(READERS);
        pool.setMinimumIdle(1);
        pool.setAutoCommit(false);
        pool.setReadOnly(true);
        // What is read over one connection is of one moment, as it is with the file.
        pool.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
        pool.setConnectionTimeout(CONNECT_MILLIS);
        pool.setConnectionInitSql("set statement_timeout = '" + READ_SECONDS + "s'");
        return new HikariDataSource(pool);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Jdbi writer() {
        return writer;
    }

    @Override
    public Jdbi reader() {
        return reader;
    }

    @Override
    public void beginWriting(Handle handle) {
        handle.execute("select pg_advisory_xact_lock(" + WRITING + ")");
    }

    @Override
    public void waitForDisk(Handle handle, boolean wait) {
        handle.execute("set synchronous_commit = " + (wait ? "on" : "off"));
    }

    @Override
    public void deleteSecurely(Handle handle) {
        // The server overwrites nothing: compact has it write the tables anew.
    }

    @Override
    public void compact(boolean whole) throws SQLException {
        try (Connection own = source.getConnection();
                Statement statement = own.createStatement()) {
            statement.execute(whole ? "vacuum full" : "vacuum");
        }
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public synchronized boolean renewLease(long epoch, String until) throws SQLException {
        try {
            if (lease == null) {
                lease = impatient.getConnection();
            }
            try (PreparedStatement row =
                    lease.prepareStatement("update sender set until = " + until + " where epoch = ?")) {
                row.setLong(1, epoch);
                return row.executeUpdate() == 1;
            }
        } catch (SQLException broken) {
            closeLease();
            throw broken;
        }
    }

    private void closeLease() {
        Connection broken = lease;
        lease = null;
        if (broken != null) {
            try {
                broken.close();
            } catch (SQLException gone) {
                // Nobody can be told over it any more.
                return;
            }
        }
    }

    @Override
    public List<String> tables(Handle handle) {
        return handle.select("select table_name from information_schema.tables where table_schema = current_schema() "
                        + "and table_type = 'BASE TABLE' order by table_name")
                .mapTo(String.class)
                .list();
    }

    @Override
    public List<Column> columns(Handle handle, String table) {
        return handle.select(
                        "select c.column_name, c.data_type, exists (select 1 from information_schema.table_constraints t "
                                + "join information_schema.key_column_usage k on k.constraint_name = t.constraint_name and "
                                + "k.table_schema = t.table_schema and k.table_name = t.table_name where t.constraint_type = "
                                + "'PRIMARY KEY' and t.table_schema = c.table_schema and t.table_name = c.table_name and "
                                + "k.column_name = c.column_name) from information_schema.columns c where c.table_schema = "
                                + "current_schema() and c.table_name = ? order by c.ordinal_position",
                        table)
                .map((row, context) ->
                        new Column(row.getString(1), row.getString(2).equals("text"), row.getBoolean(3)))
                .list();
    }

    @Override
    public String rowId() {
        return "ctid";
    }

    @Override
    public void close() {
        readerPool.close();
        synchronized (this) {
            closeLease();
        }
        if (writerPool != null) {
            writerPool.close();
        }
    }
}
