package dev.posbridge.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
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
        GenericFile<Object> file = offered("1.csv");

        assertThat(files.accept(file, SECOND)).isFalse();
        assertThat(files.accept(file, 2 * SECOND)).isFalse();
        assertThat(files.accept(file, 3 * SECOND)).isTrue();
    }

    @Test
    void waitsAnewForAFileThatGrows() throws IOException {
        GenericFile<Object> file = offered("1.csv");
        files.accept(file, SECOND);
        Files.writeString(inbox.resolve("1.csv"), "text and the rest");

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
    void waitsNotForAnEarlierOneThatIsGone() throws IOException {
        GenericFile<Object> first = offered("1.csv");
        GenericFile<Object> second = offered("2.csv");
        files.accept(first, SECOND);
        files.accept(second, SECOND);

        assertThat(files.accept(second, 3 * SECOND)).isFalse();
        assertThat(files.accept(second, 4 * SECOND)).isTrue();
    }

    @Test
    void waitsTenMinutesAtMostForAnEarlierOneThatNeverComesToRest() throws IOException {
        GenericFile<Object> first = offered("1.csv");
        GenericFile<Object> second = offered("2.csv");
        for (int growth = 1; growth <= 600; growth++) {
            Files.writeString(inbox.resolve("1.csv"), "x".repeat(growth));
            files.accept(first, growth * SECOND);
            assertThat(files.accept(second, growth * SECOND)).isFalse();
        }

        files.accept(first, 601 * SECOND);
        assertThat(files.accept(second, 601 * SECOND)).isTrue();
    }

    @Test
    void takesAFileWhateverIsBeingWrittenInAnotherFolder(@TempDir Path elsewhere) throws IOException {
        GenericFile<Object> first = offered(elsewhere.resolve("1.csv"));
        GenericFile<Object> second = offered("2.csv");
        files.accept(second, SECOND);
        files.accept(first, 2 * SECOND);

        assertThat(files.accept(second, 3 * SECOND)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {".hidden.csv", "-option.csv", "a;b.csv", "ä.csv", "line\nend.csv", "1.csv~"})
    void leavesANameThatIsNotPlainWhereItIs(String name) throws IOException {
        GenericFile<Object> file = offered(name);

        assertThat(files.accept(file, SECOND)).isFalse();
        assertThat(files.accept(file, 9 * SECOND)).isFalse();
    }

    @Test
    void leavesALinkWhereItIsThoughItLeadsToAFile(@TempDir Path elsewhere) throws IOException {
        Path secret = Files.writeString(elsewhere.resolve("secret.csv"), "text");
        GenericFile<Object> link = found(Files.createSymbolicLink(inbox.resolve("1.csv"), secret));

        assertThat(files.accept(link, SECOND)).isFalse();
        assertThat(files.accept(link, 9 * SECOND)).isFalse();
    }

    @Test
    void leavesAPipeWhereItIsAndDoesNotWaitForIt() throws IOException, InterruptedException {
        Path pipe = inbox.resolve("1.csv");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        assertThat(files.accept(found(pipe), SECOND)).isFalse();
        assertThat(files.accept(found(pipe), 9 * SECOND)).isFalse();
    }

    private GenericFile<Object> offered(String name) throws IOException {
        return offered(inbox.resolve(name));
    }

    private static GenericFile<Object> offered(Path file) throws IOException {
        return found(Files.writeString(file, "text"));
    }

    private static GenericFile<Object> found(Path path) {
        GenericFile<Object> file = new GenericFile<>();
        file.setAbsoluteFilePath(path.toString());
        file.setFileNameOnly(path.getFileName().toString());
        return file;
    }
}
