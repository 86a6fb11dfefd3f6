package dev.posbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.posbridge.cli.PosbridgeCli;
import dev.posbridge.ledger.AuditBook;
import dev.posbridge.ledger.Pauses;
import dev.posbridge.ledger.RecordState;
import dev.posbridge.ledger.store.LedgerAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A customer who asks to be forgotten is, beside the running service, and does not come back with the next file. */
class ForgetTest {
    private static final String ANN = "mobile_447700900123";
    private static final String EMAIL = "Ann.Lee@example.com";

    @TempDir
    private Path folder;

    private EngineFixture engine;

    @AfterEach
    void close() {
        engine.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 5})
    void leavesNoTraceOfACustomerAndDoesNotCreateThemAgain(int others) throws Exception {
        engine = EngineFixture.in(folder).start(Engine.Mode.SERVICE);
        engine.drop("day1.csv", firstDay(others, "10.00"));
        await().until(() -> engine.held().orders() == others + 2);
        engine.awaitSettled();
        new Pauses(engine.engine().ledger().database()).add(null, null, null, "wrong prices");
        engine.drop("day2.csv", ann("A3", "10.00"), Till.sale("B1", "bob", "10.00"));
        await().until(() -> engine.records().contains("sale A3 pending"));
        await().until(() -> count(folder.resolve("data/archive")) == 2);
        assertThat(traces()).as("there is something to forget").isNotEmpty();
        assertThat(engine.sandbox().book().customer(ANN)).isPresent();

        assertThat(forget("--at-gameball")).isZero();

        assertThat(traces()).isEmpty();
        assertThat(engine.sandbox().book().customer(ANN)).isEmpty();
        assertThat(engine.records()).contains("sale A1 delivered forgotten", "sale A3 skipped forgotten");
        assertThat(engine.deadLetters()).noneMatch(letter -> letter.isOpen());
        assertThat(new AuditBook(engine.engine().ledger().database()).since(Instant.EPOCH))
                .filteredOn(audited -> audited.command().equals("forget"))
                .singleElement()
                .satisfies(audited -> assertThat(audited.reason()).isEqualTo("asked for it"));

        new Pauses(engine.engine().ledger().database()).lift();
        engine.drop(
                "day3.csv",
                ann("A4", "10.00"),
                Till.refund("A5", "A1", ANN, "5.00"),
                Till.refund("A6", "A1", "", "5.00"));
        engine.drop("day1-again.csv", firstDay(others, "10.0"));
        await().until(() -> engine.records().contains("sale A4 skipped forgotten"));
        await().until(() -> engine.ledger().isSettled()
                && engine.records().contains("sale B1 delivered")
                && engine.files().size() == 4);
        assertThat(engine.records()).contains("refund A5 skipped forgotten", "refund A6 skipped forgotten");
        assertThat(engine.deadLetters()).noneMatch(letter -> letter.reason().equals("changed-after-delivery"));
        assertThat(engine.held().orders()).as("nothing of the customer is sent").isEqualTo(others + 3);
        assertThat(engine.held().refunds()).isZero();
        assertThat(engine.sandbox().book().customer(ANN))
                .as("not created again")
                .isEmpty();
        assertThat(engine.ledger().records())
                .filteredOn(one -> one.is(RecordState.DELIVERED))
                .hasSize(others + 3);

        engine.drop(
                "bad.csv",
                Till.sale("A7", "an id of the till", "no money").with("mobile", "07700 900-123"),
                Till.sale("Z1", "bob", "no money"));
        await().until(() -> engine.deadLetters().stream().anyMatch(letter -> letter.isOpen()));
        assertThat(engine.deadLetters())
                .filteredOn(letter -> letter.isOpen())
                .singleElement()
                .satisfies(letter -> assertThat(letter.raw()).contains("Z1"));
        await().untilAsserted(() -> assertThat(traces()).isEmpty());
    }

    @Test
    void takesLogsAndRejectedFilesTooAndLeavesTheLinesOfOthersAsTheyWere() throws Exception {
        engine = EngineFixture.in(folder).start(Engine.Mode.SERVICE);
        engine.drop(
                "bad.csv",
                Stream.concat(
                                Stream.of(ann("A1", "no money")),
                                Stream.of("1", "2", "3", "4", "5", "6", "7")
                                        .map(n -> Till.sale("X" + n, "bob", "no money")))
                        .toArray(Till.Row[]::new));
        await().until(() -> count(folder.resolve("data/rejected")) == 2);
        Path log = folder.resolve("data/logs/posbridge.log");
        engine.write(log, "12:00 something of " + EMAIL + "\n12:01 all is well\n");
        engine.write(folder.resolve("data/archive/other/2026-01-01/tree.xml"), "<a>\n<b>" + EMAIL + "</b>\n</a>\n");
        engine.ingest("day.csv", ann("A2", "10.00"));
        engine.awaitSettled();

        assertThat(forget()).isZero();

        assertThat(traces()).isEmpty();
        assertThat(log).hasContent("xx:xx xxxxxxxxx xx xxx.xxxxxxxxxxx.xxx\n12:01 all is well\n");
        assertThat(folder.resolve("data/archive/other/2026-01-01/tree.xml")).doesNotExist();
        Path rejected = folder.resolve("data/rejected/generic-csv/bad.csv");
        assertThat(Files.readString(rejected)).contains("sale,X7,").doesNotContain("A1");
    }

    @Test
    void saysThatNothingWasFoundOfWhomNobodyKnows() {
        engine = EngineFixture.in(folder).start(Engine.Mode.SERVICE);
        engine.ingest("day.csv", ann("A2", "10.00"));
        engine.awaitSettled();

        assertThat(forgetOf("loyal-4711-a")).isEqualTo(3);
        assertThat(forgetOf("loyal-4711-a")).as("the same once more").isZero();
        assertThat(forget()).isZero();
        assertThat(forget()).as("what is gone already").isZero();
    }

    private static Till.Row ann(String id, String total) {
        return Till.sale(id, ANN, total)
                .with("mobile", "+447700900123")
                .with("email", EMAIL)
                .with("first_name", "Ann");
    }

    /** With sixty others enough for a segment; two sales of hers among them, and a row of hers that cannot be read. */
    private static Till.Row[] firstDay(int others, String total) {
        List<Till.Row> rows = new ArrayList<>();
        for (int n = 0; n < others; n++) {
            rows.add(Till.sale("R" + n, "c" + n, total));
        }
        rows.add(ann("A1", total));
        rows.add(ann("A2", total).at("2026-01-31 13:00:00"));
        rows.add(ann("A9", "no money"));
        return rows.toArray(Till.Row[]::new);
    }

    private int forget(String... more) {
        return forgetOf(ANN, more);
    }

    private int forgetOf(String customer, String... more) {
        List<String> line = new ArrayList<>(List.of(
                "forget",
                customer,
                "--reason",
                "asked for it",
                "--data-dir",
                folder.resolve("data").toString(),
                "--set",
                "posbridge.gameball.url=" + engine.sandbox().uri()));
        LedgerAddress ledger = Ledger.address(engine.settings());
        if (ledger.isServer()) {
            line.addAll(List.of(
                    "--set",
                    "posbridge.ledger.url=" + ledger.url(),
                    "--set",
                    "posbridge.ledger.user=" + ledger.user()));
        }
        line.addAll(List.of(more));
        return PosbridgeCli.run(line.toArray(String[]::new));
    }

    private static long count(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    /** Files below the data folder that still name her, byte by byte. */
    private List<String> traces() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
            return files.filter(Files::isRegularFile)
                    .flatMap(file -> Stream.of(ANN, "447700900123", "7700900123", EMAIL)
                            .filter(text -> text(file).contains(text.toLowerCase(Locale.ROOT)))
                            .map(text -> folder.relativize(file) + " " + text))
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
