package dev.posbridge.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.posbridge.ConfigurationException;
import dev.posbridge.LedgerUnavailableException;
import dev.posbridge.harness.Harness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The ledger's connections: one writer behind a fair lock, a small pool of readers. SQLite refuses a second writer
 * rather than queue it, so the queue is here; without it lanes waited seconds beside an intake. Thread-safe.
 */
public final class LedgerDatabase implements AutoCloseable {
    /** Of the layout, as the script that creates it writes it into the ledger; grows whenever the script changes. */
    static final int VERSION = 6;

    private static final int CHECKPOINT_PAGES = 10_000;

    private final WriterLock writerLock;
    private final boolean urgent;
    private final Connection writerConnection;
    private final Jdbi writer;
    private final HikariDataSource readerPool;
    private final Jdbi reader;
    private final LastTimes lastTimes;
    private final Segments segments;
    private final AtomicLong commits;
    private final OutcomeCounts outcomes;
    /** What a harness counts; else null. */
    private final StatementCount statements;

    private volatile String failure;

    private LedgerDatabase(Connection writerConnection, HikariDataSource readerPool) {
        this.writerLock = new WriterLock();
        this.urgent = false;
        this.writerConnection = writerConnection;
        this.writer = Jdbi.create(writerConnection);
        KeptStatements kept = new KeptStatements();
        this.writer.setStatementBuilderFactory(connection -> kept);
        this.readerPool = readerPool;
        this.reader = Jdbi.create(readerPool);
        this.lastTimes = new LastTimes();
        this.segments = new Segments(this);
        this.commits = new AtomicLong();
        this.writer.getConfig(Segments.Config.class).share(segments);
        this.reader.getConfig(Segments.Config.class).share(segments);
        this.outcomes = new OutcomeCounts();
        this.writer.getConfig(OutcomeCounts.Config.class).share(outcomes);
        this.statements = StatementCount.wanted();
        if (this.statements != null) {
            this.writer.setSqlLogger(this.statements);
            this.reader.setSqlLogger(this.statements);
        }
    }

    private LedgerDatabase(LedgerDatabase other) {
        this.writerLock = other.writerLock;
        this.urgent = true;
        this.writerConnection = other.writerConnection;
        this.writer = other.writer;
        this.readerPool = other.readerPool;
        this.reader = other.reader;
        this.lastTimes = other.lastTimes;
        this.segments = other.segments;
        this.commits = other.commits;
        this.outcomes = other.outcomes;
        this.statements = other.statements;
    }

    /** The same ledger for whoever cannot wait: writes go before those of others. Not to be closed. */
    public LedgerDatabase urgent() {
        return new LedgerDatabase(this);
    }

    /**
     * Opens, and creates or migrates if need be, the SQLite ledger.
     *
     * @param file the database file; its folder must exist
     * @throws ConfigurationException where it cannot be opened
     */
    public static LedgerDatabase open(Path file) {
        try {
            createPrivately(file);
            SQLiteDataSource source = new SQLiteDataSource(writerConfig());
            source.setUrl("jdbc:sqlite:" + file);
            requireLayout(file, source);
            if (!isCurrent(source)) {
                Flyway.configure()
                        .dataSource(source)
                        .locations("classpath:db/sqlite")
                        .loggers("slf4j")
                        .load()
                        .migrate();
            }
            return new LedgerDatabase(writer(source), readers(file));
        } catch (IOException | SQLException | org.flywaydb.core.api.FlywayException problem) {
            throw new ConfigurationException(
                    file + ": the ledger cannot be opened (" + problem.getMessage()
                            + "). Check that the folder is writable, the disk has room and the file is a ledger.",
                    problem);
        }
    }

    /** Nothing was released with an earlier layout, so nothing migrates one; half understood, it would lose records. */
    private static void requireLayout(Path file, SQLiteDataSource source) throws SQLException {
        try (Connection connection = source.getConnection()) {
            requireLayout(file, connection);
        }
    }

