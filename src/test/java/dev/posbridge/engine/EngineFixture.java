package dev.posbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.posbridge.cli.NightReport;
import dev.posbridge.ledger.DeadLetters;
import dev.posbridge.ledger.FileReport;
import dev.posbridge.ledger.LedgerView;
import dev.posbridge.ledger.Outcomes;
import dev.posbridge.ledger.RecordState;
import dev.posbridge.ledger.RestoreGuard;
import dev.posbridge.ledger.TestLedgers;
import dev.posbridge.ledger.store.LedgerAddress;
import dev.posbridge.sandbox.Sandbox;
import dev.posbridge.sandbox.SandboxBook;
import dev.posbridge.sandbox.SandboxSettings;
import dev.posbridge.settings.Settings;
import dev.posbridge.settings.SettingsReader;
import dev.posbridge.vendor.Profiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The real engine with the real routes and profiles on a data folder of its own, and a sandbox in this process. One at a
 * time in a JVM: the broker has one address.
 */
final class EngineFixture implements AutoCloseable {
    static final String VENDOR = "generic-csv";
    private static final Profiles PROFILES = Profiles.in(Path.of("config/vendors"));

    static {
        // Nobody has to wait for a timer in a test. Camel lets system properties stand before those of the program.
        System.setProperty("engine.housekeeping.period", "50");
        System.setProperty("engine.jobs.period", "10");
        System.setProperty("engine.batch.period", "10");
        System.setProperty("engine.reports.period", "50");
        System.setProperty("engine.watch.period", "50");
        System.setProperty("engine.watch.first-say", "3000");
    }

    private final Path folder;
    private final Sandbox sandbox;
    private final Map<String, String> set = new LinkedHashMap<>();
    private final Map<String, Object> beans = new LinkedHashMap<>();
    private Profiles profiles = PROFILES;
    private DataFolder dataFolder;
    private Engine engine;
    private int keptTimes;

    private EngineFixture(Path folder, SandboxSettings settings) {
        this.folder = folder;
        this.sandbox = Sandbox.start(settings);
        set("posbridge.account.name", "chain")
                .set("posbridge.account.environment", "test")
                .set("posbridge.account.currency", "GBP")
                .set("posbridge.gameball.url", sandbox.uri().toString())
                .set("posbridge.gameball.quotas", "off")
                .set("posbridge.gameball.answer-timeout", "20s")
                .set("posbridge.data-dir", folder.resolve("data").toString())
                .set("posbridge.inbox", folder.resolve("inbox").toString())
                .set("posbridge.inbox.poll", "50ms")
                .set("posbridge.inbox.settle", "1ms")
                .set("posbridge.delivery.linger", "1ms")
                .set("posbridge.delivery.job-deadline", "500ms")
                .set("posbridge.delivery.retry-pause", "20ms")
                .set("posbridge.delivery.retry-pause-max", "100ms");
        if (TestLedgers.areOnPostgres()) {
            onPostgres();
        }
    }

    /** The ledger in a database of its own on a PostgreSQL server. */
    EngineFixture onPostgres() {
        LedgerAddress address = TestLedgers.onPostgres(folder.resolve("data/ledger.db"));
        return set("posbridge.ledger.url", address.url()).set("posbridge.ledger.user", address.user());
    }

    /** Not yet started, so that more can be set. */
    static EngineFixture in(Path folder) {
        return in(folder, SandboxSettings.defaults());
    }

    static EngineFixture in(Path folder, SandboxSettings settings) {
        return new EngineFixture(folder, settings.withQuotas(SandboxSettings.QuotaRule.OFF));
    }

    /** With whatever limits the sandbox has. */
    static EngineFixture limited(Path folder, SandboxSettings settings) {
        return new EngineFixture(folder, settings);
    }

    EngineFixture set(String key, String value) {
        set.put(key, value);
        return this;
    }

    EngineFixture without(String key) {
        set.remove(key);
        return this;
    }

    /** Other profiles than those that come with Posbridge. */
    EngineFixture by(Profiles others) {
        profiles = others;
        return this;
    }

    EngineFixture bind(String name, Object bean) {
        beans.put(name, bean);
        return this;
    }

    EngineFixture start(Engine.Mode mode) {
        Settings settings = settings();
        dataFolder = DataFolder.tryTake(settings.folders().data(), "test").orElseThrow();
        engine = Engine.start(settings, profiles, mode, new Engine.Guests(new NightReport(), beans));
        return this;
    }

    EngineFixture start() {
        return start(Engine.Mode.ONE_SHOT);
    }

    void stop() {
        if (engine != null) {
            engine.close();
            engine = null;
            dataFolder.close();
        }
    }

    /** A copy of the ledger as it is this moment: what {@code kill -9} would leave. */
    void keepAsAKillWouldLeaveIt() {
        copy(settings().folders().data().resolve(RestoreGuard.FILE), keptMark());
        if (TestLedgers.areOnPostgres()) {
            keptTimes++;
            TestLedgers.copyOnPostgres(Ledger.address(settings()), TestLedgers.onPostgres(kept()));
        } else {
            ledger().copyTo(kept());
        }
    }

