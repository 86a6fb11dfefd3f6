package dev.posbridge.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What lies in an inbox and may be taken. */
class SettledFilesTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @TempDir
    private Path inbox;

    private final SettledFiles files = new SettledFiles(Duration.ofSeconds(2));

    @Test
    void takesAFileOnceItHasNotChangedForAWhile() throws IOException {
        Path file = Files.writeString(inbox.resolve("1.csv"), "half");

        assertThat(files.accept(file, SECOND)).isFalse();
        assertThat(files.accept(file, 2 * SECOND)).isFalse();
        assertThat(files.accept(file, 3 * SECOND)).isTrue();
    }

    @Test
    void waitsAnewForAFileThatGrows() throws IOException {
        Path file = Files.writeString(inbox.resolve("1.csv"), "half");
        files.accept(file, SECOND);
        Files.writeString(file, "half and the rest");

        assertThat(files.accept(file, 4 * SECOND)).isFalse();
        assertThat(files.accept(file, 5 * SECOND)).isFalse();
        assertThat(files.accept(file, 6 * SECOND)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {".hidden.csv", "-option.csv", "a;b.csv", "ä.csv", "line\nend.csv", "1.csv~"})
    void leavesANameThatIsNotPlainWhereItIs(String name) throws IOException {
        Path file = Files.writeString(inbox.resolve(name), "text");

        assertThat(files.accept(file, SECOND)).isFalse();
        assertThat(files.accept(file, 9 * SECOND)).isFalse();
    }

    @Test
    void leavesALinkWhereItIsThoughItLeadsToAFile(@TempDir Path elsewhere) throws IOException {
        Path secret = Files.writeString(elsewhere.resolve("secret.csv"), "text");
        Path link = Files.createSymbolicLink(inbox.resolve("1.csv"), secret);

        assertThat(files.accept(link, SECOND)).isFalse();
        assertThat(files.accept(link, 9 * SECOND)).isFalse();
    }

    @Test
    void leavesAPipeWhereItIsAndDoesNotWaitForIt() throws IOException, InterruptedException {
        Path pipe = inbox.resolve("1.csv");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        assertThat(files.accept(pipe, SECOND)).isFalse();
        assertThat(files.accept(pipe, 9 * SECOND)).isFalse();
    }
}
