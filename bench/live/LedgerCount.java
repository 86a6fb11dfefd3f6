import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Counts the records that the ledger of a running service has got since; only reads. */
final class LedgerCount implements AutoCloseable {
    private final Connection ledger;
    private final PreparedStatement count;

    LedgerCount(Path file) throws SQLException {
        ledger = DriverManager.getConnection("jdbc:sqlite:file:" + file + "?mode=ro");
        count = ledger.prepareStatement("select count(*) from record where id > ?");
        try (Statement last = ledger.createStatement();
                ResultSet row = last.executeQuery("select coalesce(max(id), 0) from record")) {
            row.next();
            count.setLong(1, row.getLong(1));
        }
    }

    long records() throws SQLException {
        try (ResultSet row = count.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void close() throws SQLException {
        ledger.close();
    }
}
