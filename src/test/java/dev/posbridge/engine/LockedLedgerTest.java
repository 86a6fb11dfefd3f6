package dev.posbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.posbridge.LedgerUnavailableException;
import dev.posbridge.NoRoomException;
import dev.posbridge.engine.FaultyNetwork.Fault;
import dev.posbridge.engine.FaultyNetwork.Trouble;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody else has the ledger locked for longer than we wait: nothing is acknowledged, and all goes on afterwards. */
class LockedLedgerTest {
    private EngineFixture engine;
    private FaultyNetwork network;
    private Connection somebody;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException, SQLException {
        System.setProperty("posbridge.lock-patience-millis", "300");
        engine = EngineFixture.in(folder);
        network = FaultyNetwork.before(engine.sandbox().uri());
        engine.set("posbridge.gameball.url", network.uri())
                .set("posbridge.gameball.answer-timeout", "30s")
                .start(Engine.Mode.SERVICE);
        somebody = DriverManager.getConnection(
                "jdbc:sqlite:" + engine.settings().folders().ledger());
    }

    @AfterEach
    void close() throws IOException, SQLException {
        System.clearProperty("posbridge.lock-patience-millis");
        somebody.close();
        engine.close();
        network.close();
    }

    @Test
    void keepsAFileInItsInboxWhileTheLedgerIsLockedAndTakesItAfterwards() throws SQLException {
        say("begin immediate");
        engine.drop("1.csv", Till.sale("R1", "ann", "10.00"));
        Path other = engine.write("2.csv", Till.sale("R2", "ann", "5.00"));
        assertThat(catchThrowable(() -> engine.engine().ingest(other, EngineFixture.VENDOR)))
                .as("by the ledger, or already by whoever waits since the inbox's file was not taken")
                .isInstanceOfAny(LedgerUnavailableException.class, NoRoomException.class);
        assertThat(engine.folder().resolve("inbox/generic-csv/1.csv")).exists();
        say("rollback");

        await().until(() -> engine.held().orders() == 1);
        engine.awaitSettled().assertEqualBooks();
        assertThat(engine.records()).containsExactly("sale R1 delivered");
    }

    @Test
    void asksAboutASaleWhoseOutcomeCouldNotBeWritten() throws SQLException {
        Trouble call = network.next(Fault.HOLD_ANSWER, "orders ", 0);
        engine.drop("1.csv", Till.sale("R1", "ann", "10.00"), Till.sale("R2", "ann", "5.00"));
        await().until(() -> engine.held().orders() == 1);
        say("begin immediate");
        call.end();
        // Whoever writes now waits in the same line, so the outcome was refused by the time this one is.
        for (int attempt = 0; attempt < 3; attempt++) {
            assertThat(catchThrowable(() -> engine.engine().ledger().lanes().settle(List.of(), List.of())))
                    .isInstanceOf(LedgerUnavailableException.class);
        }
        say("rollback");

        await().until(() -> engine.held().orders() == 2);
        engine.awaitSettled().assertEqualBooks();
        assertThat(engine.held().repeatedOrders()).isZero();
        assertThat(engine.records()).containsExactly("sale R1 delivered", "sale R2 delivered");
    }

    private void say(String sql) throws SQLException {
        try (Statement statement = somebody.createStatement()) {
            statement.execute(sql);
        }
    }
}
