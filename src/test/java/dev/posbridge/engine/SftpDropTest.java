package dev.posbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.posbridge.ledger.HealthBook.Concern;
import dev.posbridge.ledger.HealthBook.State;
import dev.posbridge.ledger.LedgerView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The SFTP door against a real server whose ways are spoiled. */
class SftpDropTest {
    private static final Instant YESTERDAY = Instant.now().minus(Duration.ofDays(1));

    @TempDir
    private Path folder;

    private EngineFixture engine;
    private DropServer server;

    @BeforeEach
    void start() throws Exception {
        server = DropServer.start(folder.resolve("server"));
        engine = EngineFixture.in(folder);
        source("night", "out");
    }

    @AfterEach
    void close() {
        engine.close();
        server.close();
    }

    /** A source of the server; tests change what they are about. */
    private void source(String name, String from) throws Exception {
        Files.createDirectories(server.root().resolve(from.replaceAll("^/|/?\\{.*", "")));
        Path knownHosts = Files.writeString(folder.resolve("known_hosts"), server.knownHosts());
        set(name, "vendor", EngineFixture.VENDOR);
        set(name, "host", "127.0.0.1");
        set(name, "port", Integer.toString(server.port()));
        set(name, "user", "chain");
        set(name, "password", "old-secret");
        set(name, "known-hosts-file", knownHosts.toString());
        set(name, "folder", from);
        set(name, "poll", "150ms");
        set(name, "settle", "1ms");
    }

    private void set(String name, String key, String value) {
        engine.set("posbridge.sources." + name + "." + key, value);
    }

    private static String sales(String... ids) {
        Till.Row[] rows = new Till.Row[ids.length];
        for (int i = 0; i < ids.length; i++) {
            rows[i] = Till.sale(ids[i], "ann", "10.00");
        }
        return Till.file(rows);
    }

    private static ConditionFactory soon() {
        return await().pollInterval(Duration.ofMillis(20));
    }

    private void awaitOrders(long count) {
        soon().until(() -> engine.held().orders() == count);
        engine.awaitSettled().assertEqualBooks();
    }

    private Concern health(String source) {
        return engine.engine().health().reported().stream()
                .filter(concern -> concern.name().equals("sftp " + source))
                .findFirst()
                .orElse(null);
    }

    private Concern awaitRed(String source, String message) {
        soon().until(() -> health(source) != null
                && health(source).state() == State.RED
                && health(source).message().contains(message));
        return health(source);
    }

    /** Two polls have ended well since now. */
    private void awaitTwoPolls(String source) {
        for (int i = 0; i < 2; i++) {
            Instant now = Instant.now();
            soon().until(() -> health(source) != null
                    && health(source).state() == State.GREEN
                    && health(source).lastGreen().isAfter(now));
        }
    }

    @Test
    void takesEveryFileOnceAndKeepsItInTheArchive() {
        server.put("out/a.csv", sales("1", "2"));
        engine.start(Engine.Mode.SERVICE);
        awaitOrders(2);
        server.put("out/b.csv", sales("3"));
        awaitOrders(3);
        awaitTwoPolls("night");

        assertThat(engine.files()).hasSize(2);
        assertThat(server.names()).containsExactly("out/a.csv", "out/b.csv");
        assertThat(folder.resolve("data/archive/generic-csv/" + LocalDate.now() + "/a.csv"))
                .exists();
        assertThat(folder.resolve("data/spool/night")).isEmptyDirectory();
    }

    @Test
    void movesFilesOfOneNameBesideEachOther() {
        set("night", "after", "move");
        engine.start(Engine.Mode.SERVICE);
        server.put("out/sales.csv", sales("1"));
        soon().until(() -> server.names().equals(List.of("out/taken/sales.csv")));
        server.put("out/sales.csv", sales("2"));
        soon().until(() -> server.names().equals(List.of("out/taken/sales.csv", "out/taken/sales.csv.2")));

        awaitOrders(2);
    }

    @Test
    void takesOneFolderAStoreAndNamesFilesByTheStore() {
        set("night", "folder", "drops/{store}/out");
        server.put("drops/07/out/sales.csv", sales("1"));
        server.put("drops/12/out/sales.csv", sales("2"));
        server.put("drops/12/sales.csv", sales("3"));
        server.put("drops/12/old/sales.csv", sales("4"));
        server.put("drops/a b/out/sales.csv", sales("5"));
        engine.start(Engine.Mode.SERVICE);
        awaitOrders(2);
        awaitTwoPolls("night");

        assertThat(engine.files()).extracting("name").containsExactlyInAnyOrder("07_sales.csv", "12_sales.csv");
    }