    private static void copy(Path from, Path to) {
        try {
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private Path keptMark() {
        return folder.resolve("kept.moment");
    }

    /** Starts on the copy in place of the ledger. */
    EngineFixture startFromWhatWasKept() {
        return startFromWhatWasKept(Engine.Mode.ONE_SHOT);
    }

    EngineFixture startFromWhatWasKept(Engine.Mode mode) {
        try {
            Path ledger = settings().folders().ledger();
            Files.deleteIfExists(ledger.resolveSibling(ledger.getFileName() + "-wal"));
            Files.deleteIfExists(ledger.resolveSibling(ledger.getFileName() + "-shm"));
            if (TestLedgers.areOnPostgres()) {
                set("posbridge.ledger.url", TestLedgers.onPostgres(kept()).url());
            } else {
                Files.move(kept(), ledger, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.move(keptMark(), ledger.resolveSibling(RestoreGuard.FILE), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        return start(mode);
    }

    private Path kept() {
        return folder.resolve("kept" + keptTimes + ".db");
    }

    /** The same ledger through connections of its own, as another node has it. */
    Ledger openLedgerBeside() {
        return Ledger.openExisting(settings());
    }

    Settings settings() {
        return SettingsReader.read(Path.of("").toAbsolutePath(), null, Map.of(), set);
    }

    Engine engine() {
        return engine;
    }

    Sandbox sandbox() {
        return sandbox;
    }

    SandboxBook.Totals held() {
        return sandbox.book().totals();
    }

    Path folder() {
        return folder;
    }

    /** Somebody whom Gameball knows before we do. */
    void createCustomer(String id) {
        post("customers", "{\"customerId\":\"" + id + "\"}");
    }

    /** A call of somebody else's. */
    void post(String path, String json) {
        HttpRequest request = HttpRequest.newBuilder(sandbox.uri().resolve("/api/v4.0/integrations/" + path))
                .headers("APIKey", "other", "SecretKey", "other", "Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        try {
            int status = HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            assertThat(status).isEqualTo(200);
        } catch (IOException | InterruptedException problem) {
            throw new IllegalStateException(problem);
        }
    }

    /** What the sandbox says of the calls it saw. */
    String state() {
        return get("/sandbox/state");
    }

    /** What somebody else asks; the answer. */
    String get(String path) {
        String whole = path.startsWith("/") ? path : "/api/v4.0/integrations/" + path;
        HttpRequest request = HttpRequest.newBuilder(sandbox.uri().resolve(whole))
                .headers("APIKey", "other", "SecretKey", "other")
                .build();
        try {
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException | InterruptedException problem) {
            throw new IllegalStateException(problem);
        }
    }

    /** A file with these rows, outside of the inbox. */
    Path write(String name, Till.Row... rows) {
        return write(folder.resolve("files").resolve(name), Till.file(rows));
    }

    Path write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** Puts a file into the inbox, whole at once. */
    void drop(String name, Till.Row... rows) {
        Path written = write(name, rows);
        try {
            Files.move(written, folder.resolve("inbox").resolve(VENDOR).resolve(name));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    EngineFixture ingest(String name, Till.Row... rows) {
        engine.ingest(write(name, rows), VENDOR);
        return this;
    }

    EngineFixture ingestAndSettle(String name, Till.Row... rows) {
        return ingest(name, rows).awaitSettled();
    }

    EngineFixture awaitSettled() {
        await().pollInterval(Duration.ofMillis(10)).until(() -> ledger().isSettled());
        return this;
    }

    LedgerView ledger() {
        return new LedgerView(engine.ledger().database());
    }

    List<FileReport> files() {
        return ledger().files();
    }

    Outcomes outcomes() {
        return ledger().outcomes();
    }

    List<DeadLetters.DeadLetter> deadLetters() {
        return ledger().deadLetters();
    }

    /** Every record as {@code sale R-1 delivered}, with its reason if it has one, in the order in which they came. */
    List<String> records() {
        return ledger().texts();
    }

    /** What the ledger says was delivered is what the sandbox holds, in records and money, and nothing came twice. */
    void assertEqualBooks() {
        assertThat(ledger().contradictions()).isEmpty();
        SandboxBook.Totals held = held();
        List<LedgerView.Seen> delivered = ledger().records().stream()
                .filter(one -> one.is(RecordState.DELIVERED))
                .toList();
        assertThat(delivered).filteredOn(one -> "sale".equals(one.kind())).hasSize(held.orders());
        assertThat(delivered).filteredOn(one -> "refund".equals(one.kind())).hasSize(held.refunds());
        assertThat(outcomes().of("delivered").sales()).isEqualByComparingTo(held.totalPaid());
        assertThat(outcomes().of("delivered").refunds()).isEqualByComparingTo(held.totalRefunded());
        assertThat(outcomes().of("pending").records()).isZero();
        assertThat(outcomes().of("pending").sales()).isEqualByComparingTo(BigDecimal.ZERO);
    }

    @Override
    public void close() {
        try {
            stop();
        } finally {
            sandbox.close();
        }
    }
}
