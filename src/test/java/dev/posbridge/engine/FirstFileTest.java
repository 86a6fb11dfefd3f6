package dev.posbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.posbridge.ledger.Backlog;
import dev.posbridge.ledger.BacklogBook;
import dev.posbridge.ledger.FileReport;
import dev.posbridge.ledger.FileState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstFileTest {
    @TempDir
    private Path folder;

    @Test
    void holdsTheFirstFileThatAnInboxBringsForALiveAccountAndNoneOnceOneWasNamed() {
        try (EngineFixture engine = EngineFixture.in(folder)
                .set("posbridge.account.environment", "live")
                .start(Engine.Mode.SERVICE)) {
            engine.drop("first.csv", Till.sale("R1", "ann", "10.00"));
            await().until(() ->
                    engine.files().size() == 1 && engine.files().get(0).state() == FileState.HELD);

            FileReport held = engine.files().get(0);
            assertThat(held.reason()).isEqualTo("first-of-profile");
            assertThat(held.message())
                    .isEqualTo(
                            "first.csv: the first file by the new profile config/vendors/generic-csv.yaml, expected that "
                                    + "a person looks at one before any earns. Look at what the profile makes of it; then release "
                                    + "or reject it.");
            assertThat(held.outcomes().of("held").records()).isEqualTo(1);
            assertThat(engine.sandbox().book().orders()).isEmpty();
            Backlog backlog = new BacklogBook(engine.engine().ledger().database()).now();
            assertThat(backlog.held()).isEqualTo(Map.of("generic-csv", 1L));
            assertThat(backlog.heldFiles()).isEqualTo(1);
            await().untilAsserted(() -> assertThat(Path.of(engine.files().get(0).path()))
                    .startsWith(folder.resolve("data/held"))
                    .satisfies(Files::isRegularFile));

            engine.ingestAndSettle("named.csv", Till.sale("R2", "ann", "10.00"));
            engine.drop("second.csv", Till.sale("R3", "ann", "10.00"));
            await().until(() -> engine.sandbox().book().orders().size() == 2);
        }
    }

    @Test
    void takesTheFirstFileForATestAccount() {
        try (EngineFixture engine = EngineFixture.in(folder).start(Engine.Mode.SERVICE)) {
            engine.drop("first.csv", Till.sale("R1", "ann", "10.00"));
            await().until(() -> engine.sandbox().book().orders().size() == 1);
        }
    }
}
