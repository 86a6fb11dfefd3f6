package dev.posbridge.ledger.store;

import dev.posbridge.ConfigurationException;
import dev.posbridge.harness.Failpoint;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * The tables of a ledger that is carried from a file to a server: row by row, some thousands in a transaction, which also
 * says how many came. Both sides give their rows in the order of their keys, so a number is all that has to be remembered.
 */
final class Tables {
    private static final int ROWS = 20_000;
    private static final long BYTES = 16L << 20;
    private static final int AT_ONCE = 256;

    private final Connection file;
    private final Connection server;

    /**
     * One of them.
     *
     * @param columns in the server's order
     * @param order of its rows, the same on both sides but for the row's own address
     * @param counter whether the server gives its ids
     */
    record Table(String name, List<String> columns, List<String> types, String order, boolean counter) {
        String list() {
            return String.join(", ", columns);
        }
    }

    /** What one side holds of a table; equal where the rows are. */
    record Sum(long rows, long digest) {}

    Tables(Connection file, Connection server) {
        this.file = file;
        this.server = server;
    }

    /** Those that the file has, in the order in which they were made: one refers to others before it only. */
    List<Table> all() throws SQLException {
        List<Table> tables = new ArrayList<>();
        for (String name : texts(
                file,
                "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' and name not in "
                        + "('flyway_schema_history', '" + Moving.SEAL + "') order by rowid",
                null)) {
            tables.add(table(name));
        }
        return tables;
    }

    private Table table(String name) throws SQLException {
        String columns = "select column_name from information_schema.columns where table_schema = current_schema() and "
                + "table_name = ? order by ordinal_position";
        List<String> here = texts(file, "select name from pragma_table_info(?) order by name", name);
        List<String> there = texts(server, columns, name);
        if (!here.equals(there.stream().sorted().toList())) {
            throw new ConfigurationException("table " + name + ": found columns " + there + " on the server, expected "
                    + here + ". Use the Posbridge that wrote the ledger.");
        }
        List<String> types = texts(server, columns.replace("select column_name", "select data_type"), name);
        List<String> keys = texts(file, "select name from pragma_table_info(?) where pk > 0 order by pk", name);
        boolean counter = texts(
                        server,
                        "select column_name from information_schema.columns where table_schema = current_schema() and "
                                + "table_name = ? and is_identity = 'YES'",
                        name)
                .contains("id");
        return new Table(name, there, types, String.join(", ", keys), counter);
    }

    private static List<String> texts(Connection connection, String sql, String bound) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            if (bound != null) {
                statement.setString(1, bound);
            }
            List<String> texts = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    texts.add(rows.getString(1));
                }
            }
            return texts;
        }
    }

    /**
     * Carries over what did not come yet.
     *
     * @param carried is told how many rows came, after each transaction
     */
    void carry(Table table, LongConsumer carried) throws SQLException {
        long done = rowsCarried(table);
        String order = table.order().isEmpty() ? "rowid" : table.order();
        try (PreparedStatement select = file.prepareStatement("select " + table.list() + " from " + table.name()
                + " order by " + order + " limit -1 offset " + done)) {
            select.setFetchSize(AT_ONCE);
            try (ResultSet rows = select.executeQuery()) {
                boolean more = rows.next();
                while (more) {
                    long before = done;
                    CopyIn copy = server.unwrap(PGConnection.class)
                            .getCopyAPI()
                            .copyIn("copy " + table.name() + " (" + table.list() + ") from stdin binary");
                    RowBytes bytes = new RowBytes(copy, table);
                    do {
                        bytes.add(rows);
                        done++;
                        more = rows.next();
                    } while (more && done - before < ROWS && bytes.written() < BYTES);
                    bytes.end();
                    noteCarried(table, done);
                    server.commit();
                    carried.accept(done - before);
                    Failpoint.AFTER_CARRYING.reach();
                }
            }
        }
        if (table.counter()) {
            goOnCounting(table);
        }
    }

    private long rowsCarried(Table table) throws SQLException {
        List<String> done = texts(server, "select rows from moving_table where name = ?", table.name());
        return done.isEmpty() ? 0 : Long.parseLong(done.get(0));
    }

    private void noteCarried(Table table, long rows) throws SQLException {
        try (PreparedStatement note = server.prepareStatement("insert into moving_table (name, rows) values (?, ?) "
                + "on conflict (name) do update set rows = excluded.rows")) {
            note.setString(1, table.name());
            note.setLong(2, rows);
            note.executeUpdate();
        }
    }

    /** The server's next id is one that was never used, as the file's would be. */
    private void goOnCounting(Table table) throws SQLException {
        long used = number(file, "select coalesce(max(id), 0) from " + table.name());
        if (number(file, "select count(*) from sqlite_schema where name = 'sqlite_sequence'") > 0) {
            used = Math.max(
                    used,
                    number(
                            file,
                            "select coalesce(max(seq), 0) from sqlite_sequence where name = '" + table.name() + "'"));
        }
        try (Statement next = server.createStatement()) {
            next.execute(
                    "select setval(pg_get_serial_sequence('" + table.name() + "', 'id'), " + (used + 1) + ", false)");
        }
        server.commit();
    }

    long rowsInFile(Table table) throws SQLException {
        return number(file, "select count(*) from " + table.name());
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    Sum inFile(Table table) throws SQLException {
        return sum(file, table);
    }

    Sum onServer(Table table) throws SQLException {
        return sum(server, table);
    }

    private static Sum sum(Connection connection, Table table) throws SQLException {
        RowBytes bytes = new RowBytes(null, table);
        long rows = 0;
        long digest = 0;
        try (Statement select = connection.createStatement()) {
            select.setFetchSize(AT_ONCE);
            try (ResultSet all = select.executeQuery("select " + table.list() + " from " + table.name())) {
                while (all.next()) {
                    rows++;
                    // A sum: the order in which the sides give their rows says nothing.
                    digest += bytes.digest(all);
                }
            }
        }
        return new Sum(rows, digest);
    }
}
