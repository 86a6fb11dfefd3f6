package dev.posbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posbridge.DataFolderInUseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One process at a time, whatever that process asks itself meanwhile. */
class DataFolderTest {
    private static final String BY_US =
            "posbridge run, process " + ProcessHandle.current().pid() + ", since ";

    @TempDir
    private Path folder;

    @Test
    void staysHeldForOthersWhateverItsOwnProcessAsksAndTries() throws IOException, InterruptedException {
        Path data = Files.createDirectory(folder.resolve("data"));
        Path byAnotherName = Files.createSymbolicLink(folder.resolve("link"), data);

        try (DataFolder held = DataFolder.take(data, DataFolder.SERVICE, Duration.ZERO)) {
            assertThat(held).isNotNull();
            assertThat(SecondProcess.holder(data)).startsWith(BY_US);
            for (Path name : new Path[] {data, byAnotherName}) {
                assertThat(DataFolder.holder(name)).get().asString().startsWith(BY_US);
                assertThat(DataFolder.tryTake(name, "posbridge ingest")).isEmpty();
                assertThatThrownBy(() -> DataFolder.take(name, "posbridge ingest", Duration.ZERO))
                        .isInstanceOf(DataFolderInUseException.class)
                        .hasMessageStartingWith(name + ": is in use by \"" + BY_US);
            }
            assertThat(SecondProcess.holder(data)).startsWith(BY_US);
        }

        assertThat(DataFolder.holder(data)).isEmpty();
        assertThat(SecondProcess.holder(data)).isEqualTo("nobody");
        try (DataFolder again =
                DataFolder.tryTake(byAnotherName, "posbridge ingest").orElseThrow()) {
            assertThat(again).isNotNull();
            assertThat(SecondProcess.holder(data)).startsWith("posbridge ingest, process ");
        }
    }

    @Test
    void isOfNobodyWhereItIsNotThere() {
        assertThat(DataFolder.holder(folder.resolve("none"))).isEqualTo(Optional.empty());
    }

    @Test
    void isNotTakenWhereAnotherProcessHoldsIt() throws IOException {
        Path file = Files.writeString(folder.resolve("posbridge.lock"), "posbridge run, process 7, since long");

        try (SecondProcess other = SecondProcess.lock(file)) {
            assertThat(other).isNotNull();
            assertThat(DataFolder.holder(folder)).contains("posbridge run, process 7, since long");
            assertThatThrownBy(() -> DataFolder.take(folder, "posbridge ingest", Duration.ZERO))
                    .isInstanceOf(DataFolderInUseException.class)
                    .hasMessage(folder + ": is in use by \"posbridge run, process 7, since long\". Wait for it"
                            + " (--lock-wait 10m), stop it, or choose another --data-dir.");
        }
        assertThat(DataFolder.holder(folder)).isEmpty();
    }
}
