package dev.posbridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posbridge.LedgerUnavailableException;
import dev.posbridge.ledger.store.LedgerAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A PostgreSQL server that ends our connections in the middle of the work, as it does when it is restarted. */
class CutConnectionsTest {
    private static final int CHANGES = 300;
    private static final int CUTS = 3;
    private static final Duration MOST = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    @Test
    void goesOnOverNewConnectionsAndKnowsByItsKeyWhetherAChangeWasMade() throws Exception {
        LedgerAddress address = TestLedgers.onPostgres(folder.resolve("ledger.db"));
        try (LedgerDatabase database = LedgerDatabase.open(address)) {
            long longest = 0;
            for (int change = 0; change < CHANGES; change++) {
                if (change % (CHANGES / CUTS) == CHANGES / CUTS / 2) {
                    cut(address);
                }
                longest = Math.max(longest, untilMade(database, "change-" + change));
            }

            assertThat(made(database)).isEqualTo(CHANGES);
            assertThat(Duration.ofNanos(longest)).isLessThan(MOST);
        }
    }

    /** Once more until it stands there: what was in doubt is looked up, and not made twice. */
    private static long untilMade(LedgerDatabase database, String name) {
        long began = System.nanoTime();
        while (System.nanoTime() - began < MOST.toNanos()) {
            try {
                database.update(handle -> FileBook.identity(handle, name));
                return System.nanoTime() - began;
            } catch (LedgerUnavailableException cut) {
                assertThat(database.failure()).isNotNull();
            }
        }
        throw new AssertionError(name + " was not made within " + MOST);
    }

    /** A connection that was used a moment before the cut is not looked at again, and fails once. */
    private static long made(LedgerDatabase database) {
        long began = System.nanoTime();
        while (System.nanoTime() - began < MOST.toNanos()) {
            try {
                return database.read(handle -> handle.select("select count(*) from identity where name like 'change-%'")
                        .mapTo(Long.class)
                        .one());
            } catch (LedgerUnavailableException cut) {
                assertThat(cut).hasMessageStartingWith("The ledger ");
            }
        }
        throw new AssertionError("nothing was read within " + MOST);
    }

    private static void cut(LedgerAddress address) throws Exception {
        try (Connection connection = DriverManager.getConnection(address.url(), address.user(), null);
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() "
                            + "and application_name = 'posbridge'");
        }
    }
}
