package dev.posbridge.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posbridge.vendor.Profiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was read is put away, and nothing else. */
class PutAwayTest {
    @TempDir
    private Path folder;

    private Path file;
    private PutAway putAway;
    private Reading reading;

    @BeforeEach
    void read() throws IOException {
        file = Files.writeString(folder.resolve("day.csv"), "read");
        putAway = new PutAway(folder.resolve("archive"), folder.resolve("rejected"));
        reading = new Reading(file, Profiles.in(Path.of("config/vendors")).named("acme"), null, null)
                .of(FileStamp.of(file));
    }

    @Test
    void archivesTheFileThatWasRead() throws IOException {
        assertThat(putAway.file(reading, true))
                .hasValueSatisfying(
                        place -> assertThat(place).hasContent("read").startsWith(folder.resolve("archive/acme")));
        assertThat(file).doesNotExist();
    }

    @Test
    void leavesAFileThatTookItsPlaceWhileItWasRead() throws IOException {
        Path next = Files.writeString(folder.resolve("next"), "next");
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);

        assertThat(putAway.file(reading, true)).isEmpty();
        assertThat(file).hasContent("next");
    }

    @Test
    void leavesAFileThatGrewWhileItWasRead() throws IOException {
        Files.writeString(file, "read, and more");

        assertThat(putAway.file(reading, true)).isEmpty();
        assertThat(file).hasContent("read, and more");
    }

    @Test
    void missesNoFileThatSomebodyTookAway() throws IOException {
        Files.delete(file);

        assertThat(putAway.file(reading, true)).isEmpty();
    }
}
