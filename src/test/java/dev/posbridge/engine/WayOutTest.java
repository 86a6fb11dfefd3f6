package dev.posbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.posbridge.ledger.HealthBook.State;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gameball by TLS under a certificate of the house, behind a proxy that asks who calls. */
class WayOutTest {
    @TempDir
    private Path folder;

    private EngineFixture engine;
    private GuardedGameball gameball;

    @BeforeEach
    void start() throws Exception {
        engine = EngineFixture.in(folder);
        gameball = GuardedGameball.before(engine.sandbox().uri(), folder);
        engine.set("posbridge.gameball.url", "https://" + GuardedGameball.HOST)
                .set("posbridge.gameball.api-key", "gb_test_key")
                .set("posbridge.gameball.secret-key", "secret")
                .set("posbridge.gameball.proxy", gameball.proxy())
                .set("posbridge.gameball.proxy-user", GuardedGameball.USER)
                .set("posbridge.gameball.proxy-password", GuardedGameball.PASSWORD)
                .set(
                        "posbridge.gameball.authorities-file",
                        gameball.certificate().toString());
    }

    @AfterEach
    void close() {
        engine.close();
        gameball.close();
    }

    @Test
    void deliversThroughAProxyToAServerThatOurOwnAuthorityVouchesFor() {
        engine.start().ingest("night.csv", Till.sale("1", "ann", "10.00"), Till.sale("2", "bob", "5.00"));
        engine.awaitSettled().assertEqualBooks();

        assertThat(engine.held().orders()).isEqualTo(2);
        assertThat(gameball.asked()).isNotEmpty().containsOnly(GuardedGameball.HOST + ":443");
    }

    @Test
    void tellsAlarmsByTheSameWayUnlessTheWebhookStandsInside() throws Exception {
        engine.set("posbridge.alarms.webhook", "https://" + GuardedGameball.HOST + "/hook")
                .set("posbridge.alarms.after", "0s")
                .start(Engine.Mode.SERVICE);
        engine.ingest("night.csv", Till.sale("1", "ann", "10.00"), Till.sale("2", "ann", "no money"));
        engine.awaitSettled();
        // The sandbox behind it has no such path: that it answers tells that it was reached.
        await().until(() -> engine.engine().health().reported().stream()
                .anyMatch(concern -> concern.message().matches(".*" + GuardedGameball.HOST + " answers 40[45]\\..*")));
        engine.stop();

        engine.set("posbridge.alarms.proxy", "none").start(Engine.Mode.SERVICE);
        await().until(() -> engine.engine().health().reported().stream()
                .anyMatch(concern -> concern.message().contains(GuardedGameball.HOST + " does not answer")));
    }

    @Test
    void sendsNothingToAServerThatNobodyVouchesFor() throws Exception {
        engine.without("posbridge.gameball.authorities-file").start(Engine.Mode.SERVICE);
        Files.createDirectories(folder.resolve("inbox").resolve(EngineFixture.VENDOR));
        Files.writeString(
                folder.resolve("inbox").resolve(EngineFixture.VENDOR).resolve("night.csv"),
                Till.file(Till.sale("1", "ann", "10.00")));

        await().until(() -> engine.engine().health().reported().stream()
                .anyMatch(concern -> concern.name().equals("gameball") && concern.state() == State.RED));
        assertThat(engine.held().orders()).isZero();
        assertThat(engine.records()).hasSize(1).noneMatch(sale -> sale.endsWith("delivered"));
    }
}
