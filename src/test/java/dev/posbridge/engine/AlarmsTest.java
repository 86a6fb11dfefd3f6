package dev.posbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posbridge.FreePort;
import dev.posbridge.ledger.AlarmBook;
import dev.posbridge.ledger.DeadLetters;
import dev.posbridge.ledger.HealthBook;
import dev.posbridge.ledger.HoldBook;
import dev.posbridge.ledger.Pauses;
import dev.posbridge.sandbox.Fault;
import dev.posbridge.vendor.Profiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong is in the metrics and the health file, somebody is told once, and once more when it is over. */
class AlarmsTest {
    @TempDir
    private Path folder;

    private AlarmReceiver receiver;
    private EngineFixture engine;
    private ManagementPort management;

    @BeforeEach
    void listen() throws IOException {
        management = new ManagementPort(FreePort.next());
        receiver = AlarmReceiver.start();
        engine = EngineFixture.in(folder)
                .set("posbridge.management.port", Integer.toString(management.number()))
                .set("posbridge.alarms.webhook", receiver.url("/hook/very-secret"))
                .set("posbridge.alarms.after", "0s");
    }

    @AfterEach
    void close() {
        engine.close();
        receiver.close();
    }

    @Test
    void tellsOfARefusedKeyOnceOverARestartAndOfItsEnd() throws Exception {
        engine.start(Engine.Mode.SERVICE);
        engine.sandbox().faults().add(Fault.of(Fault.Kind.ERROR).withError(401, 1000));
        engine.ingest("day.csv", Till.sale("R1", "mobile_447700900123", "10.00"));
        awaitState("gameball", 2);
        await().until(() -> receiver.events("gameball").equals(List.of("raised")));
        assertThat(management.get("/live").statusCode())
                .as("no reason to restart")
                .isEqualTo(200);
        assertThat(management.get("/ready").statusCode()).as("intake goes on").isEqualTo(200);
        assertThat(management.get("/health").statusCode()).isEqualTo(503);
        awaitHealthFile("gameball", "red");

        engine.stop();
        engine.start(Engine.Mode.SERVICE);
        awaitState("gameball", 2);
        engine.sandbox().faults().clear();
        engine.awaitSettled();
        await().until(() -> receiver.events("gameball").equals(List.of("raised", "cleared")));
        assertThat(management.metric("posbridge_concern_state{concern=\"gameball\"}"))
                .isEqualTo("0");
        assertThat(receiver.heard().get(0).path("cause").asText())
                .startsWith("gameball ")
                .isEqualTo(receiver.heard().get(1).path("cause").asText());
        assertSaysNothingPersonal();
    }

    @Test
    void tellsOfAFullDiskAndOfItsEnd() throws Exception {
        engine.start(Engine.Mode.SERVICE);
        engine.ledger().limit(engine.ledger().pages() + 20);
        engine.drop("day.csv", sales());
        awaitState("disk", 2);
        await().until(() -> receiver.events("disk").contains("raised"));
        awaitHealthFile("disk", "red");
        engine.ledger().limit(1_000_000);
        // Intake has paused for longer each time meanwhile, half a minute at most.
        await().atMost(Duration.ofMinutes(3)).until(() -> engine.held().orders() == 3_000);
        await().until(() -> receiver.events("disk").equals(List.of("raised", "cleared")));
        await().until(() -> receiver.events("intake generic-csv").equals(List.of("raised", "cleared")));
        assertThat(new AlarmBook(engine.engine().ledger().database()).all()).isEmpty();
    }

    @Test
    void tellsOfDeadLettersAndRejectedFilesUntilSomebodyHasLooked() throws Exception {
        engine.start(Engine.Mode.SERVICE);
        engine.ingestAndSettle("day.csv", Till.sale("R1", "ann", "10.00"), Till.sale("R2", "ann", "no money"));
        awaitState("dead letters", 1);
        engine.ingest("bad.csv", bad());
        awaitState("rejected files", 1);
        await().until(() -> receiver.events().containsAll(List.of("raised dead letters", "raised rejected files")));
        assertThat(management.metric(
                        "posbridge_dead_letters{vendor=\"generic-csv\",level=\"record\",reason=\"amount-invalid\"}"))
                .isEqualTo("1");
        assertThat(management.metric("posbridge_records_total{outcome=\"delivered\",reason=\"\"}"))
                .isEqualTo("1");
        assertThat(management.get("/health").statusCode())
                .as("yellow is not red")
                .isEqualTo(200);

        DeadLetters book = new DeadLetters(engine.engine().ledger().database());
        engine.deadLetters().forEach(dead -> book.discard(dead.id(), "looked at"));
        await().until(() -> receiver.events("dead letters").equals(List.of("raised", "cleared")));
        await().until(() -> receiver.events("rejected files").equals(List.of("raised", "cleared")));
    }

