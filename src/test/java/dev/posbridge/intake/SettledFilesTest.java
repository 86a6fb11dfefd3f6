package dev.posbridge.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.camel.component.file.GenericFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What lies in an inbox and may be taken. */
class SettledFilesTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @TempDir
    private Path inbox;

    private final SettledFiles files =
            new SettledFiles(Duration.ofSeconds(2), Comparator.comparing(GenericFile::getFileNameOnly));

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

    @Test
    void takesNoFileBeforeAnEarlierOneThatIsStillBeingWritten() throws IOException {
        GenericFile<Object> first = offered("1.csv");
        GenericFile<Object> second = offered("2.csv");
        assertThat(files.accept(second, SECOND)).isFalse();
        assertThat(files.accept(first, 2 * SECOND)).isFalse();

        assertThat(files.accept(second, 3 * SECOND)).isFalse();
        assertThat(files.accept(first, 4 * SECOND)).isTrue();
        assertThat(files.accept(second, 4 * SECOND)).isTrue();
    }

    @Test
    void waitsNotForAnEarlierOneThatIsGoneOrNeverComesToRest() throws IOException {
        GenericFile<Object> first = offered("1.csv");
        GenericFile<Object> second = offered("2.csv");
        GenericFile<Object> third = offered("3.csv");
        List.of(first, second, third).forEach(file -> files.accept(file, SECOND));
        Files.delete(inbox.resolve("1.csv"));
        for (int growth = 2; growth < 700; growth++) {
            Files.writeString(inbox.resolve("2.csv"), "x".repeat(growth));
            files.accept(second, growth * SECOND);
            assertThat(files.accept(third, growth * SECOND)).isEqualTo(growth == 601);
        }
    }

    private GenericFile<Object> offered(String name) throws IOException {
        GenericFile<Object> file = new GenericFile<>();
        file.setAbsoluteFilePath(Files.writeString(inbox.resolve(name), "text").toString());
        file.setFileNameOnly(name);
        return file;
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
