package dev.posbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.posbridge.ledger.HealthBook;
import dev.posbridge.vendor.Profiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are read together, on their whole way through the service. */
class SetInboxTest {
    private static final Path NIGHT = Path.of("src/test/resources/vendors/toast-nightly/night");
    private static final List<String> FILES =
            List.of("ItemSelectionDetails.csv", "PaymentDetails.csv", "CheckDetails.csv");

    private static final String ONE_BY_ONE =
            """
            vendor: toast-nightly
            format: { type: csv }
            time-zone: America/New_York
            currency: USD
            records:
              - kind: sale
                key: "{Check}"
                customer: { id: "{Guest}" }
                sold-at: { from: Opened, patterns: ["MM/dd/yy hh:mm a"] }
                total-paid: Total
            """;

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

    /** The vendor's files came one by one until its profile said that they are read together. */
    @Test
    void aVendorWhoseProfileIsReloadedAsOneOfSetsGetsThemBySftpAndIsToldWhichFileIsLate() throws Exception {
        Path profile = Files.createDirectories(folder.resolve("vendors")).resolve("toast-nightly.yaml");
        Files.writeString(profile, ONE_BY_ONE);
        try (DropServer server = DropServer.start(folder.resolve("server"));
                EngineFixture engine = EngineFixture.in(folder)
                        .by(Profiles.in(folder.resolve("vendors")))
                        .set("posbridge.held.first-file", "never")
                        .set("posbridge.account.currency", "USD")
                        .set("posbridge.account.anonymous", "skip")) {
            source(engine, server);
            engine.start(Engine.Mode.SERVICE);
            server.put("out/one.csv", "Check,Guest,Opened,Total\n1001,G-1,01/29/26 07:00 PM,12.00\n");
            soon(() -> engine.held().orders() == 1);

            Files.writeString(
                    profile,
                    Files.readString(Path.of("config/vendors/toast-nightly.yaml"))
                            .replace("files:\n", "files:\n  late-after: 0m\n"));
            engine.engine().reloadProfiles();
            server.put("out/" + FILES.get(2), Files.readString(NIGHT.resolve(FILES.get(2))));
            server.put("out/" + FILES.get(0), Files.readString(NIGHT.resolve(FILES.get(0))));
            String late = "RED 1 not complete: set CheckDetails.csv.set.zip has 2 of 3 files and lacks payments"
                    + " ((?<night>.*?)(?i:PaymentDetails)\\.(?i:csv)). Put it beside the others in "
                    + folder.resolve("inbox/toast-nightly") + "; where a file came again, all of its set must.";
            await().untilAsserted(() -> assertThat(concern(engine)).isEqualTo(late));
            assertThat(engine.files()).hasSize(1);

            server.put("out/" + FILES.get(1), Files.readString(NIGHT.resolve(FILES.get(1))));
            await().untilAsserted(() -> assertThat(engine.held().orders()).isEqualTo(6));
            engine.awaitSettled().assertEqualBooks();
            soon(() -> concern(engine).equals("GREEN "));
            assertThat(engine.held().refunds()).isEqualTo(2);
            assertThat(engine.files()).hasSize(2);
            assertThat(names("data/archive/toast-nightly/" + LocalDate.now()))
                    .containsExactly("CheckDetails.csv.set.zip", "one.csv");
            soon(() -> server.names().stream().allMatch(name -> name.startsWith("out/taken/")));
        }
    }

    private void source(EngineFixture engine, DropServer server) throws IOException {
        Files.createDirectories(server.root().resolve("out"));
        Path knownHosts = Files.writeString(folder.resolve("known_hosts"), server.knownHosts());
        Map.of(
                        "vendor", "toast-nightly",
                        "host", "127.0.0.1",
                        "port", Integer.toString(server.port()),
                        "user", "chain",
                        "password", "old-secret",
                        "known-hosts-file", knownHosts.toString(),
                        "folder", "out",
                        "poll", "150ms",
                        "settle", "1ms",
                        "after", "move")
                .forEach((key, value) -> engine.set("posbridge.sources.night." + key, value));
    }

    private static String concern(EngineFixture engine) {
        return engine.engine().health().reported().stream()
                .filter(concern -> concern.name().equals("sets of toast-nightly"))
                .map(concern -> concern.state() + " " + concern.message())
                .findFirst()
                .orElse("");
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
