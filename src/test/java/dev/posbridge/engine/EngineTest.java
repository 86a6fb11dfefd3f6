package dev.posbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.posbridge.PosbridgeException;
import dev.posbridge.ledger.TestLedgers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineTest {
    @TempDir
    private Path folder;

    @Test
    void deliversWhatAFileHolds() {
        try (EngineFixture engine = EngineFixture.in(folder).start()) {
            engine.ingestAndSettle(
                    "day.csv",
                    Till.sale("R1", "ann", "10.00"),
                    Till.refund("R2", "R1", "ann", "4.00"),
                    Till.customer("bob", "Bob"),
                    Till.event("E1", "bob", "survey"));
            assertThat(engine.records())
                    .containsExactly(
                            "sale R1 delivered", "refund R2 delivered", "customer bob delivered", "event E1 delivered");
            engine.assertEqualBooks();
        }
    }

    @Test
    void putsFilesAwayAndClosesTheDataFolderToOthers() throws IOException {
        try (EngineFixture engine = EngineFixture.in(folder).start(Engine.Mode.SERVICE)) {
            engine.drop("day.csv", Till.sale("R1", "ann", "10.00"));
            engine.write(folder.resolve("inbox/generic-csv/bad.csv"), "no,header\n1,2\n");
            await().until(() -> engine.files().size() == 2);
            engine.awaitSettled();
            await().until(() -> list("inbox/generic-csv").isEmpty());

            assertThat(list("data/rejected/generic-csv")).containsExactly("bad.csv", "bad.csv.reason.txt");
            assertThat(list("data/archive/generic-csv/" + LocalDate.now())).containsExactly("day.csv");
            try (Stream<Path> all = Files.walk(folder.resolve("data"))) {
                assertThat(all.filter(Files::isDirectory)
                                .filter(path -> !path.toString().contains("broker/")))
                        .allSatisfy(path -> assertThat(permissions(path)).isEqualTo("rwx------"));
            }
            try (Stream<Path> ledger = Files.list(folder.resolve("data"))) {
                assertThat(ledger.filter(path -> path.getFileName().toString().startsWith("ledger.db")))
                        .hasSize(TestLedgers.areOnPostgres() ? 0 : 3)
                        .allSatisfy(path -> assertThat(permissions(path)).isEqualTo("rw-------"));
            }
        }
    }

    @Test
    void saysWhatIsWrongWithAFileThatIsNotThere() {
        try (EngineFixture engine = EngineFixture.in(folder).start()) {
            assertThatThrownBy(() -> engine.engine().ingest(folder.resolve("none.csv"), EngineFixture.VENDOR))
                    .isInstanceOf(PosbridgeException.class)
                    .hasMessageContaining("none.csv");
            engine.ingestAndSettle("day.csv", Till.sale("R1", "ann", "10.00"));
            engine.assertEqualBooks();
        }
    }

    private List<String> list(String path) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(path))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