    @Test
    void refusesTraversalInTheNamesOfTheListing() {
        server.put("out/..%2F..%2Fescaped.csv", sales("1"));
        server.put("out/sub%2Fescaped.csv", sales("2"));
        server.put("out/$(touch x).csv", sales("3"));
        server.put("out/..%2Fup/escaped.csv", sales("4"));
        server.put("out/good.csv", sales("5"));
        engine.start(Engine.Mode.SERVICE);
        awaitOrders(1);
        awaitTwoPolls("night");

        assertThat(engine.records()).containsExactly("sale 5 delivered");
        assertThat(server.names()).hasSize(5);
        assertThat(folder)
                .isDirectoryNotContaining(path -> path.getFileName().toString().contains("escaped"));
    }

    @Test
    void goesOnWithAReplacedPasswordAndShowsNone() throws Exception {
        Path password = Files.writeString(folder.resolve("password"), "old-secret\n");
        engine = engine.without("posbridge.sources.night.password");
        set("night", "password-file", password.toString());
        server.password("new-secret");
        server.put("out/a.csv", sales("1"));
        engine.start(Engine.Mode.SERVICE);

        assertThat(awaitRed("night", "the server refuses user, password or key (Auth")
                        .message())
                .doesNotContain("secret");
        assertThat(engine.engine().camel().getEndpoints().toString()).doesNotContain("secret");
        Files.writeString(password, "new-secret");
        awaitOrders(1);
    }

    @Test
    void takesAllOrNothingWhereTheConnectionBreaksInTheMiddle() {
        String large = sales("1") + Till.sale("2", "ann", "10.00").line() + "\n" + "\n".repeat(3_000_000);
        server.breakAfter(1_000_000);
        server.put("out/a.csv", large);
        engine.start(Engine.Mode.SERVICE);

        assertThat(awaitRed("night", "a.csv was not taken in (").message()).contains("nothing of it is sent");
        assertThat(engine.files()).isEmpty();
        server.breakAfter(Long.MAX_VALUE);
        awaitOrders(2);
        assertThat(engine.files()).hasSize(1);
    }

    @Test
    void isNotDisturbedByASourceThatFails() throws Exception {
        source("other", "elsewhere");
        set("other", "user", "nobody");
        server.put("out/a.csv", sales("1"));
        engine.start(Engine.Mode.SERVICE);
        awaitOrders(1);

        awaitRed("other", "the server refuses user");
        awaitTwoPolls("night");
    }

    @Test
    void sendsNothingTwiceWhereItIsKilledBeforeTheFileIsMoved() {
        set("night", "after", "move");
        FailingSteps steps = new FailingSteps();
        steps.failOnce("remember-taken", false);
        server.put("out/a.csv", sales("1", "2"));
        engine.bind("failing-steps", steps).start(Engine.Mode.SERVICE);
        soon().until(steps::hasFailed);
        engine.stop();
        assertThat(server.names()).containsExactly("out/a.csv");

        engine.start(Engine.Mode.SERVICE);
        soon().until(() -> server.names().equals(List.of("out/taken/a.csv")));
        awaitOrders(2);
        assertThat(engine.files()).extracting("state").hasSizeBetween(1, 2);
    }

    @Test
    void putsAwayLaterWhatItCouldNotPutAwayAtOnce() throws Exception {
        set("night", "after", "move");
        Path inTheWay = Files.writeString(server.root().resolve("out/taken"), "a file where the folder should be");
        set("night", "files", "*.csv");
        server.put("out/a.csv", sales("1"));
        engine.start(Engine.Mode.SERVICE);
        awaitOrders(1);
        awaitRed("night", "out/a.csv is taken in, but cannot be put away at the server (");

        Files.delete(inTheWay);
        soon().until(() -> server.names().equals(List.of("out/taken/a.csv")));
        assertThat(engine.files()).hasSize(1);
    }

    @Test
    void doesWithTheFileAtTheServerWhatTheSourceSays() throws Exception {
        for (String after : List.of("delete", "move", "rename")) {
            source(after, after);
            set(after, "after", after);
        }
        for (String name : List.of("night", "delete", "move", "rename")) {
            set(name, "files", "*.csv");
            set(name, "done-file", "{file}.done");
            String at = name.equals("night") ? "out" : name;
            server.put(at + "/a.csv", sales(name));
            server.put(at + "/a.csv.done", "");
        }
        engine.start(Engine.Mode.SERVICE);
        awaitOrders(4);

        soon().until(() -> server.names()
                .equals(List.of("move/taken/a.csv", "out/a.csv", "out/a.csv.done", "rename/a.csv.taken")));
        for (String name : List.of("night", "delete", "move", "rename")) {
            awaitTwoPolls(name);
        }
        assertThat(engine.files()).hasSize(4);
        assertThat(engine.ledger().remembered()).isEqualTo(1);
    }