    private static void requireLayout(Path file, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet version = statement.executeQuery("pragma user_version")) {
            int found = version.next() ? version.getInt(1) : 0;
            if (found != 0 && found != VERSION) {
                throw new ConfigurationException(file + ": found a ledger of layout " + found
                        + (found > VERSION ? ", which a newer Posbridge wrote" : "") + ", expected layout "
                        + VERSION
                        + ". Open it with the Posbridge that wrote it, or name another folder with --data-dir.");
            }
        }
    }

    /** Whether there is nothing to migrate, which Flyway would take a tenth of the start to find out. */
    private static boolean isCurrent(SQLiteDataSource source) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet version = statement.executeQuery("select user_version from pragma_user_version where exists "
                        + "(select 1 from sqlite_schema where name = 'flyway_schema_history')")) {
            return version.next() && version.getInt(1) == VERSION;
        }
    }

    /**
     * Opens a ledger that is there, beside a running service if need be; nothing is created.
     *
     * @throws ConfigurationException where there is none
     */
    public static LedgerDatabase openExisting(Path file) {
        requireThere(file);
        return open(file);
    }

    /**
     * Opens a ledger that is there, to read only; nothing is created, migrated or locked.
     *
     * @throws ConfigurationException where there is none
     */
    public static LedgerDatabase openToRead(Path file) {
        requireThere(file);
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(Harness.lockPatienceMillis());
        try {
            Connection connection = config.createConnection("jdbc:sqlite:" + file);
            requireLayout(file, connection);
            try (Statement statement = connection.createStatement()) {
                statement.execute("pragma query_only = 1");
            }
            return new LedgerDatabase(connection, readers(file));
        } catch (SQLException | HikariPool.PoolInitializationException problem) {
            throw new ConfigurationException(
                    file + ": cannot be read as a ledger (" + problem.getMessage()
                            + "). Name the folder of a ledger with --data-dir.",
                    problem);
        }
    }

    private static void requireThere(Path file) {
        if (!Files.isRegularFile(file)) {
            throw absent(file);
        }
    }

    /** What to say where a command needs a ledger, and nothing was taken in yet. */
    public static ConfigurationException absent(Path file) {
        return new ConfigurationException(file.getParent()
                + ": found no ledger, nothing was taken in here yet. Take files in first (posbridge ingest, or "
                + "posbridge run), or name the folder that holds the ledger with --data-dir.");
    }

    /** Runs work in one transaction on the writer; commits when it returns, rolls back when it throws. */
    public <T> T write(Function<Handle, T> work) {
        T result = locked(() -> writer.inTransaction(work::apply));
        commits.incrementAndGet();
        return result;
    }

    /** How many changes this process has made and forced to the disk; grows. */
    long commits() {
        return commits.get();
    }

    /**
     * As {@link #write}, but the commit does not wait for the disk: for what may be undone when the machine loses its power,
     * such as a lease. The end of a process undoes nothing, and the next commit that is forced takes it along.
     */
    public <T> T writeLightly(Function<Handle, T> work) {
        return locked(() -> writer.withHandle(handle -> {
            handle.execute("pragma synchronous = normal");
            try {
                return handle.inTransaction(work::apply);
            } finally {
                handle.execute("pragma synchronous = full");
            }
        }));
    }

    private <T> T locked(Supplier<T> work) {
        writerLock.lock(urgent);
        try {
            T result = work.get();
            failure = null;
            return result;
        } catch (org.jdbi.v3.core.JdbiException problem) {
            LedgerUnavailableException unavailable = new LedgerUnavailableException(problem);
            failure = unavailable.getMessage();
            throw unavailable;
        } finally {
            writerLock.unlock();
        }
    }

    /** What the ledger's rows do not say yet; kept here because whoever claims has to know it. */
    LastTimes lastTimes() {
        return lastTimes;
    }

    /** What lies in segments, and what the sender remembers of it. */
    Segments segments() {
        return segments;
    }

    /**
     * Runs statements that must stand outside of a transaction, over a connection of their own, which no open statement of
     * others keeps from packing the file.
     *
     * @throws LedgerUnavailableException where one is not taken
     */
    void maintain(String... statements) {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(Harness.lockPatienceMillis());
        try (Connection own =
                        config.createConnection(writerConnection.getMetaData().getURL());
                Statement statement = own.createStatement()) {
            for (String text : statements) {
                statement.execute(text);
            }
        } catch (SQLException problem) {
            throw new LedgerUnavailableException(problem);
        }
    }

    /** Overwrites what is deleted from now on. */
    void deleteSecurely() {
        writerLock.lock(urgent);
        try (Statement statement = writerConnection.createStatement()) {
            statement.execute("pragma secure_delete = 1");
        } catch (SQLException problem) {
            throw new LedgerUnavailableException(problem);
        } finally {
            writerLock.unlock();
        }
    }

    /** How many records ended in which way since this process began. */
    public OutcomeCounts outcomes() {
        return outcomes;
    }

    /** Why the last change was not taken; null where it was. */
    public String failure() {
        return failure;
    }

    /** As {@link #write(Function)}, for work without a result. */
    public void update(Consumer<Handle> work) {
        write(handle -> {
            work.accept(handle);
            return null;
        });
    }

    /** Runs work on a reader; it sees the last commit. */
    public <T> T read(Function<Handle, T> work) {
        try {
            return reader.withHandle(work::apply);
        } catch (org.jdbi.v3.core.JdbiException problem) {
            throw new LedgerUnavailableException(problem);
        }
    }

    @Override
    public void close() {
        readerPool.close();
        writerLock.lock(false);
        try {
            writerConnection.close();
        } catch (SQLException problem) {
            throw new LedgerUnavailableException(problem);
        } finally {
            writerLock.unlock();
        }
        if (statements != null) {
            statements.write();
        }
    }

    /**
     * Takes a block of growing ids.
     *
     * @return the first of {@code count} ids
     */
    static long nextIds(Handle handle, String sequence, long count) {
        long next = handle.createQuery("insert into sequence (name, next) values (:name, 1 + :count) "
                        + "on conflict (name) do update set next = sequence.next + :count returning next")
                .bind("name", sequence)
                .bind("count", count)
                .mapTo(Long.class)
                .one();
        return next - count;
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
