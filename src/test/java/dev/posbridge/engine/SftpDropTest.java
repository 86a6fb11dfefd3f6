package dev.posbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.posbridge.ledger.HealthBook.Concern;
import dev.posbridge.ledger.HealthBook.State;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        set(name, "poll", "50ms");
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
        return await().atMost(Duration.ofSeconds(40)).pollInterval(Duration.ofMillis(20));
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

    private Concern awaitRed(String source) {
        soon().until(() -> health(source) != null && health(source).state() == State.RED);
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

    @ParameterizedTest
    @CsvSource({
        "keep, out/a.csv",
        "delete, ''",
        "move, out/taken/a.csv",
        "rename, out/a.csv.taken",
    })
    void doesWithTheFileAtTheServerWhatTheSourceSays(String after, String left) {
        set("night", "after", after);
        set("night", "files", "*.csv");
        set("night", "done-file", "{file}.done");
        server.put("out/a.csv", sales("1"));
        server.put("out/a.csv.done", "");
        engine.start(Engine.Mode.SERVICE);
        awaitOrders(1);
        List<String> expected = left.isEmpty()
                ? List.of()
                : after.equals("keep") ? List.of("out/a.csv", "out/a.csv.done") : List.of(left);
        soon().until(() -> server.names().equals(expected));
        awaitTwoPolls("night");

        assertThat(engine.files()).hasSize(1);
        assertThat(engine.number("select count(*) from taken")).isEqualTo(after.equals("keep") ? 1 : 0);
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
    void waitsForTheDoneFile() {
        set("night", "done-file", "{base}.ok");
        server.put("out/a.csv", sales("1"));
        engine.start(Engine.Mode.SERVICE);
        awaitTwoPolls("night");
        assertThat(engine.files()).isEmpty();

        server.put("out/a.ok", "");
        awaitOrders(1);
    }

    @Test
    void leavesAFileAloneThatStillGrows() throws Exception {
        set("night", "settle", "1h");
        Path growing = server.put("out/a.csv", sales("1"));
        engine.start(Engine.Mode.SERVICE);
        awaitTwoPolls("night");
        assertThat(engine.files()).isEmpty();

        Files.setLastModifiedTime(growing, java.nio.file.attribute.FileTime.from(YESTERDAY));
        awaitOrders(1);
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
    void takesFilesFromAnAbsoluteFolder() {
        set("night", "folder", "/out/{store}");
        set("night", "after", "move");
        server.put("out/07/a.csv", sales("1"));
        engine.start(Engine.Mode.SERVICE);
        awaitOrders(1);

        soon().until(() -> server.names().equals(List.of("out/07/taken/a.csv")));
    }

    @Test
    void leavesOldFilesAlone() {
        set("night", "days-back", "3");
        server.putOf("out/old.csv", Instant.now().minus(Duration.ofDays(5)), sales("1"));
        server.putOf("out/new.csv", YESTERDAY, sales("2"));
        engine.start(Engine.Mode.SERVICE);
        awaitOrders(1);
        awaitTwoPolls("night");

        assertThat(engine.records()).containsExactly("sale 2 delivered");
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
    void refusesWhatIsTooLarge() {
        set("night", "max-size", "1KiB");
        server.put("out/a.csv", sales("1") + "x".repeat(2000));
        engine.start(Engine.Mode.SERVICE);
        awaitTwoPolls("night");

        assertThat(engine.files()).isEmpty();
    }

    @Test
    void takesNothingFromAServerWithAnotherHostKey() throws Exception {
        engine.start(Engine.Mode.SERVICE);
        awaitTwoPolls("night");
        server = server.replaced();
        server.put("out/a.csv", sales("1"));

        assertThat(awaitRed("night").message())
                .startsWith("the server's host key is not the one in known-hosts-file (");
        assertThat(server.logins()).isZero();
        assertThat(engine.files()).isEmpty();

        Files.writeString(folder.resolve("known_hosts"), server.knownHosts());
        awaitOrders(1);
    }

    @Test
    void goesOnWithAReplacedPasswordAndShowsNone() throws Exception {
        Path password = Files.writeString(folder.resolve("password"), "old-secret\n");
        engine = engine.without("posbridge.sources.night.password");
        set("night", "password-file", password.toString());
        server.password("new-secret");
        server.put("out/a.csv", sales("1"));
        engine.start(Engine.Mode.SERVICE);

        assertThat(awaitRed("night").message())
                .startsWith("the server refuses user, password or key (Auth")
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

        assertThat(awaitRed("night").message()).contains("a.csv was not taken in (", "nothing of it is sent");
        assertThat(engine.files()).isEmpty();
        server.breakAfter(Long.MAX_VALUE);
        awaitOrders(2);
        assertThat(engine.files()).hasSize(1);
    }

    @Test
    void noticesAServerThatAnswersForItselfButNotForItsDisk() {
        set("night", "timeout", "300ms");
        CountDownLatch end = new CountDownLatch(1);
        server.fallSilent(end);
        server.put("out/a.csv", sales("1"));
        engine.start(Engine.Mode.SERVICE);

        assertThat(awaitRed("night").message()).contains("the server has fallen silent");
        end.countDown();
        awaitOrders(1);
    }

    @Test
    void isNotDisturbedByASourceThatFails() throws Exception {
        source("other", "elsewhere");
        set("other", "user", "nobody");
        server.put("out/a.csv", sales("1"));
        engine.start(Engine.Mode.SERVICE);
        awaitOrders(1);

        assertThat(awaitRed("other").message()).startsWith("the server refuses user");
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

    @ParameterizedTest
    @CsvSource({"fetch-file", "drop-headers-of-server", "keep-spooled", "name-source", "offer-spooled", "remember-taken"
    })
    void deliversEverySaleOnceWhereAStepFails(String step) {
        set("night", "after", "delete");
        FailingSteps steps = new FailingSteps();
        server.put("out/a.csv", sales("1", "2"));
        steps.failOnce(step, true);
        engine.bind("failing-steps", steps).start(Engine.Mode.SERVICE);
        soon().until(() -> steps.hasFailed() && server.names().isEmpty());

        awaitOrders(2);
    }

    @Test
    void putsAwayLaterWhatItCouldNotPutAwayAtOnce() throws Exception {
        set("night", "after", "move");
        Path inTheWay = Files.writeString(server.root().resolve("out/taken"), "a file where the folder should be");
        set("night", "files", "*.csv");
        server.put("out/a.csv", sales("1"));
        engine.start(Engine.Mode.SERVICE);
        awaitOrders(1);
        assertThat(awaitRed("night").message())
                .startsWith("out/a.csv is taken in, but cannot be put away at the server (");

        Files.delete(inTheWay);
        soon().until(() -> server.names().equals(List.of("out/taken/a.csv")));
        assertThat(engine.files()).hasSize(1);
    }

    @Test
    void leavesAnotherFileAloneThatTookTheNameMeanwhile() {
        set("night", "after", "delete");
        engine.start(Engine.Mode.INTAKE_ONLY);
        awaitTwoPolls("night");
        server.put("out/a.csv", sales("1"));
        for (int i = 2; i < 6; i++) {
            int file = i;
            soon().until(() -> engine.files().size() == file - 1);
            server.put("out/a.csv", sales("1", "and " + i));
        }
        soon().until(() -> server.names().isEmpty());

        assertThat(engine.number("select count(distinct key) from record where kind = 1"))
                .isEqualTo(5);
    }
}