    @Test
    void takesNoFileThatIsNotWholeTooOldOrTooLarge() throws Exception {
        set("night", "done-file", "{base}.ok");
        source("growing", "growing");
        set("growing", "settle", "1h");
        source("late", "late");
        set("late", "days-back", "3");
        set("late", "max-size", "1KiB");
        server.put("out/a.csv", sales("1"));
        Path growing = server.put("growing/b.csv", sales("2"));
        server.putOf("late/old.csv", Instant.now().minus(Duration.ofDays(5)), sales("3"));
        server.putOf("late/new.csv", YESTERDAY, sales("4"));
        server.put("late/large.csv", sales("5") + "x".repeat(2000));
        engine.start(Engine.Mode.SERVICE);
        awaitOrders(1);
        for (String name : List.of("night", "growing", "late")) {
            awaitTwoPolls(name);
        }
        assertThat(engine.records()).containsExactly("sale 4 delivered");

        server.put("out/a.ok", "");
        Files.setLastModifiedTime(growing, FileTime.from(YESTERDAY));
        awaitOrders(3);
    }

    @Test
    void takesFilesFromAnAbsoluteFolder() {
        set("night", "folder", "/out/{store}");
        set("night", "after", "move");
        server.put("out/07/a.csv", sales("1"));
        engine.start(Engine.Mode.SERVICE);
        awaitOrders(1);

        soon().until(() -> server.names().equals(List.of("out/07/taken/a.csv")));
    }

    @Test
    void takesNothingFromAServerWithAnotherHostKey() throws Exception {
        engine.start(Engine.Mode.SERVICE);
        awaitTwoPolls("night");
        server = server.replaced();
        server.put("out/a.csv", sales("1"));

        awaitRed("night", "the server's host key is not the one in known-hosts-file (");
        assertThat(server.logins()).isZero();
        assertThat(engine.files()).isEmpty();

        Files.writeString(folder.resolve("known_hosts"), server.knownHosts());
        awaitOrders(1);
    }

    @Test
    void noticesAServerThatAnswersForItselfButNotForItsDisk() {
        set("night", "timeout", "2s");
        CountDownLatch end = new CountDownLatch(1);
        server.fallSilent(end);
        server.put("out/a.csv", sales("1"));
        engine.start(Engine.Mode.SERVICE);

        awaitRed("night", "the server has fallen silent");
        end.countDown();
        awaitOrders(1);
    }

    @Test
    void deliversEverySaleOnceWhereAStepFails() {
        set("night", "after", "delete");
        FailingSteps steps = new FailingSteps();
        engine.bind("failing-steps", steps).start(Engine.Mode.SERVICE);
        List<String> failing = List.of("fetch-file", "keep-spooled", "name-source", "offer-spooled", "remember-taken");
        for (String step : failing) {
            steps.failOnce(step, true);
            server.put("out/" + step + ".csv", sales("of " + step));
            soon().until(() -> steps.hasFailed() && server.names().isEmpty());
        }

        awaitOrders(failing.size());
    }

    @Test
    void leavesAnotherFileAloneThatTakesTheNameAtTheLastMoment() throws Exception {
        for (String after : List.of("delete", "rename", "move")) {
            source(after, after);
            set(after, "after", after);
        }
        engine.start(Engine.Mode.INTAKE_ONLY);
        for (String after : List.of("delete", "rename", "move")) {
            awaitTwoPolls(after);
            server.beforeNextChange(() -> server.put(after + "/a.csv", sales(after, after + " again")));
            server.put(after + "/a.csv", sales(after));
            soon().until(() ->
                    engine.ledger().records().stream().anyMatch(one -> one.key().equals(after + " again")));
        }

        soon().until(() -> server.names().equals(List.of("move/taken/a.csv", "rename/a.csv.taken")));
        assertThat(engine.files()).hasSize(6);
    }

    @Test
    void readsWhatWasPutAsideAndNeverTaken() throws Exception {
        set("night", "after", "move");
        server.put("out/a.csv.posbridge-taken", sales("1"));
        server.put("out/b.csv", sales("2"));
        server.put("out/b.csv.posbridge-taken.2", sales("3"));
        engine.start(Engine.Mode.SERVICE);
        awaitOrders(3);

        soon().until(() -> server.names().equals(List.of("out/taken/a.csv", "out/taken/b.csv", "out/taken/b.csv.2")));
    }

    @Test
    void leavesAnotherFileAloneThatTookTheNameMeanwhile() {
        set("night", "after", "delete");
        engine.start(Engine.Mode.INTAKE_ONLY);
        awaitTwoPolls("night");
        server.put("out/a.csv", sales("1"));
        for (int i = 2; i < 5; i++) {
            int file = i;
            soon().until(() -> engine.files().size() >= file - 1);
            // Of another size each: servers tell times in whole seconds.
            server.put("out/a.csv", sales("1", "and 1".repeat(i)));
        }
        soon().until(() -> server.names().isEmpty());

        assertThat(engine.ledger().records())
                .filteredOn(one -> "sale".equals(one.kind()))
                .extracting(LedgerView.Seen::key)
                .hasSize(4)
                .doesNotHaveDuplicates();
    }
}
