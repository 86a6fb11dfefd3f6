package dev.posbridge.ledger.store;

import dev.posbridge.ConfigurationException;
import dev.posbridge.ShellWord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.sqlite.SQLiteConfig;

/**
 * A ledger on its way from a file to a server. The file is sealed first, so that nobody sends from it any more, and the
 * server's tables say that they are not complete, so that nobody sends from those yet; both seals carry one word, by which an
 * interrupted move goes on. Used by one thread, of the process that holds the data folder.
 */
public final class Moving implements AutoCloseable {
    static final String SEAL = "moved";
    static final String UNFINISHED = "moving";
    private static final String ABANDONED = "abandoned";

    private final Path path;
    private final LedgerAddress target;
    private final Connection file;
    private final Connection server;
    private final Tables tables;
    private final boolean ended;

    private Moving(Path path, LedgerAddress target, Connection file, Connection server, boolean ended)
            throws SQLException {
        this.path = path;
        this.target = target;
        this.file = file;
        this.server = server;
        this.tables = new Tables(file, server);
        this.ended = ended;
    }

    /**
     * Begins, or goes on with what was interrupted.
     *
     * @param path of a ledger in a file
     * @param target has no ledger, or what came of this one
     * @throws ConfigurationException where it has another ledger
     */
    public static Moving begin(Path path, LedgerAddress target, int layout) {
        try {
            Optional<String> earlier = seal(path);
            if (earlier.isEmpty()) {
                // Written by an earlier Posbridge, it gets the layout of this one first.
                SqliteStore.open(path, layout).close();
            }
            PostgresStore.prepare(target, layout);
            Connection server = PostgresStore.connection(target);
            Connection file = null;
            try {
                file = file(path);
                boolean ended = agree(path, file, server, target, earlier);
                lock(file);
                return new Moving(path, target, file, server, ended);
            } catch (SQLException | RuntimeException problem) {
                server.close();
                if (file != null) {
                    file.close();
                }
                throw problem;
            }
        } catch (SQLException problem) {
            throw failed(path, target, problem);
        }
    }

    /** What moves the ledger of a file there. */
    public static String command(Path path, LedgerAddress target) {
        return command(path, target.toString()) + (target.user() == null ? "" : " --user " + target.user());
    }

    private static String command(Path path, String target) {
        return "posbridge --data-dir " + ShellWord.of(path.getParent()) + " ledger move --to " + ShellWord.of(target);
    }

    private static ConfigurationException failed(Path path, LedgerAddress target, SQLException problem) {
        return new ConfigurationException(
                path + ": the ledger cannot be moved to " + target + " (" + problem.getMessage()
                        + "). Nothing is lost, and nobody sends meanwhile. Run the same command again, it goes on where it was.",
                problem);
    }

