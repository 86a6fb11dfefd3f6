package dev.posbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.posbridge.ledger.HealthBook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are read together, on their whole way through the service. */
class SetInboxTest {
    private static final Path NIGHT = Path.of("src/test/resources/vendors/toast-nightly/night");
    private static final List<String> FILES =
            List.of("ItemSelectionDetails.csv", "PaymentDetails.csv", "CheckDetails.csv");

    @TempDir
    private Path folder;

    @Test
    void areTakenOnceAllAreThereArchivedTogetherAndKnownWhenTheyComeAgain() throws IOException {
        try (EngineFixture engine = EngineFixture.in(folder)
                .set("posbridge.account.currency", "USD")
                .set("posbridge.account.anonymous", "skip")
                .start(Engine.Mode.SERVICE)) {
            put(FILES.get(0));
            put(FILES.get(1));
            soon(() -> engine.engine().health().reported().stream()
                    .anyMatch(concern -> concern.name().equals("sets of toast-nightly")));
            assertThat(engine.files()).isEmpty();
            put(FILES.get(2));
            soon(() -> engine.files().size() == 1 && engine.held().orders() == 5);
            engine.awaitSettled().assertEqualBooks();
            soon(() -> names("inbox/toast-nightly").isEmpty());

            assertThat(engine.held().refunds()).isEqualTo(2);
            assertThat(names("data/archive/toast-nightly/" + LocalDate.now()))
                    .containsExactly("CheckDetails.csv.set.zip");
            assertThat(engine.deadLetters())
                    .extracting(letter ->
                            letter.message().substring(0, letter.message().indexOf(": vendor")))
                    .containsExactly(
                            "CheckDetails.csv:7",
                            "ItemSelectionDetails.csv:14:27",
                            "CheckDetails.csv:11",
                            "PaymentDetails.csv:15");

            for (String name : FILES) {
                put(name);
            }
            soon(() -> names("data/archive/toast-nightly/" + LocalDate.now()).size() == 2);
            engine.awaitSettled().assertEqualBooks();
            assertThat(engine.held().orders()).isEqualTo(5);
            assertThat(engine.held().refunds()).isEqualTo(2);
            assertThat(engine.deadLetters()).hasSize(4);
            assertThat(engine.engine().health().reported())
                    .filteredOn(concern -> concern.name().equals("sets of toast-nightly"))
                    .allSatisfy(concern -> assertThat(concern.state()).isEqualTo(HealthBook.State.GREEN));
        }
    }

    private void put(String name) throws IOException {
        Path inbox = Files.createDirectories(folder.resolve("inbox/toast-nightly"));
        Path written = Files.copy(NIGHT.resolve(name), folder.resolve(name));
        Files.move(written, inbox.resolve(name));
    }

    private List<String> names(String within) {
        try (Stream<Path> files = Files.list(folder.resolve(within))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException notYet) {
            return List.of("not yet");
        }
    }

    private static void soon(Callable<Boolean> holds) {
        await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(20))
                .until(holds);
    }
}
