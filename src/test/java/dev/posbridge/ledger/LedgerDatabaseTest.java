package dev.posbridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which commits wait for the disk. */
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

    private static int synchronous(Handle handle) {
        return handle.select("pragma synchronous").mapTo(Integer.class).one();
    }
}
