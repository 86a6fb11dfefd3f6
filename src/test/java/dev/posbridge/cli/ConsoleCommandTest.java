package dev.posbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.posbridge.cli.Posbridges.Posbridge;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code posbridge console}, a process of its own on a data folder, and {@code posbridge console user}. */
class ConsoleCommandTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern LINK = Pattern.compile("Console: (http://127\\.0\\.0\\.1:\\d+/sign-in\\?key=\\S+)");

    @TempDir
    private Path home;

    private Shop shop;
    private Posbridges processes;

    @BeforeEach
    void open() {
        shop = Shop.in(home, Shop.NAMED);
        processes = new Posbridges(home);
    }

    @AfterEach
    void close() {
        processes.close();
        shop.close();
    }

    @Test
    void opensOnADataFolderWithoutAServiceAndBesideOneAndTakesItsKeyAway() throws Exception {
        shop.ingest("a.csv", "S,1,2026-01-31 12:00,07700 900123,5.00,,A,1,5.00");
        Path key = shop.data().resolve("console.key");
        Posbridge console = console();
        assertThat(page(console)).contains("Nothing runs here").contains("a.csv");
        assertThat(key).exists();

        Posbridge service = processes.startWith(
                List.of("-Dposbridge.home=" + home),
                "run",
                "--data-dir",
                shop.data().toString(),
                "--set",
                "posbridge.inbox=" + home.resolve("inbox"),
                "--set",
                "posbridge.account.name=sandbox",
                "--set",
                "posbridge.account.environment=test",
                "--set",
                "posbridge.account.currency=GBP",
                "--set",
                "posbridge.gameball.url=" + shop.sandbox().uri(),
                "--set",
                "posbridge.gameball.quotas=off");
        await().atMost(PATIENCE).until(() -> {
            assertThat(service.process().isAlive()).as(service.errText()).isTrue();
            return service.errText().contains("Ready.");
        });
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(page(console)).contains("Running: posbridge run"));

        console.process().destroy();
        assertThat(console.exit()).isEqualTo(143);
        assertThat(key).as("it opens nothing any more").doesNotExist();
        assertThat(service.process().isAlive()).isTrue();
    }

    @Test
    void isClosedWithTheDemoWhenThatIsToldToEnd() throws Exception {
        Posbridge demo = processes.start(
                "demo",
                "--console",
                "--port",
                "0",
                "--data-dir",
                home.resolve("demo").toString());
        assertThat(page(demo)).contains("EOD_07_20260131.csv");

        demo.process().destroy();
        assertThat(demo.exit()).isEqualTo(143);
        assertThat(home.resolve("demo/console.key")).doesNotExist();
    }

    @Test
    void refusesAFolderWithoutALedgerAndAPortThatIsNone() {
        Cli.Seen none = Cli.run(
                "console", "--port", "0", "--data-dir", home.resolve("empty").toString());
        assertThat(none.exit()).isEqualTo(2);
        assertThat(none.err()).contains(home.resolve("empty").toString());
        assertThat(home.resolve("empty")).doesNotExist();

        shop.ingest("a.csv", "S,1,2026-01-31 12:00,07700 900123,5.00,,A,1,5.00");
        Cli.Seen port =
                Cli.run("console", "--port", "65536", "--data-dir", shop.data().toString());
        assertThat(port.exit()).isEqualTo(2);
        assertThat(port.err()).contains("--port is 65536, expected a number from 0 to 65535.");
    }

    @Test
    void makesALineForAUserThatShowsNoPassword() {
        Cli.Seen seen = user("correct horse battery\n", "jane", "--role", "operate");

        assertThat(seen.exit()).isZero();
        assertThat(seen.out())
                .matches("jane operate pbkdf2-sha256:\\d+:[^ :]+:[^ :]+\n")
                .doesNotContain("correct");
        assertThat(seen.err()).isEmpty();
        assertThat(user("correct horse battery\n", "jane", "--role", "operate").out())
                .as("the same password is never seen to be the same")
                .isNotEqualTo(seen.out());
    }

    @Test
    void makesNoLineForAShortPasswordAnUnknownRoleOrANameThatIsNone() {
        Cli.Seen brief = user("secret-word\n", "jane", "--role", "operate");
        assertThat(brief.exit()).isEqualTo(2);
        assertThat(brief.out()).isEmpty();
        assertThat(brief.err())
                .contains("the password has 11 characters, expected 12 or more. Type a longer one.")
                .doesNotContain("secret-word");
        assertThat(user("", "jane", "--role", "operate").err()).contains("the password has 0 characters");
        assertThat(user("correct horse battery\n", "jane", "--role", "boss").err())
                .contains("role of \"jane\" is \"boss\", expected one of read, operate, administer.");
        assertThat(user("correct horse battery\n", "jane doe", "--role", "read").exit())
                .isEqualTo(2);
    }

    @Test
    void addsChangesListsAndRemovesUsersAndLeavesTheOtherLinesAsTheyAre() throws IOException {
        shop.ingest("a.csv", "S,1,2026-01-31 12:00,07700 900123,5.00,,A,1,5.00");
        Path file = home.resolve("console-users");
        assertThat(edit(file, "correct horse battery", "add", "jane", "--role", "operate")
                        .out())
                .isEqualTo("jane is added and may operate.\n");
        Files.writeString(file, "# the night shift\n\n" + Files.readString(file));
        assertThat(edit(file, "battery horse correct", "add", "joe", "--role", "read")
                        .exit())
                .isZero();
        String jane = Files.readAllLines(file).get(2);

        assertThat(edit(file, "", "list").out()).isEqualTo("jane operate\njoe read\n");
        assertThat(edit(file, "", "change", "joe", "--role", "administer").out())
                .isEqualTo("joe may administer now; whoever was in as joe signs in again.\n");
        assertThat(edit(file, "another long one", "change", "joe").out())
                .isEqualTo("joe has a new password; whoever was in as joe signs in again.\n");
        assertThat(Files.readAllLines(file))
                .startsWith("# the night shift", "", jane)
                .hasSize(4);
        assertThat(Files.readAllLines(file).get(3)).startsWith("joe administer pbkdf2");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");

        assertThat(edit(file, "", "remove", "jane").out()).isEqualTo("jane is removed.\n");
        assertThat(edit(file, "", "remove", "joe").err()).contains("user \"joe\" is the only one");
        assertThat(edit(file, "", "change", "jane", "--role", "read").err())
                .contains("found no user \"jane\", expected one of joe.");
        assertThat(edit(file, "correct horse battery", "add", "joe", "--role", "read")
                        .err())
                .contains("user \"joe\" is there already. Change it with posbridge console user change joe.");
        assertThat(edit(file, "", "change", "joe", "--role", "boss").err()).contains("role of \"joe\" is \"boss\"");
        assertThat(edit(file, "", "list").out()).isEqualTo("joe administer\n");
        assertThat(Cli.run("audit", "--data-dir", shop.data().toString()).out())
                .contains("jane is added and may operate.", "jane is removed.")
                .doesNotContain("battery");
        assertThat(user("", "list").err()).contains("posbridge.console.users-file is not set");
    }

    private Cli.Seen edit(Path file, String typed, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--file", file.toString(), "--data-dir", shop.data().toString()));
        return user(typed + "\n", all.toArray(String[]::new));
    }

    private static Cli.Seen user(String typed, String... arguments) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)));
        try {
            List<String> all = new ArrayList<>(List.of("console", "user"));
            all.addAll(List.of(arguments));
            return Cli.run(all.toArray(String[]::new));
        } finally {
            System.setIn(before);
        }
    }

    private Posbridge console() throws IOException {
        return processes.startWith(
                List.of("-Dposbridge.home=" + home),
                "console",
                "--port",
                "0",
                "--data-dir",
                shop.data().toString(),
                "--set",
                "posbridge.inbox=" + home.resolve("inbox"));
    }

    private static String page(Posbridge console) throws Exception {
        Matcher link = await().atMost(PATIENCE)
                .until(() -> LINK.matcher(console.outText() + console.errText()), Matcher::find);
        HttpClient browser = HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        return browser.send(
                        HttpRequest.newBuilder(URI.create(link.group(1))).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
