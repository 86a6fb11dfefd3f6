package dev.posbridge.ledger.store;

import dev.posbridge.ConfigurationException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * What a server says of itself to whoever wants to know whether a ledger can lie there.
 *
 * @param version such as 15.8
 * @param database its name there, with user as whom we were let in
 * @param schema where the tables are, or would be made; null where the user may use none
 * @param mayCreate whether the user may make tables there
 * @param isReadOnly as a standby is
 * @param tls protocol, null where what we say can be read on its way
 * @param isVerified whether the driver looks whose server it is
 * @param isHere whether the server's name is one of this machine
 * @param ahead by how much this machine's clock is before the server's
 * @param connections that are open now, of all its databases, with the one that asked
 * @param mostConnections for users who are not its superuser
 * @param layout of the ledger, 0 where there is none yet
 */
public record ServerFacts(
        String version,
        String database,
        String user,
        String schema,
        boolean mayCreate,
        boolean isReadOnly,
        String tls,
        boolean isVerified,
        boolean isHere,
        Duration ahead,
        int connections,
        int mostConnections,
        int layout) {

    private static final String FACTS = "select current_setting('server_version'), current_database(), current_user, "
            + "current_schema(), coalesce(has_schema_privilege(current_schema(), 'create'), false), "
            + "pg_is_in_recovery() or current_setting('default_transaction_read_only') = 'on', "
            + "(select version from pg_stat_ssl where pid = pg_backend_pid()), "
            + "(select sum(numbackends) from pg_stat_database), current_setting('max_connections')::int "
            + "- current_setting('superuser_reserved_connections')::int "
            + "- coalesce(current_setting('reserved_connections', true)::int, 0)";

    /**
     * Asks, and changes nothing.
     *
     * @param layout that is expected
     * @throws ConfigurationException where the server does not let us in, or has a ledger that this Posbridge cannot use
     */
    public static ServerFacts of(LedgerAddress address, int layout) {
        PGSimpleDataSource source = PostgresStore.source(address);
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(FACTS)) {
            row.next();
            return new ServerFacts(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getBoolean(5),
                    row.getBoolean(6),
                    row.getString(7),
                    "verify-full".equals(source.getSslMode()),
                    Stream.of(source.getServerNames()).allMatch(ServerFacts::isHere),
                    ahead(connection),
                    row.getInt(8),
                    row.getInt(9),
                    PostgresStore.layout(address, layout));
        } catch (SQLException problem) {
            throw PostgresStore.unavailable(address, problem);
        }
    }

    private static boolean isHere(String server) {
        try {
            return InetAddress.getByName(server).isLoopbackAddress();
        } catch (UnknownHostException elsewhere) {
            return false;
        }
    }

    /** By how much this machine's clock is before the server's. */
    public static Duration ahead(Connection connection) throws SQLException {
        long before = System.currentTimeMillis();
        try (Statement statement = connection.createStatement();
                ResultSet now = statement.executeQuery("select extract(epoch from clock_timestamp()) * 1000")) {
            now.next();
            // The answer was on its way: the middle of both looks is when it was true.
            long middle = before + (System.currentTimeMillis() - before) / 2;
            return Duration.ofMillis(middle - now.getBigDecimal(1).longValue());
        }
    }
}
