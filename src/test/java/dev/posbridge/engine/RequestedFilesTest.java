package dev.posbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.posbridge.LedgerUnavailableException;
import dev.posbridge.NoRoomException;
import dev.posbridge.intake.RequestedFiles;
import dev.posbridge.ledger.Pauses;
import dev.posbridge.ledger.Requests;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Files handed to a service, with every step of that way failing once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestedFilesTest {
    /** Steps of the route {@code requests}. */
    static final Set<String> STEPS = Set.of(
            "next-request",
            "keep-request",
            "name-requested-vendor",
            "leave-it-there",
            "files-of-request",
            "keep-asked",
            "unless-one-before-it-waits",
            "offer-requested-file",
            "note-taken-file",
            "note-failed-file",
            "end-request");

    private static final List<String> RETRIED = List.of(
            "next-request",
            "keep-request",
            "name-requested-vendor",
            "leave-it-there",
            "files-of-request",
            "keep-asked",
            "end-request");

    private final FailingSteps steps = new FailingSteps();

    private EngineFixture engine;
    private Requests requests;
    private int round;

    @BeforeAll
    void start(@TempDir Path folder) {
        engine = EngineFixture.in(folder).bind("failing-steps", steps).start(Engine.Mode.SERVICE);
        requests = new Requests(engine.engine().ledger().database(), Path.of("data"));
    }

    @AfterAll
    void close() {
        engine.close();
    }

    @ParameterizedTest
    @FieldSource("RETRIED")
    void takesAFileInOnceWhereAStepFailsBeforeItsWork(String step) {
        steps.failOnce(step, false);

        assertThat(ask(++round).answer()).isNull();
        assertThat(steps.hasFailed()).isTrue();
        assertArrived(round);
    }

    @ParameterizedTest
    @FieldSource("RETRIED")
    void takesAFileInOnceWhereAStepFailsAfterItsWork(String step) {
        steps.failOnce(step, true);

        assertThat(ask(++round).answer()).isNull();
        assertThat(steps.hasFailed()).isTrue();
        assertArrived(round);
    }

    @Test
    void tellsWhoeverAskedOfAFileThatCouldNotBeTakenIn() {
        steps.failOnce("offer-requested-file", false);

        assertThat(ask(++round).answer())
                .isEqualTo(file(round) + ": was not taken in (step offer-requested-file fails once).");
        assertThat(ask(round).answer()).isNull();
        assertArrived(round);
    }

    @Test
    void namesTheFileThatIsUnderWayToWhoeverAsksForItAgain() {
        Pauses pauses = new Pauses(engine.engine().ledger().database());
        pauses.add(null, null, null, "so that it stays under way");
        Path file = engine.write("asked-twice.csv", Till.sale("TWICE", "ann", "10.00"));
        long first = requests.ask("generic-csv", List.of(file));
        long second = requests.ask("generic-csv", List.of(file));

        ended(second);
        assertThat(requests.files(second)).containsOnlyKeys(file).isEqualTo(requests.files(first));
        pauses.lift();
        await().until(() -> engine.ledger().isSettled());
        engine.assertEqualBooks();
    }

    @Test
    void tellsWhoeverAskedOfAFileThatIsNotThere() {
        long request = requests.ask("generic-csv", List.of(Path.of("/nowhere/night.csv")));

        assertThat(ended(request).answer())
                .isEqualTo("/nowhere/night.csv: was not taken in (the service found no such file).");
    }

    @Test
    void takesNoFileOfARequestBeforeAnEarlierOneForWhichTheLedgerWasAway() {
        RequestedFiles files = new RequestedFiles(requests, null);
        files.require();
        files.fail(new File("monday.csv"), new IOException("cannot be read"));
        files.require();
        files.fail(new File("tuesday.csv"), new LedgerUnavailableException(new IOException("the connection broke")));

        assertThatThrownBy(files::require)
                .isInstanceOf(NoRoomException.class)
                .hasMessage("tuesday.csv before it was not taken in. Run the same command again: what was taken in is "
                        + "known and passed over");
    }

    private Requests.Progress ask(int number) {
        Path file = engine.write(file(number).getFileName().toString(), Till.sale("Q" + number, "ann", "10.00"));
        return ended(requests.ask("generic-csv", List.of(file)));
    }

    private Path file(int number) {
        return engine.folder().resolve("files/asked-" + number + ".csv");
    }

    private Requests.Progress ended(long request) {
        await().until(() -> requests.progress(request).ended());
        return requests.progress(request);
    }

    private void assertArrived(int number) {
        await().until(() -> engine.ledger().isSettled());
        assertThat(engine.records()).containsOnlyOnce("sale Q" + number + " delivered");
        engine.assertEqualBooks();
    }
}