    private static Connection file(Path path) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(dev.posbridge.harness.Harness.lockPatienceMillis());
        return config.createConnection("jdbc:sqlite:" + path);
    }

    /** @return the word of a move that was begun */
    private static Optional<String> seal(Path path) throws SQLException {
        try (Connection file = file(path)) {
            return has(file, "select 1 from sqlite_schema where name = '" + SEAL + "'")
                    ? Optional.of(text(file, "select word from " + SEAL))
                    : Optional.empty();
        }
    }

    /** Refuses a ledger that was carried to a server, or is on its way there. */
    static void requireUnsealed(Path path, Connection file) throws SQLException {
        if (has(file, "select 1 from sqlite_schema where name = '" + SEAL + "'")) {
            String to = text(file, "select target from " + SEAL);
            throw new ConfigurationException(path + ": found a ledger that was moved to " + to
                    + ", or is on its way there, expected one that is used. Set posbridge.ledger.url = " + to
                    + "; if the move was interrupted, run it again: " + command(path, to));
        }
    }

    /**
     * Refuses a server where the data folder has a ledger that was not moved: what that knows would be sent again, and what
     * waits in it never.
     */
    static void requireNothingLeftBehind(LedgerAddress server) {
        Path path = server.file();
        if (path == null || !Files.isRegularFile(path)) {
            return;
        }
        try (Connection file = file(path)) {
            if (has(file, "select 1 from sqlite_schema where name = 'account'")
                    && has(file, "select 1 from account")
                    && !has(file, "select 1 from sqlite_schema where name = '" + SEAL + "'")) {
                throw new ConfigurationException(path + ": found a ledger that is in use, expected none beside "
                        + server + ": what it knows would be sent again. Move it: " + command(path, server)
                        + "; or put it away, where all of it is to be forgotten");
            }
        } catch (SQLException problem) {
            throw new ConfigurationException(
                    path + ": cannot be read as a ledger (" + problem.getMessage() + "), expected none beside " + server
                            + ". Put it away.",
                    problem);
        }
    }

    /** Refuses tables that a move has not filled yet. */
    static void requireComplete(LedgerAddress address, Connection server) throws SQLException {
        if (isUnfinished(server)) {
            String from = text(server, "select origin from " + UNFINISHED);
            throw new ConfigurationException(address + ": found a ledger that is being moved here from " + from
                    + ", expected a whole one. Finish it on that machine: " + command(Path.of(from), address)
                    + ". If it was given up, make a new database.");
        }
    }

    private static boolean isUnfinished(Connection server) throws SQLException {
        return has(server, "select 1 where to_regclass('" + UNFINISHED + "') is not null");
    }

    /** @return whether all is there already */
    private static boolean agree(
            Path path, Connection file, Connection server, LedgerAddress target, Optional<String> earlier)
            throws SQLException {
        if (!has(file, "select 1 from account")) {
            throw new ConfigurationException(path
                    + ": is a ledger that nobody has used yet, there is nothing to move. Set posbridge.ledger.url and begin"
                    + " with an empty one.");
        }
        PostgresStore.lockWriting(server);
        boolean unfinished = isUnfinished(server);
        if (unfinished) {
            String word = text(server, "select word from " + UNFINISHED);
            if (earlier.isEmpty() || !word.equals(earlier.get())) {
                throw new ConfigurationException(target + ": found a part of "
                        + text(server, "select origin from " + UNFINISHED)
                        + (word.equals(ABANDONED) ? ", whose move was given up" : ", which is being moved here")
                        + ", expected an empty database. Make a new one, and name it with --to.");
            }
        } else if (has(server, "select 1 from account")) {
            if (earlier.isPresent() && seed(server) == seed(file)) {
                server.rollback();
                return true;
            }
            throw new ConfigurationException(target + ": found the ledger of account \""
                    + text(server, "select name from account")
                    + "\", expected an empty database. Make a new one, and name it with --to.");
        }
        requireSameTarget(path, file, target, earlier);
        String word = earlier.orElseGet(() -> UUID.randomUUID().toString());
        if (earlier.isEmpty()) {
            seal(file, target, word);
        }
        if (!unfinished) {
            execute(server, "create table " + UNFINISHED + " (word text not null, origin text not null)");
            execute(server, "create table moving_table (name text primary key, rows bigint not null)");
            insert(server, UNFINISHED + " (word, origin)", word, path.toString());
        }
        server.commit();
        return false;
    }

    private static void requireSameTarget(Path path, Connection file, LedgerAddress target, Optional<String> earlier)
            throws SQLException {
        if (earlier.isPresent()) {
            String before = text(file, "select target from " + SEAL);
            if (!before.equals(target.toString())) {
                throw new ConfigurationException(path + ": its move to " + before + " was begun, found --to " + target
                        + ". Finish it: " + command(path, before) + "; or give it up first: " + command(path, before)
                        + " --abandon");
            }
        }
    }

    private static void seal(Connection file, LedgerAddress target, String word) throws SQLException {
        execute(file, "begin immediate");
        execute(file, "create table " + SEAL + " (target text not null, word text not null)");
        insert(file, SEAL + " (target, word)", target.toString(), word);
        execute(file, "commit");
    }

    /** Whoever had the file open before it was sealed changes nothing either. */
    private static void lock(Connection file) throws SQLException {
        execute(file, "begin immediate");
    }

    /** Whether an earlier run carried everything. */
    public boolean hasEnded() {
        return ended;
    }

    /** Rows that there are to carry. */
    public long rows() {
        try {
            long rows = 0;
            for (Tables.Table table : tables.all()) {
                rows += tables.rowsInFile(table);
            }
            return rows;
        } catch (SQLException problem) {
            throw failed(path, target, problem);
        }
    }

    /**
     * Carries everything over that did not come yet.
     *
     * @param carried is told how many rows came, some thousands at a time
     */
    public void carry(LongConsumer carried) {
        try {
            execute(server, "set synchronous_commit = off");
            server.commit();
            for (Tables.Table table : tables.all()) {
                tables.carry(table, carried);
            }
            server.setAutoCommit(true);
            execute(server, "set synchronous_commit = on");
            execute(server, "analyze");
            server.setAutoCommit(false);
        } catch (SQLException problem) {
            throw failed(path, target, problem);
        }
    }

    /**
     * Compares every row of both sides.
     *
     * @return how many tables there are
     * @throws ConfigurationException where they differ
     */
    public int compare() {
        try {
            List<Tables.Table> all = tables.all();
            for (Tables.Table table : all) {
                Tables.Sum here = tables.inFile(table);
                Tables.Sum there = tables.onServer(table);
                if (!here.equals(there)) {
                    throw new ConfigurationException(target + ": table " + table.name() + ": found " + there.rows()
                            + " rows that differ from the " + here.rows() + " of " + path
                            + ". Give this move up (" + command(path, target)
                            + " --abandon), make a new database, and move again.");
                }
            }
            server.commit();
            return all.size();
        } catch (SQLException problem) {
            throw failed(path, target, problem);
        }
    }

    /** From now on nodes may use what is on the server. */
    public void end() {
        try {
            execute(server, "drop table moving_table, " + UNFINISHED);
            server.commit();
        } catch (SQLException problem) {
            throw failed(path, target, problem);
        }
    }

    /**
     * Gives a move up that has not ended: the file is used as before, the server's tables never. What another ledger has there
     * by now is left alone.
     *
     * @return whether there are tables on the server of which nobody has any use
     * @throws ConfigurationException where it ended, or none was begun
     */
    public static boolean abandon(Path path, LedgerAddress target) {
        try (Connection file = file(path);
                Connection server = PostgresStore.connection(target)) {
            Optional<String> word = seal(path);
            if (word.isEmpty()) {
                throw new ConfigurationException(path + ": no move of it was begun, there is nothing to give up.");
            }
            requireSameTarget(path, file, target, word);
            boolean begun = isUnfinished(server) && word.get().equals(text(server, "select word from " + UNFINISHED));
            if (begun) {
                execute(server, "update " + UNFINISHED + " set word = '" + ABANDONED + "'");
                server.commit();
            } else if (has(server, "select 1 where to_regclass('account') is not null")
                    && has(server, "select 1 from account where seed = " + seed(file))
                    && !isUnfinished(server)) {
                throw new ConfigurationException(
                        target + ": the move has ended, and nodes may have sent from there since."
                                + " Go on from there: set posbridge.ledger.url = " + target);
            }
            execute(file, "drop table " + SEAL);
            return begun;
        } catch (SQLException problem) {
            throw new ConfigurationException(
                    path + ": its move to " + target + " cannot be given up (" + problem.getMessage()
                            + "). Nothing was changed. Let us into that database; if it was dropped, make an empty one of its name.",
                    problem);
        }
    }

    private static long seed(Connection connection) throws SQLException {
        return Long.parseLong(text(connection, "select seed from account"));
    }

    private static boolean has(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next();
        }
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : "";
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void insert(Connection connection, String into, String one, String two) throws SQLException {
        try (PreparedStatement row = connection.prepareStatement("insert into " + into + " values (?, ?)")) {
            row.setString(1, one);
            row.setString(2, two);
            row.executeUpdate();
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            file.close();
        } catch (SQLException problem) {
            throw failed(path, target, problem);
        }
    }
}
