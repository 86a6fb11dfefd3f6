package dev.posbridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posbridge.ConfigurationException;
import dev.posbridge.ledger.store.LedgerAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which commits wait for the disk, and how a ledger says which version it has. */
class LedgerDatabaseTest {
    private static final int NORMAL = 1;
    private static final int FULL = 2;

    private LedgerDatabase database;

    @BeforeEach
    void open(@TempDir Path folder) {
        database = LedgerDatabase.open(folder.resolve("ledger.db"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void forcesEveryCommitButLightOnes() {
        assertThat(database.write(LedgerDatabaseTest::synchronous)).isEqualTo(FULL);
        assertThat(database.writeLightly(LedgerDatabaseTest::synchronous)).isEqualTo(NORMAL);
        assertThat(database.write(LedgerDatabaseTest::synchronous)).isEqualTo(FULL);
    }

    @Test
    void forcesTheNextCommitAfterALightOneThatFailed() {
        assertThatThrownBy(() -> database.writeLightly(handle -> {
                    throw new IllegalStateException("work failed");
                }))
                .hasMessage("work failed");

        assertThat(database.write(LedgerDatabaseTest::synchronous)).isEqualTo(FULL);
        assertThat(database.urgent().write(LedgerDatabaseTest::synchronous)).isEqualTo(FULL);
    }

    @Test
    void hasTheLayoutThatItsOnlyScriptWrites() throws IOException {
        try (Stream<Path> migrations = Files.list(Path.of("src/main/resources/db/ledger"))) {
            assertThat(migrations.map(file -> file.getFileName().toString())).containsExactly("V1__ledger.sql");
        }
        int written = database.write(handle ->
                handle.select("pragma user_version").mapTo(Integer.class).one());
        assertThat(written).isEqualTo(LedgerDatabase.VERSION);
    }

    @Test
    void refusesALedgerOfAnEarlierLayoutByName(@TempDir Path other) {
        Path file = other.resolve("ledger.db");
        LedgerDatabase.open(file).close();
        Jdbi.create("jdbc:sqlite:" + file).useHandle(handle -> handle.execute("pragma user_version = 1"));

        for (Function<LedgerAddress, LedgerDatabase> way : List.<Function<LedgerAddress, LedgerDatabase>>of(
                LedgerDatabase::open, LedgerDatabase::openExisting, LedgerDatabase::openToRead)) {
            assertThatThrownBy(() -> way.apply(LedgerAddress.ofFile(file)))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessage(file + ": found a ledger of layout 1, expected layout " + LedgerDatabase.VERSION
                            + ". Open it with the Posbridge that wrote it, or name another folder with --data-dir.");
        }
    }

    @Test
    void refusesALedgerThatANewerPosbridgeWrote(@TempDir Path other) {
        Path file = other.resolve("ledger.db");
        LedgerDatabase.open(file).close();
        int newer = LedgerDatabase.VERSION + 1;
        Jdbi.create("jdbc:sqlite:" + file).useHandle(handle -> handle.execute("pragma user_version = " + newer));

        assertThatThrownBy(() -> LedgerDatabase.open(file))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(file + ": found a ledger of layout " + newer + ", which a newer Posbridge wrote, expected"
                        + " layout " + LedgerDatabase.VERSION
                        + ". Open it with the Posbridge that wrote it, or name another folder with --data-dir.");
    }

    private static int synchronous(Handle handle) {
        return handle.select("pragma synchronous").mapTo(Integer.class).one();
    }
}