    @Test
    void tellsOfAHeldFileOnceUntilSomebodyLetsItGo() throws Exception {
        engine.set("posbridge.account.environment", "live").start(Engine.Mode.SERVICE);
        engine.drop("first.csv", Till.sale("R1", "ann", "10.00"));
        awaitState("held files", 1);
        await().until(() -> receiver.events("held files").equals(List.of("raised")));
        assertThat(management.metric("posbridge_held_files")).isEqualTo("1");
        assertThat(management.get("/health").body()).contains("\"held files\"");
        awaitHealthFile("held files", "yellow");
        assertThat(new AlarmBook(engine.engine().ledger().database()).all())
                .extracting(AlarmBook.Alarm::concern)
                .containsExactly("held files");

        HoldBook book = new HoldBook(engine.engine().ledger().database());
        HoldBook.Held held = book.held().get(0);
        book.approve(held, HoldBook.Approval.RELEASE, "release", "looked at");
        engine.engine().ingest(Path.of(held.path()), EngineFixture.VENDOR);
        engine.awaitSettled();
        assertThat(engine.held().orders()).isEqualTo(1);
        await().until(() -> receiver.events("held files").equals(List.of("raised", "cleared")));
        assertThat(management.metric("posbridge_held_files")).isEqualTo("0");
        assertThat(new AlarmBook(engine.engine().ledger().database()).all()).isEmpty();
    }

    @Test
    void tellsOfAFileThatDoesNotComeIntoTheInboxUntilItDoes() throws Exception {
        LocalDate yesterday = LocalDate.now(ZoneOffset.UTC).minusDays(1);
        Path vendors = Files.createDirectories(folder.resolve("vendors"));
        Files.writeString(
                vendors.resolve("generic-csv.yaml"),
                Files.readString(Path.of("config/vendors/generic-csv.yaml"))
                        + "\nlookups: { stores: { file: stores.csv, key: Store, expected: { by: Ready } } }\n");
        Files.writeString(vendors.resolve("stores.csv"), "Store,Ready\n07,00:00\n12,00:00\n15,never\n");
        engine.by(Profiles.in(vendors))
                .set("posbridge.sources.eod.vendor", EngineFixture.VENDOR)
                .set("posbridge.sources.eod.expects-file", "EOD_{store}_{date:yyyy-MM-dd}.csv")
                .start(Engine.Mode.SERVICE);
        engine.drop("EOD_07_" + yesterday + ".csv", Till.sale("R1", "ann", "10.00"));
        engine.awaitSettled();
        engine.ledger().madeAt(yesterday.atStartOfDay().toInstant(ZoneOffset.UTC));
        awaitState("files of eod", 2);
        await().until(() -> receiver.events("files of eod").equals(List.of("raised")));
        assertThat(receiver.heard())
                .filteredOn(one -> one.path("concern").asText().equals("files of eod"))
                .singleElement()
                .satisfies(one -> assertThat(one.path("message").asText())
                        .isEqualTo("1 missing: EOD_12_" + yesterday + ".csv (due " + yesterday.plusDays(1)
                                + "T00:00:00Z). Ask the vendor or the store; posbridge report lists them all"));
        awaitHealthFile("files of eod", "red");

        engine.drop("EOD_12_" + yesterday + ".csv", Till.sale("R2", "ann", "10.00"));
        await().until(() -> receiver.events("files of eod").equals(List.of("raised", "cleared")));
        awaitState("files of eod", 0);
        awaitHealthFile("files of eod", "green");
        assertThat(receiver.events()).containsOnly("raised files of eod", "cleared files of eod");
    }

    @Test
    void tellsOfABacklogThatAPauseMakesAndRemindsUntilItIsGone() throws Exception {
        engine.set("posbridge.alarms.backlog", "300ms")
                .set("posbridge.alarms.reminder", "300ms")
                .start(Engine.Mode.SERVICE);
        new Pauses(engine.engine().ledger().database()).add(null, null, null, "wrong prices");
        engine.ingest("day.csv", Till.sale("R1", "ann", "10.00"), Till.sale("R2", "bob", "10.00"));
        awaitState("backlog", 1);
        awaitHealthFile("backlog", "yellow");
        assertThat(management.metric("posbridge_backlog_records{vendor=\"generic-csv\",kind=\"sale\"}"))
                .isEqualTo("2");
        await().until(() -> receiver.events("backlog").size() >= 3);
        assertThat(receiver.events("backlog")).startsWith("raised", "reminder", "reminder");
        assertThat(receiver.events("delivery"))
                .as("a pause is as it was told to be")
                .isEmpty();
        new Pauses(engine.engine().ledger().database()).lift();
        engine.awaitSettled();
        await().until(() -> receiver.events("backlog").contains("cleared"));
        assertThat(management.metric("posbridge_oldest_undelivered_age_seconds"))
                .isEqualTo("0");
    }

    @Test
    void triesAgainUntilItIsHeardAndSaysMeanwhileThatItIsNot() throws Exception {
        receiver.answer(500);
        engine.start(Engine.Mode.SERVICE);
        engine.ingestAndSettle("day.csv", Till.sale("R1", "ann", "10.00"), Till.sale("R2", "ann", "no money"));
        awaitState("alarms", 1);
        assertThat(engine.engine().health().reported())
                .filteredOn(concern -> concern.name().equals("alarms"))
                .singleElement()
                .satisfies(concern -> assertThat(concern.message())
                        .isEqualTo("Alarms do not arrive: 127.0.0.1 answers 500. Correct posbridge.alarms.webhook or "
                                + "posbridge.alarms.command; it is tried again."));
        assertThat(receiver.events()).isEmpty();
    }

