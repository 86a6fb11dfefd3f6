package dev.posbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posbridge.FreePort;
import dev.posbridge.ledger.HealthBook;
import dev.posbridge.ledger.HealthBook.Concern;
import dev.posbridge.ledger.HealthBook.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a source tells: its report goes back, and what it had to bring is missed. */
class SftpReportTest {
    @TempDir
    private Path folder;

    private EngineFixture engine;
    private DropServer server;

    @BeforeEach
    void start() throws IOException {
        server = DropServer.start(folder.resolve("server"));
        Files.createDirectories(server.root().resolve("out"));
        Path knownHosts = Files.writeString(folder.resolve("known_hosts"), server.knownHosts());
        engine = EngineFixture.in(folder);
        set("vendor", EngineFixture.VENDOR);
        set("host", "127.0.0.1");
        set("port", Integer.toString(server.port()));
        set("user", "chain");
        set("password", "old-secret");
        set("known-hosts-file", knownHosts.toString());
        set("folder", "out");
        set("poll", "50ms");
        set("settle", "1ms");
    }

    @AfterEach
    void close() {
        engine.close();
        server.close();
    }

    private void set(String key, String value) {
        engine.set("posbridge.sources.night." + key, value);
    }

    private static ConditionFactory soon() {
        return await().pollInterval(Duration.ofMillis(20));
    }

    /** Those that are whole: until then a report has a dot before its name. */
    private List<String> reports() {
        return server.names().stream()
                .filter(name -> name.startsWith("reports/") && !name.startsWith("reports/."))
                .toList();
    }

    private Concern health(String name) {
        return engine.engine().health().reported().stream()
                .filter(concern -> concern.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    @Test
    void putsTheReportBackOnceEverythingIsSettled() {
        set("report-to", "reports");
        server.put("out/a.csv", Till.file(Till.sale("1", "ann", "10.00")));
        server.put("out/b.csv", "nothing that anybody knows\n");
        engine.start(Engine.Mode.SERVICE);
        soon().until(() -> reports().stream()
                .anyMatch(name -> name.endsWith(".csv")
                        && read(name).contains("generic-csv,a.csv,")
                        && read(name).contains("generic-csv,b.csv,")));

        assertThat(reports()).allMatch(name -> name.matches("reports/posbridge-night-\\d{8}T\\d{6}Z\\.csv"));
        assertThat(read(reports().get(0)))
                .startsWith("vendor,file,business-date,state,rows,reason,in,delivered,")
                .containsPattern("generic-csv,a.csv,,settled,1,,1,1,")
                .contains("generic-csv,b.csv,,rejected,0,header-wrong,");
        // That it was told is noted once the report is at the server, so a moment later.
        soon().until(() -> engine.ledger().isReported("night"));
    }

    @Test
    void tellsOfOneNightInOneReportHoweverLongItsFilesTake() {
        CountDownLatch end = new CountDownLatch(1);
        server.fallSilentAbout("b.csv", end);
        set("report-to", "reports");
        set("timeout", "1m");
        server.put("out/a.csv", Till.file(Till.sale("1", "ann", "10.00")));
        server.put("out/b.csv", Till.file(Till.sale("2", "bob", "20.00")));
        engine.start(Engine.Mode.SERVICE);
        soon().until(() -> engine.held().orders() == 1 && engine.ledger().isSettled());
        soon().during(Duration.ofMillis(500)).until(() -> reports().isEmpty());

        end.countDown();
        soon().until(() -> !reports().isEmpty());
        assertThat(reports()).hasSize(1);
        assertThat(read(reports().get(0))).contains("generic-csv,a.csv,", "generic-csv,b.csv,");
    }

    @Test
    void triesAgainWhereTheReportCouldNotBePutThere() throws IOException {
        Path inTheWay = Files.writeString(server.root().resolve("reports"), "a file where the folder should be");
        set("report-to", "reports");
        set("report-format", "json");
        server.put("out/a.csv", Till.file(Till.sale("1", "ann", "10.00")));
        engine.start(Engine.Mode.SERVICE);
        soon().until(() ->
                health("report to night") != null && health("report to night").state() == State.RED);

        Files.delete(inTheWay);
        soon().until(() -> reports().size() == 1);
        assertThat(read(reports().get(0))).contains("\"schemaVersion\"", "\"name\" : \"a.csv\"");
        soon().until(() -> health("report to night").state() == State.GREEN);
    }

    @Test
    void missesWhatHadToComeUntilItHasCome() throws Exception {
        AlarmReceiver receiver = AlarmReceiver.start();
        ManagementPort management = new ManagementPort(FreePort.next());
        engine.set("posbridge.alarms.webhook", receiver.url("/hook"))
                .set("posbridge.alarms.after", "0s")
                .set("posbridge.management.port", Integer.toString(management.number()));
        LocalDate yesterday = LocalDate.now(ZoneOffset.UTC).minusDays(1);
        String day = yesterday.toString().replace("-", "");
        set("expects-file", "EOD_{store}_{date:yyyyMMdd}.csv");
        set("expects-stores", "07, 12");
        set("expects-by", "00:00");
        server.put("out/EOD_07_" + day + ".csv", Till.file(Till.sale("1", "ann", "10.00")));
        engine.start(Engine.Mode.SERVICE);
        engine.ledger().madeAt(yesterday.atStartOfDay().toInstant(ZoneOffset.UTC));
        soon().until(() -> health("files of night") != null
                && health("files of night").message().startsWith("1 missing: EOD_12_" + day + ".csv (due "));
        assertThat(health("files of night").state()).isEqualTo(State.RED);
        soon().until(() -> receiver.events("files of night").equals(List.of("raised")));
        String metric = "posbridge_concern_state{concern=\"files of night\"}";
        soon().until(() -> management.metric(metric).equals("2"));
        assertThat(management.get("/live").statusCode())
                .as("no reason to restart")
                .isEqualTo(200);
        // What status tells is written a moment after the concern is known.
        soon().until(() -> new HealthBook(engine.engine().ledger().database())
                .kept().stream()
                        .anyMatch(concern -> concern.name().equals("files of night") && concern.state() == State.RED));
        soon().atMost(Duration.ofSeconds(15)).until(() -> stateInHealthFile().equals("red"));

        engine.drop("EOD_12_" + day + ".csv", Till.sale("2", "ann", "10.00"));
        soon().until(() -> health("files of night").state() == State.GREEN);
        soon().until(() -> receiver.events("files of night").equals(List.of("raised", "cleared")));
        assertThat(management.metric(metric)).isEqualTo("0");
        soon().atMost(Duration.ofSeconds(15)).until(() -> stateInHealthFile().equals("green"));
        receiver.close();
    }

    private String stateInHealthFile() throws IOException {
        Path file = folder.resolve("data/health.json");
        return !Files.exists(file)
                ? ""
                : new ObjectMapper()
                        .readTree(file.toFile())
                        .path("concerns")
                        .path("files of night")
                        .path("state")
                        .asText();
    }

    private String read(String name) {
        try {
            return Files.readString(server.root().resolve(name));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
