package dev.posbridge.ledger.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.IdentityHashMap;
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
    /** What each was made of: who closes one names the text before Jdbi put its own marks in. */
    private final Map<Statement, String> texts = new IdentityHashMap<>();

    @Override
    public PreparedStatement create(Connection connection, String sql, StatementContext context) throws SQLException {
        // Taken out while it is in use: the same text may be run within itself.
        PreparedStatement kept = free.remove(sql);
        PreparedStatement used = kept == null ? super.create(connection, sql, context) : kept;
        texts.put(used, sql);
        return used;
    }

    @Override
    public void close(Connection connection, String sql, Statement used) throws SQLException {
        String text = texts.remove(used);
        if (text == null || used.isClosed() || free.containsKey(text)) {
            used.close();
            return;
        }
        PreparedStatement statement = (PreparedStatement) used;
        statement.clearParameters();
        free.put(text, statement);
        if (free.size() > MOST) {
            Iterator<PreparedStatement> oldest = free.values().iterator();
            oldest.next().close();
            oldest.remove();
        }
    }
}
