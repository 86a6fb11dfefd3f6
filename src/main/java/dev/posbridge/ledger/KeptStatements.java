package dev.posbridge.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.statement.DefaultStatementBuilder;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Keeps the prepared statements of one connection for the next time: SQLite takes longer to prepare a small one than to
 * run it. Those used longest ago are closed. For one thread at a time, as the connection is.
 */
final class KeptStatements extends DefaultStatementBuilder {
    private static final int MOST = 64;

    private final Map<String, PreparedStatement> free = new LinkedHashMap<>();

    @Override
    public PreparedStatement create(Connection connection, String sql, StatementContext context) throws SQLException {
        // Taken out while it is in use: the same text may be run within itself.
        PreparedStatement kept = free.remove(sql);
        return kept == null ? super.create(connection, sql, context) : kept;
    }

    @Override
    public void close(Connection connection, String sql, Statement used) throws SQLException {
        if (!(used instanceof PreparedStatement statement) || statement.isClosed() || free.containsKey(sql)) {
            used.close();
            return;
        }
        statement.clearParameters();
        free.put(sql, statement);
        if (free.size() > MOST) {
            Iterator<PreparedStatement> oldest = free.values().iterator();
            oldest.next().close();
            oldest.remove();
        }
    }
}