    @Test
    void givesAProgramTheAlarmAndNoSecretOfOurs() throws Exception {
        Path heard = folder.resolve("heard");
        Path program = Files.writeString(
                folder.resolve("tell"),
                "#!/bin/sh\ncat > " + heard + ".new; env >> " + heard + ".new; mv " + heard + ".new " + heard + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        engine.without("posbridge.alarms.webhook")
                .set("posbridge.alarms.command", program.toString())
                .start(Engine.Mode.SERVICE);
        engine.ingestAndSettle("day.csv", Till.sale("R1", "ann", "10.00"), Till.sale("R2", "ann", "no money"));
        await().until(() -> Files.exists(heard));
        assertThat(Files.readString(heard))
                .contains("\"event\":\"raised\",\"cause\":\"dead letters ")
                .contains("\"runbook\":\"docs/runbook.md#dead-letters\"")
                .doesNotContain("HOME=")
                .doesNotContain("KEY");
    }

    @Test
    void beatsOnceAfterANightThatIsGoodAndNotWhileSomethingIsRed() throws Exception {
        engine.set("posbridge.alarms.heartbeat", receiver.url("/beat"))
                .set("posbridge.alarms.after", "200ms")
                .start(Engine.Mode.SERVICE);
        engine.sandbox().faults().add(Fault.of(Fault.Kind.ERROR).withError(401, 1000));
        engine.ingest("day.csv", Till.sale("R1", "ann", "10.00"));
        awaitState("gameball", 2);
        assertThat(receiver.beats()).isZero();
        engine.sandbox().faults().clear();
        await().until(() -> receiver.beats() == 1);
        engine.stop();
        engine.start(Engine.Mode.SERVICE);
        engine.ingestAndSettle("day2.csv", Till.sale("R2", "ann", "10.00"));
        await().until(() -> receiver.beats() == 2);
    }

    @Test
    void keepsTheHealthFileToItsOwner() throws Exception {
        engine.start(Engine.Mode.SERVICE);
        await().until(() -> healthFile() != null);
        assertThat(Files.getPosixFilePermissions(folder.resolve("data/health.json")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(healthFile().fieldNames())
                .toIterable()
                .containsExactly(
                        "schemaVersion",
                        "at",
                        "account",
                        "environment",
                        "state",
                        "concerns",
                        "backlog",
                        "callsOfLast30Seconds",
                        "outcomesSinceStart",
                        "lastGoodFiles");
    }

    @Test
    void saysItsNumbersAsPrometheusReadsThem() throws Exception {
        engine.start(Engine.Mode.SERVICE);
        assertThat(management.get("/metrics").headers().firstValue("Content-Type"))
                .hasValue("text/plain; version=0.0.4; charset=utf-8");
        assertThat(management.get("/metrics").body()).matches("(?s)(#[^\n]*\n|[a-z0-9_]+(\\{[^\n]*})? -?[0-9]+\n)+");
    }

    private static Till.Row[] sales() {
        return IntStream.range(0, 3_000)
                .mapToObj(n -> Till.sale("R" + n, "c" + n % 50, "10.00"))
                .toArray(Till.Row[]::new);
    }

    /** Too many to trust the file. */
    private static Till.Row[] bad() {
        return IntStream.range(0, 10)
                .mapToObj(n -> Till.sale("B" + n, "ann", "no money"))
                .toArray(Till.Row[]::new);
    }

    private void assertSaysNothingPersonal() throws Exception {
        String all = receiver.heard()
                + management.get("/metrics").body()
                + Files.readString(folder.resolve("data/health.json"));
        assertThat(all)
                .doesNotContain("447700900123")
                .doesNotContain("very-secret")
                .doesNotContain("R1");
    }

    private void awaitState(String concern, int state) {
        await().until(() -> management
                .metric("posbridge_concern_state{concern=\"" + concern + "\"}")
                .equals(Integer.toString(state)));
    }

    private void awaitHealthFile(String concern, String state) {
        await().atMost(Duration.ofSeconds(15))
                .until(() -> healthFile() != null
                        && healthFile()
                                .path("concerns")
                                .path(concern)
                                .path("state")
                                .asText()
                                .equals(state)
                        && inStatus(concern).equals(state));
    }

    /** What {@code posbridge status} and {@code health} tell of it. */
    private String inStatus(String concern) {
        return new HealthBook(engine.engine().ledger().database())
                .kept().stream()
                        .filter(one -> one.name().equals(concern))
                        .map(one -> one.state().word())
                        .findFirst()
                        .orElse("");
    }

    private JsonNode healthFile() throws IOException {
        Path file = folder.resolve("data/health.json");
        return Files.exists(file) ? new ObjectMapper().readTree(file.toFile()) : null;
    }
}
