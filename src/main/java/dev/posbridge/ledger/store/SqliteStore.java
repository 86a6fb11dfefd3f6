package dev.posbridge.ledger.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.posbridge.ConfigurationException;
import dev.posbridge.harness.Harness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** A ledger in a file of this machine. Every transaction of the writer has the right to write from its beginning. */
final class SqliteStore implements LedgerStore {
    private static final int CHECKPOINT_PAGES = 10_000;

    private final Path file;
    private final Connection connection;
    private final Jdbi writer;
    private final HikariDataSource readerPool;
    private final Jdbi reader;

    private SqliteStore(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
        this.writer = Jdbi.create(connection);
        KeptStatements kept = new KeptStatements();
        this.writer.setStatementBuilderFactory(any -> kept);
        this.readerPool = readers(file);
        this.reader = Jdbi.create(readerPool);
    }

    static SqliteStore open(Path file, int layout) {
        try {
            createPrivately(file);
            SQLiteDataSource source = new SQLiteDataSource(writerConfig());
            source.setUrl("jdbc:sqlite:" + file);
            try (Connection connection = source.getConnection()) {
                LedgerStore.requireLayout(file.toString(), layout(connection), layout);
                Moving.requireUnsealed(file, connection);
            }
            if (!isCurrent(source, layout)) {
                Flyway.configure()
                        .dataSource(source)
                        .locations("classpath:db/ledger", "classpath:db/sqlite")
                        .placeholders(Map.of(
                                "id", "integer primary key",
                                "never-used-id", "integer primary key autoincrement",
                                "ordered-by-key", "without rowid"))
                        .loggers("slf4j")
                        .load()
                        .migrate();
            }
            return new SqliteStore(file, writer(source));
        } catch (IOException | SQLException | org.flywaydb.core.api.FlywayException problem) {
            throw new ConfigurationException(
                    file + ": the ledger cannot be opened (" + problem.getMessage()
                            + "). Check that the folder is writable, the disk has room and the file is a ledger.",
                    problem);
        }
    }

    static SqliteStore openToRead(Path file, int layout) {
        return openToRead(file, layout, false);
    }

    /** As it is, on its way. */
    static SqliteStore openMoving(Path file, int layout) {
        return openToRead(file, layout, true);
    }

    private static SqliteStore openToRead(Path file, int layout, boolean sealed) {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(Harness.lockPatienceMillis());
        if (!sealed) {
            bringUpToDate(file, layout);
        }
        try {
            Connection connection = config.createConnection("jdbc:sqlite:" + file);
            LedgerStore.requireLayout(file.toString(), layout(connection), layout);
            if (!sealed) {
                Moving.requireUnsealed(file, connection);
            }
            try (Statement statement = connection.createStatement()) {
                statement.execute("pragma query_only = 1");
            }
            return new SqliteStore(file, connection);
        } catch (SQLException | HikariPool.PoolInitializationException problem) {
            throw new ConfigurationException(
                    file + ": cannot be read as a ledger (" + problem.getMessage()
                            + "). Name the folder of a ledger with --data-dir.",
                    problem);
        }
    }

    /** Who only reads cannot write what scripts would have to. */
    private static void bringUpToDate(Path file, int layout) {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + file);
        try (Connection connection = source.getConnection()) {
            int found = layout(connection);
            if (found >= FIRST_MIGRATED && found < layout) {
                open(file, layout).close();
            }
        } catch (SQLException none) {
            // Whoever opens it next says what is wrong with it.
            return;
        }
    }

    private static int layout(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet version = statement.executeQuery("pragma user_version")) {
            return version.next() ? version.getInt(1) : 0;
        }
    }

    /** Whether there is nothing to migrate, which Flyway would take a tenth of the start to find out. */
    private static boolean isCurrent(SQLiteDataSource source, int layout) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet version = statement.executeQuery("select user_version from pragma_user_version where exists "
                        + "(select 1 from sqlite_schema where name = 'flyway_schema_history')")) {
            return version.next() && version.getInt(1) == layout;
        }
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
    public Optional<List<Long>> beginBeside(Handle handle, List<String> names, List<String> questions) {
        throw new UnsupportedOperationException("a file has one writer");
    }

    @Override
    public long nextAside(String sequence, long count) {
        throw new UnsupportedOperationException("a file has one writer");
    }

    @Override
    public List<Long> beginWriting(Handle handle, List<String> questions) {
        // The transaction is an immediate one: it began with that right.
        return questions.stream()
                .map(question -> handle.select(question).mapTo(Long.class).one())
                .toList();
    }

    @Override
    public void change(Handle handle, List<Change> changes) {
        changes.forEach(change -> handle.execute(change.sql(), change.values()));
    }

    @Override
    public void waitForDisk(Handle handle, boolean wait) {
        handle.execute(wait ? "pragma synchronous = full" : "pragma synchronous = normal");
    }

    @Override
    public void deleteSecurely(Handle handle) {
        handle.execute("pragma secure_delete = 1");
    }

    /** Over a connection of its own, which no open statement of others keeps from packing the file. */
    @Override
    public void compact(boolean whole) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(Harness.lockPatienceMillis());
        try (Connection own = config.createConnection("jdbc:sqlite:" + file);
                Statement statement = own.createStatement()) {
            if (whole) {
                statement.execute("vacuum");
            }
            statement.execute("pragma wal_checkpoint(truncate)");
        }
    }

    @Override
    public boolean isShared() {
        return false;
    }

    @Override
    public boolean renewLease(long epoch, String until) {
        throw new IllegalStateException("who holds the data folder sends");
    }

    @Override
    public <T> T aside(Aside<T> work) {
        throw new IllegalStateException("who holds the data folder is alone");
    }

    @Override
    public List<String> tables(Handle handle) {
        return handle.select("select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'")
                .mapTo(String.class)
                .list();
    }

    @Override
    public List<Column> columns(Handle handle, String table) {
        return handle.select("select name, type, pk from pragma_table_info(?)", table)
                .map((row, context) ->
                        new Column(row.getString(1), row.getString(2).equalsIgnoreCase("text"), row.getInt(3) > 0))
                .list();
    }

    @Override
    public String rowId() {
        return "rowid";
    }

    @Override
    public void close() {
        readerPool.close();
        try {
            connection.close();
        } catch (SQLException problem) {
            throw new dev.posbridge.LedgerUnavailableException(problem);
        }
    }

    private static void createPrivately(Path file) throws IOException {
        if (!Files.exists(file)
                && file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
    }

    private static Connection writer(SQLiteDataSource source) throws SQLException {
        Connection writer = source.getConnection();
        try (Statement statement = writer.createStatement()) {
            // Every thousand pages, as by default, the same pages of the indexes would be copied again and again.
            statement.execute("pragma wal_autocheckpoint = " + CHECKPOINT_PAGES);
        }
        return writer;
    }

    private static SQLiteConfig writerConfig() {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setBusyTimeout(Harness.lockPatienceMillis());
        config.setPragma(SQLiteConfig.Pragma.CACHE_SIZE, "-16000");
        return config;
    }

    private static HikariDataSource readers(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(Harness.lockPatienceMillis());
        config.setPragma(SQLiteConfig.Pragma.CACHE_SIZE, "-2000");
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("ledger-readers");
        pool.setDataSource(source);
        pool.setMaximumPoolSize(4);
        pool.setMinimumIdle(1);
        return new HikariDataSource(pool);
    }
}
