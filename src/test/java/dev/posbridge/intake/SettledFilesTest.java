package dev.posbridge.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posbridge.LedgerUnavailableException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.component.file.GenericFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What lies in an inbox and may be taken. */
class SettledFilesTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private static final Comparator<GenericFile<Object>> BY_NAME = Comparator.comparing(GenericFile::getFileNameOnly);

    @TempDir
    private Path inbox;

    private boolean open = true;
    private final Looks looks = new Looks(Duration.ofSeconds(2), BY_NAME);
    private final SettledFiles files = new SettledFiles(looks);
    private final OneAfterTheOther turns = new OneAfterTheOther(looks, () -> open);
    private GenericFile<Object> first;
    private GenericFile<Object> second;

    @BeforeEach
    void offer() throws IOException {
        first = offered("monday.csv");
        second = offered("tuesday.csv");
    }

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
    void takesNoFileBeforeAnEarlierOneThatIsStillBeingWritten() {
        look(SECOND, List.of(second));
        look(2 * SECOND, List.of(second, first));

        assertThat(look(3 * SECOND, List.of(second, first))).containsExactly(second);
        assertThat(mayBegin(second)).isFalse();
        assertThat(look(4 * SECOND, List.of(second, first))).containsExactlyInAnyOrder(first, second);
        assertThat(mayBegin(first)).isTrue();
        assertThat(mayBegin(second)).isTrue();
    }

    @Test
    void waitsNotForAnEarlierOneThatIsGone() {
        look(SECOND, List.of(first, second));

        assertThat(look(3 * SECOND, List.of(second))).containsExactly(second);
        assertThat(mayBegin(second)).as("it may have been seen after this one").isFalse();
        assertThat(look(4 * SECOND, List.of(second))).containsExactly(second);
        assertThat(mayBegin(second)).isTrue();
    }

    @Test
    void waitsTenMinutesAtMostForAnEarlierOneThatNeverComesToRest() throws IOException {
        for (int growth = 1; growth <= 600; growth++) {
            Files.writeString(inbox.resolve("monday.csv"), "x".repeat(growth));
            look(growth * SECOND, List.of(first, second));
            assertThat(mayBegin(second)).isFalse();
        }

        look(601 * SECOND, List.of(first, second));
        assertThat(mayBegin(second)).isTrue();
    }

    @Test
    void takesNoFileBeforeAnEarlierOneThatCouldNotBeTaken() {
        look(SECOND, List.of(second, first));
        look(3 * SECOND, List.of(second, first));
        assertThat(mayBegin(first)).isTrue();
        looks.failed(first, new CamelExchangeException("in a chunk", null, noLedger()));
        assertThat(mayBegin(second)).isFalse();

        // The folder's own order is any: the later one may be looked at before the other has been seen again.
        look(4 * SECOND, List.of(second, first));
        assertThat(mayBegin(first)).isTrue();
        turns.commit(null, null, null, first);
        assertThat(mayBegin(second)).isTrue();
    }

    @Test
    void takesNothingBehindAFileAsLongAsTheLedgerIsAway() {
        look(SECOND, List.of(second, first));
        for (int minute = 1; minute <= 30; minute++) {
            look(60 * minute * SECOND, List.of(second, first));
            assertThat(mayBegin(first)).isTrue();
            looks.failed(first, noLedger());
            assertThat(mayBegin(second)).isFalse();
        }
    }

    @Test
    void waitsTenMinutesAtMostForAnEarlierOneThatNobodyCanRead() {
        look(SECOND, List.of(second, first));
        for (int minute = 1; minute <= 10; minute++) {
            look(60 * minute * SECOND, List.of(second, first));
            looks.failed(first, new AccessDeniedException("1.csv"));
            assertThat(mayBegin(second)).isFalse();
        }

        look(601 * SECOND, List.of(second, first));
        looks.failed(first, new AccessDeniedException("1.csv"));
        assertThat(mayBegin(second)).isTrue();
    }

    @Test
    void looksOnButTakesNothingWhileIntakeIsClosed() {
        open = false;
        look(SECOND, List.of(first));
        assertThat(look(3 * SECOND, List.of(first))).containsExactly(first);
        assertThat(mayBegin(first)).isFalse();

        open = true;
        assertThat(mayBegin(first)).isTrue();
    }

    @Test
    void takesAFileWhateverIsBeingWrittenInAnotherFolder(@TempDir Path elsewhere) throws IOException {
        first = offered(elsewhere.resolve("monday.csv"));
        look(SECOND, List.of(second));
        look(2 * SECOND, List.of(second, first));

        assertThat(look(3 * SECOND, List.of(second, first))).containsExactly(second);
        assertThat(mayBegin(second)).isTrue();
    }

    @Test
    void takesFilesHoweverManyThereAre() {
        List<GenericFile<Object>> many = new ArrayList<>();
        for (int number = 0; number < 25_000; number++) {
            many.add(found(inbox.resolve(number + ".csv")));
        }

        many.forEach(file -> looks.stoodStill(file, false, 1, 1, SECOND));
        assertThat(many).allMatch(file -> looks.stoodStill(file, false, 1, 1, 3 * SECOND));
        assertThat(many).allMatch(looks::isNext);
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

    /** One look at what is there, in this order; returns those that have stood still. */
    private List<GenericFile<Object>> look(long now, List<GenericFile<Object>> there) {
        return there.stream().filter(file -> files.accept(file, now)).toList();
    }

    private boolean mayBegin(GenericFile<Object> file) {
        return turns.begin(null, null, null, file);
    }

    private static LedgerUnavailableException noLedger() {
        return new LedgerUnavailableException(new IOException("the connection broke"));
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
