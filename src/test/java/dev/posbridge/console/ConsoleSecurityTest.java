package dev.posbridge.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posbridge.ConfigurationException;
import dev.posbridge.ledger.AuditBook;
import dev.posbridge.ledger.DeadLetterFilter;
import dev.posbridge.ledger.DeadLetters;
import dev.posbridge.ledger.HoldBook;
import dev.posbridge.sandbox.Fault;
import dev.posbridge.sandbox.Sandbox;
import dev.posbridge.sandbox.SandboxSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody gets in who should not, and nothing that a file says becomes a part of a page. Over plain HTTP, without a browser. */
class ConsoleSecurityTest {
    private static final String PASSWORD = "correct horse battery";

    @TempDir
    private Path folder;

    private Shops.Opened opened;

    @BeforeEach
    void open() {
        opened = Shops.open(Shops.in(folder.resolve("data")), Map.of());
    }

    @AfterEach
    void close() {
        opened.close();
    }

    @Test
    void letsNobodyInWithoutTheKeyOfThisStart() {
        Browser stranger = opened.browser();

        assertThat(stranger.get("/").headers().firstValue("Location")).hasValue("/sign-in");
        assertThat(stranger.get("/dead-letters/1").statusCode()).isEqualTo(303);
        assertThat(stranger.get("/sign-in?key=guessed").statusCode()).isEqualTo(403);
        assertThat(stranger.post("/dead-letters/1/discard", Map.of("reason", "x"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(stranger.get("/", "Cookie", "posbridge=guessed").statusCode())
                .isEqualTo(303);
        assertThat(stranger.get("/sign-in").body()).contains("console.key").doesNotContain("EOD_07");
    }

    @Test
    void keepsTheKeyForItsOwnerAndTakesItAwayAtTheEnd() throws IOException {
        Path key = opened.console().keyFile();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        opened.console().close();
        assertThat(key).doesNotExist();
    }

    @Test
    void givesACookieThatNoScriptReadsAndNoForeignPageSends() {
        Browser browser = opened.browser();
        HttpResponse<String> in = browser.get(
                opened.console().link().substring(opened.console().address().length() - 1));

        assertThat(in.headers().firstValue("Set-Cookie").orElseThrow())
                .contains("HttpOnly")
                .contains("SameSite=Strict")
                .contains("Path=/");
        assertThat(browser.get("/").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void givesEachRoleWhatItMayAndNothingElse(Role role) throws IOException {
        try (Shops.Opened withUsers = withUsers(folder.resolve("users"))) {
            Browser browser = signedIn(withUsers, role.word());
            String csrf = browser.csrf();
            Workplace workplace = new Workplace(
                    null, withUsers.ledger().database(), withUsers.ledger().account());
            List<Routes.Route> routes;
            try (Pages pages = new Pages(workplace, new Site(workplace))) {
                routes = pages.routes().all().stream()
                        .filter(route -> !route.pattern().equals(LiveEvents.PATH)) // never ends
                        .toList();
            }

            assertThat(routes).hasSizeGreaterThan(10).allSatisfy(route -> {
                String path = route.pattern().replace("*", "999999");
                int status = route.method().equals("GET")
                        ? browser.get(path).statusCode()
                        : browser.post(path, Map.of("csrf", csrf)).statusCode();
                if (role.may(route.role())) {
                    assertThat(status).as(route.toString()).isNotIn(401, 403, 421, 500);
                } else {
                    assertThat(status).as(route.toString()).isEqualTo(403);
                }
            });
        }
    }

    /** Every action there is: one that is added tomorrow is asked, too. */
    @Test
    void doesNothingForAStrangerWithoutATokenOfAForeignPageUnderAForeignNameOrTooLarge() throws IOException {
        Browser inside = opened.inside();
        String csrf = inside.csrf();
        List<AuditBook.Audited> before = audit();
        List<String> actions = new ArrayList<>();
        Workplace workplace =
                new Workplace(null, opened.ledger().database(), opened.ledger().account());
        try (Pages pages = new Pages(workplace, new Site(workplace))) {
            pages.routes().all().stream()
                    .filter(route -> route.method().equals("POST"))
                    .forEach(route -> actions.add(route.pattern().replace("*", "1")));
        }

        assertThat(actions).hasSizeGreaterThan(25).allSatisfy(path -> {
            Map<String, String> fields = Map.of("reason", "x", "csrf", csrf);
            assertThat(opened.browser().post(path, fields).statusCode()).isEqualTo(401);
            assertThat(inside.post(path, Map.of("reason", "x")).statusCode()).isEqualTo(403);
            assertThat(inside.post(path, fields, "Origin", "http://evil.example")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(inside.post(path, fields, "Origin", "null").statusCode()).isEqualTo(403);
            String request = "POST " + path + " HTTP/1.1\r\nCookie: " + inside.cookie() + "\r\nX-Csrf-Token: " + csrf
                    + "\r\nConnection: close\r\n";
            assertThat(raw(request + "Host: evil.example\r\nContent-Length: 0\r\n\r\n"))
                    .startsWith("HTTP/1.1 421");
            assertThat(inside.send(path, new byte[Asked.MOST_OF_FILE_BYTES + 1], "X-Csrf-Token", csrf)
                            .statusCode())
                    .isEqualTo(413);
        });
        assertThat(audit()).isEqualTo(before);
    }

    @Test
    void asksForTheRoleToOperateBeforeAnythingChanges() {
        Workplace workplace =
                new Workplace(null, opened.ledger().database(), opened.ledger().account());
        try (Pages pages = new Pages(workplace, new Site(workplace))) {
            assertThat(pages.routes().all())
                    .filteredOn(route -> route.method().equals("POST") && route.role() == Role.READ)
                    .extracting(Routes.Route::pattern)
                    .as("what a reader may post changes nothing")
                    .containsExactly("/dead-letters/*/preview", "/records/*/customer", "/vendors/*/try");
        }
    }

    @Test
    void changesNothingThatDidNotComeFromAFormOfThisSession() {
        Browser one = opened.inside();
        Browser other = opened.inside();
        long letter = letter("amount-invalid");
        String path = "/dead-letters/" + letter + "/discard";

        assertThat(one.post(path, Map.of("reason", "x")).statusCode()).isEqualTo(403);
        assertThat(one.post(path, Map.of("reason", "x", "csrf", "")).statusCode())
                .isEqualTo(403);
        assertThat(one.post(path, Map.of("reason", "x", "csrf", other.csrf())).statusCode())
                .isEqualTo(403);
        assertThat(one.post(path, Map.of("reason", "x", "csrf", one.csrf()), "Origin", "http://evil.example")
                        .statusCode())
                .isEqualTo(403);
        assertThat(one.post("/sign-out", Map.of()).statusCode()).isEqualTo(403);
        assertThat(letter("amount-invalid")).as("it is still open").isEqualTo(letter);
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example:8086", "127.0.0.1.evil.example", ""})
    void answersNobodyWhoCallsItByAForeignName(String host) throws IOException {
        assertThat(raw("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 421");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/assets/../console.key",
                "/assets/%2e%2e/%2e%2e/etc/passwd",
                "/assets/..%2f..%2fposbridge.properties",
                "/assets//etc/passwd",
                "/assets/",
                "/files/..%2f1",
                "/files/1%00",
                "/dead-letters/1e3",
                "/records/-1"
            })
    void leadsNowhereByAPathThatClimbs(String path) throws IOException {
        Browser browser = opened.inside();
        String answer = raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nCookie: " + browser.cookie()
                + "\r\nConnection: close\r\n\r\n");

        assertThat(answer).matches("(?s)HTTP/1.1 (400|404).*");
    }

    @Test
    void makesNoPageOfWhatTheFieldsOfAFileSay() {
        Browser browser = opened.inside();
        List<String> pages = pages();

        assertThat(String.join(
                        "", pages.stream().map(page -> browser.get(page).body()).toList()))
                .as("it is there to be seen")
                .contains("&lt;script&gt;");
        assertThat(pages).hasSizeGreaterThan(25).allSatisfy(page -> {
            HttpResponse<String> answer = browser.get(page);
            assertThat(answer.statusCode()).as(page).isEqualTo(200);
            assertThat(answer.body()).as(page).doesNotContain("<script>").doesNotContain("<img src=x");
        });
    }

    @Test
    void makesNoPageOfWhatGameballAnswers() throws IOException {
        Path file = Files.writeString(
                folder.resolve("answers.csv"),
                "kind,id,occurred_at,customer_id,total\nsale,R1,2026-02-01 12:00:00,ann,10.00\n");
        try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults().withQuotas(SandboxSettings.QuotaRule.OFF))) {
            sandbox.faults()
                    .add(Fault.of(Fault.Kind.ERROR)
                            .withWhen(Fault.When.BEFORE)
                            .withPath("orders")
                            .withError(422, 3003)
                            .withMessage(Shops.HOSTILE));
            Shops.ingest(folder.resolve("data"), sandbox, "generic-csv", file.toString());
        }
        Browser browser = opened.inside();
        long refused = letter("generic-csv", "gameball-refused", "answers.csv");
        List<String> pages = List.of(
                "/trace?q=R1", "/dead-letters", "/dead-letters?code=gameball-refused", "/dead-letters/" + refused);

        assertThat(pages).allSatisfy(page -> {
            HttpResponse<String> answer = browser.get(page);
            assertThat(answer.statusCode()).as(page).isEqualTo(200);
            assertThat(answer.body()).as(page).contains("&lt;script&gt;alert(1)&lt;/script&gt;");
            assertThat(answer.body()).as(page).doesNotContain("<script>").doesNotContain("<img src=x");
        });
    }

    @Test
    void runsNoScriptAndNoStyleButItsOwn() {
        Browser browser = opened.inside();

        assertThat(pages()).allSatisfy(page -> {
            HttpResponse<String> answer = browser.get(page);
            assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .contains("default-src 'none'")
                    .contains("frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
            assertThat(answer.body())
                    .as(page)
                    .doesNotContainPattern("\\s(style|on[a-z]+)=\"")
                    .doesNotContain("<style");
        });
    }

    @Test
    void changesNothingByLooking() {
        Browser browser = opened.inside();
        List<AuditBook.Audited> before = audit();

        pages().forEach(browser::get);
        assertThat(browser.get("/dead-letters/" + letter("amount-invalid") + "/discard?reason=x")
                        .statusCode())
                .isEqualTo(405);
        assertThat(audit()).isEqualTo(before);
    }

    @Test
    void masksWhoItIsAboutUntilSomebodyAsksAndSaysWhy() {
        Browser browser = opened.inside();
        String page = "/dead-letters/" + letter("amount-invalid");

        assertThat(browser.get(page).body()).doesNotContain("07700 9");
        assertThat(browser.post("/personal/show", Map.of("csrf", browser.csrf(), "reason", " "))
                        .statusCode())
                .isEqualTo(400);
        browser.post("/personal/show", Map.of("csrf", browser.csrf(), "reason", "she asks where her points are"));
        assertThat(browser.get(page).body()).contains("07700 9");
        assertThat(audit())
                .filteredOn(one -> one.command().equals("console show-personal"))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.who()).isEqualTo(System.getProperty("user.name") + " (console)");
                    assertThat(one.reason()).isEqualTo("she asks where her points are");
                });
        browser.post("/personal/hide", Map.of("csrf", browser.csrf()));
        assertThat(browser.get(page).body()).doesNotContain("07700 9");
    }

    @Test
    void refusesAFormThatIsTooLarge() {
        Browser browser = opened.inside();
        String path = "/dead-letters/" + letter("amount-invalid") + "/preview";

        assertThat(browser.post(path, Map.of("csrf", browser.csrf(), "r0c0", "x".repeat(Asked.MOST_OF_FORM_BYTES)))
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void refusesAFileThatIsTooLarge() {
        Browser browser = opened.inside();

        assertThat(browser.send(
                                "/dead-letters/1/preview",
                                new byte[Asked.MOST_OF_FILE_BYTES + 1],
                                "X-Csrf-Token",
                                browser.csrf())
                        .statusCode())
                .isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../../../etc/passwd", "..", ".hidden.csv", "a\u0000.csv", "EOD_07;rm.csv", "<script>.csv", "-rf"
            })
    void laysAFileDownUnderNoNameThatClimbsOrIsNone(String name) {
        Browser browser = opened.inside();
        byte[] rows = "Type;Till\n".getBytes(StandardCharsets.UTF_8);

        HttpResponse<String> answer = browser.upload("/vendors/acme/try", name, rows, Map.of());

        if (name.endsWith("passwd")) {
            assertThat(answer.body()).as("its last part is its name").contains("What passwd comes to");
        } else {
            assertThat(answer.statusCode()).isEqualTo(400);
        }
        assertThat(answer.body()).doesNotContain("<script>.csv");
        assertThat(folder.resolve("data/console-tries"))
                .satisfiesAnyOf(tries -> assertThat(tries).doesNotExist(), tries -> assertThat(tries)
                        .isEmptyDirectory());
    }

    @Test
    void readsNoFormWithAFileThatIsBrokenOrHasNoToken() {
        Browser browser = opened.inside();
        String type = "multipart/form-data; boundary=x";
        String part = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n";

        assertThat(List.of("", "--x", part, part + "rows", part + "rows\r\n--x", "--x\r\n\r\n\r\n--x--"))
                .allSatisfy(body -> assertThat(browser.send(
                                        "/vendors/acme/try",
                                        body.getBytes(StandardCharsets.UTF_8),
                                        "Content-Type",
                                        type)
                                .statusCode())
                        .as(body)
                        .isEqualTo(400));
        assertThat(browser.upload("/vendors/acme/try", "a.csv", new byte[] {1}, Map.of("csrf", "guessed"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(browser.send(
                                "/vendors/acme/try",
                                (part + "rows\r\n--x--").getBytes(StandardCharsets.UTF_8),
                                "Content-Type",
                                type)
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void makesNoPageOfWhatAFileThatIsTriedOrAProfileSays() throws IOException {
        Path vendors = Files.createDirectory(folder.resolve("vendors"));
        String hostile = Shops.HOSTILE.replace("\"", "'");
        Files.writeString(
                vendors.resolve("acme.yaml"),
                "# " + hostile + "\n"
                        + Files.readString(Path.of("config/vendors/acme.yaml"))
                                .replaceFirst("description: .*", "description: \"" + hostile + "\""));
        Files.writeString(vendors.resolve("broken.yaml"), "vendor: \"" + hostile + "\"\n\"" + hostile + "\": 1\n");
        try (Shops.Opened here =
                Shops.open(Shops.in(folder.resolve("other")), Map.of("posbridge.vendors-dir", vendors.toString()))) {
            Browser browser = here.inside();
            List<HttpResponse<String>> answers = new ArrayList<>(
                    List.of(browser.get("/vendors"), browser.get("/vendors/acme"), browser.get("/vendors/broken")));
            for (int file = 7; file <= 9; file++) {
                String name = "EOD_0" + file + "_20260201.csv";
                answers.add(browser.upload(
                        "/vendors/acme/try",
                        name,
                        Files.readAllBytes(
                                folder.resolve("other").resolve(Shops.LONG_NAME).resolve(name)),
                        Map.of()));
            }
            answers.add(browser.upload(
                    "/new-vendor",
                    "a.csv",
                    (Shops.HOSTILE.replace("\"", "") + ";Bon;Date;Total\n" + Shops.HOSTILE.replace("\"", "")
                                    + ";0001;01.02.2026 12:00;5,00\n")
                            .getBytes(StandardCharsets.UTF_8),
                    Map.of("vendor", "hostile", "currency", "GBP", "zone", "Europe/London", "region", "GB")));

            assertThat(answers).allSatisfy(answer -> assertThat(answer.body())
                    .contains("&lt;script&gt;")
                    .doesNotContain("<script>alert")
                    .doesNotContain("<img src=x"));
        }
    }

    @Test
    void makesGuessingOfPasswordsSlowEvenForWhoKnowsItInTheEnd() throws IOException {
        try (Shops.Opened withUsers = withUsers(folder.resolve("guess"))) {
            Browser browser = withUsers.browser();
            List<Integer> answers = new ArrayList<>();
            for (int attempt = 0; attempt < 5; attempt++) {
                answers.add(browser.post("/sign-in", Map.of("name", "operate", "password", "wrong" + attempt))
                        .statusCode());
            }

            assertThat(answers).containsOnly(403);
            HttpResponse<String> right = browser.post("/sign-in", Map.of("name", "operate", "password", PASSWORD));
            assertThat(right.statusCode()).isEqualTo(429);
            assertThat(right.headers().firstValue("Retry-After")).isPresent();
        }
    }

    @Test
    void waitsLongerAfterEachWrongAnswerAndForgetsThemAfterARightOne() {
        Instant[] now = {Instant.EPOCH};
        SignInGuard guard = new SignInGuard(() -> now[0]);
        for (int attempt = 0; attempt < 20; attempt++) {
            guard.failed("jane");
        }

        assertThat(guard.wait("jane")).isEqualTo(Duration.ofMinutes(15));
        assertThat(guard.wait("joe")).isZero();
        now[0] = Instant.EPOCH.plus(Duration.ofMinutes(16));
        assertThat(guard.wait("jane")).isZero();
        guard.succeeded("jane");
        guard.failed("jane");
        assertThat(guard.wait("jane")).isZero();
    }

    @Test
    void endsASessionThatNobodyUses() {
        Instant[] now = {Instant.EPOCH};
        Sessions sessions = new Sessions(() -> now[0]);
        Session session = sessions.begin("jane", Role.READ);

        now[0] = now[0].plus(Duration.ofMinutes(29));
        assertThat(sessions.find(session.token(), true)).isPresent();
        now[0] = now[0].plus(Duration.ofMinutes(29));
        assertThat(sessions.find(session.token(), false))
                .as("a page that asks by itself finds it open, and keeps it open no longer")
                .isPresent();
        now[0] = now[0].plus(Duration.ofMinutes(2));
        assertThat(sessions.find(session.token(), true)).isEmpty();
    }

    @Test
    void believesAProxyOnlyWhereItIsSetUp() throws IOException {
        assertThat(opened.browser().get("/", "X-Forwarded-User", "administer").statusCode())
                .isEqualTo(303);
        try (Shops.Opened behind = Shops.open(
                Shops.in(folder.resolve("proxy")),
                Map.of(
                        "posbridge.console.users-file",
                        users().toString(),
                        "posbridge.console.proxy-user-header",
                        "X-Forwarded-User"))) {
            assertThat(behind.browser()
                            .get("/trace", "X-Forwarded-User", "read")
                            .body())
                    .contains("read, may read");
            assertThat(behind.browser().get("/", "X-Forwarded-User", "nobody").statusCode())
                    .isEqualTo(303);
            assertThat(behind.browser().get("/").statusCode()).isEqualTo(303);
        }
    }

    @Test
    void opensToOtherMachinesOnlyWithUsersAndTls() {
        assertThatThrownBy(() -> Shops.open(folder.resolve("data"), Map.of("posbridge.console.address", "0.0.0.0")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(
                        "posbridge.console.address is \"0.0.0.0\", which other machines reach, expected users"
                                + " and TLS with it. Set posbridge.console.users-file and posbridge.console.key-store, or leave the"
                                + " address out.");
    }

    @Test
    void tellsEveryProblemOfTheUsersFileWithItsLine() throws IOException {
        Path file = Files.writeString(folder.resolve("wrong"), "jane operate\n\n# a remark\njoe boss x\n");

        assertThatThrownBy(() -> ConsoleUsers.read(file))
                .hasMessageContaining(
                        file + ":1: expected a name (letters, digits, . _ @ -), a role and a password hash,"
                                + " divided by blanks. Make the line with posbridge console user.")
                .hasMessageContaining(
                        file + ":4: role of \"joe\" is \"boss\", expected one of read, operate, administer.")
                .hasMessageContaining(
                        file
                                + ":4: user \"joe\" has no password hash as third word. Make the line with posbridge console user.");
    }

    @Test
    void signsOutAtOnceWhoWasTakenOutOfTheUsersFileOrIsSomebodyElseNow() throws IOException {
        try (Shops.Opened withUsers = withUsers(folder.resolve("changing"))) {
            Browser reader = signedIn(withUsers, "read");
            Browser operator = signedIn(withUsers, "operate");
            Browser administrator = signedIn(withUsers, "administer");
            UsersFile users = new UsersFile(users());

            users.remove("read");
            users.change("operate", "read", null);
            users.add("jane", "operate", PASSWORD);

            assertThat(reader.get("/trace").statusCode()).isEqualTo(303);
            assertThat(operator.get("/trace").statusCode()).isEqualTo(303);
            assertThat(administrator.get("/trace").statusCode()).isEqualTo(200);
            assertThat(reader.post("/sign-in", Map.of("name", "read", "password", PASSWORD))
                            .statusCode())
                    .isEqualTo(403);
            assertThat(signedIn(withUsers, "operate").get("/trace").body()).contains("operate, may read");
            Browser jane = signedIn(withUsers, "jane");
            assertThat(jane.get("/new-vendor").statusCode()).isEqualTo(200);

            users.change("jane", null, PASSWORD + " anew");
            assertThat(jane.get("/trace").statusCode()).isEqualTo(303);

            Files.writeString(users(), "jane boss x\n");
            assertThat(administrator.get("/trace").statusCode())
                    .as("a file that is wrong changes nothing")
                    .isEqualTo(200);
        }
    }

    private List<String> pages() {
        List<String> pages = new ArrayList<>(List.of(
                "/",
                "/tonight/live",
                "/dead-letters",
                "/dead-letters?closed=true",
                "/held",
                "/report?by=store&by=kind",
                "/vendors",
                "/vendors/acme",
                "/new-vendor",
                "/corrections",
                "/corrections?how=reverse&file=acme/EOD_07_20260201.csv",
                "/corrections?how=reverse&records=" + URLEncoder.encode(Shops.HOSTILE, StandardCharsets.UTF_8),
                "/reconcile",
                "/trace"));
        new DeadLetters(opened.ledger().database())
                .find(DeadLetterFilter.OPEN, true, 30)
                .forEach(letter -> pages.add("/dead-letters/" + letter.id()));
        for (int file = 1; file <= 7; file++) {
            pages.add("/files/" + file);
            pages.add("/files/" + file + "?totals=1");
        }
        new HoldBook(opened.ledger().database())
                .overrulable(10)
                .forEach(file -> pages.add("/held/" + file.id() + "/accept"));
        opened.ledger()
                .database()
                .read(handle -> handle.select("select id from record order by id desc limit 20")
                        .mapTo(Long.class)
                        .list())
                .forEach(record -> pages.add("/records/" + record));
        return pages;
    }

    private long letter(String reason) {
        return letter("acme", reason, "EOD_07_20260131.csv");
    }

    private long letter(String vendor, String reason, String file) {
        return new DeadLetters(opened.ledger().database())
                .all(new DeadLetterFilter(vendor, reason, file, null, false))
                .get(0)
                .id();
    }

    private List<AuditBook.Audited> audit() {
        return new AuditBook(opened.ledger().database()).since(Instant.EPOCH);
    }

    private Path users() throws IOException {
        Path file = folder.resolve("console-users");
        if (!Files.exists(file)) {
            List<String> lines = new ArrayList<>();
            for (Role role : Role.values()) {
                lines.add(ConsoleUsers.line(role.word(), role.word(), PASSWORD));
            }
            Files.write(file, lines);
        }
        return file;
    }

    private Shops.Opened withUsers(Path data) throws IOException {
        return Shops.open(Shops.in(data), Map.of("posbridge.console.users-file", users().toString()));
    }

    private static Browser signedIn(Shops.Opened opened, String name) {
        Browser browser = opened.browser();
        assertThat(browser.post("/sign-in", Map.of("name", name, "password", PASSWORD))
                        .statusCode())
                .isEqualTo(303);
        return browser;
    }

    /** As it is typed, since clients mend paths and names before they send them. */
    private String raw(String request) throws IOException {
        URI address = URI.create(opened.console().address());
        try (Socket socket = new Socket("127.0.0.1", address.getPort());
                OutputStream out = socket.getOutputStream();
                InputStream in = socket.getInputStream()) {
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
