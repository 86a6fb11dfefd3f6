package dev.posbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.posbridge.PrivateFiles;
import dev.posbridge.cli.PosbridgeCli;
import dev.posbridge.ledger.AuditBook;
import dev.posbridge.ledger.DeadLetterFilter;
import dev.posbridge.ledger.DeadLetters;
import dev.posbridge.ledger.DeadLetters.DeadLetter;
import dev.posbridge.operations.document.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What programs ask of {@code /api/v1}, and its description, which has to be true. */
class ApiTest {
    private static final String PASSWORD = "correct horse battery";
    private static final Path DESCRIPTION = Path.of("src/main/resources/console/openapi.yaml");

    @TempDir
    private Path folder;

    private Path data;
    private Shops.Opened opened;
    private String key;

    @BeforeEach
    void open() throws IOException {
        data = Shops.in(folder.resolve("data"));
        opened = Shops.open(data, Map.of());
        key = Files.readString(opened.console().keyFile()).strip();
    }

    @AfterEach
    void close() {
        opened.close();
    }

    @Test
    void isDescribedAsItIs() throws IOException {
        Map<String, Set<String>> described = new TreeMap<>();
        JsonNode root = description();
        root.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    Set<String> names = new TreeSet<>();
                    method.getValue().path("parameters").forEach(parameter -> {
                        if (parameter.path("in").asText().equals("query")) {
                            names.add(parameter.path("name").asText());
                        }
                    });
                    JsonNode body = method.getValue().at("/requestBody/content/application~1json/schema/$ref");
                    if (!body.isMissingNode()) {
                        root.at(body.asText().substring(1))
                                .path("properties")
                                .fieldNames()
                                .forEachRemaining(names::add);
                    }
                    described.put(
                            method.getKey().toUpperCase(java.util.Locale.ROOT) + " "
                                    + path.getKey().replace("{id}", "*"),
                            names);
                }));
        Map<String, Set<String>> there = new TreeMap<>();
        Workplace workplace =
                new Workplace(null, opened.ledger().database(), opened.ledger().account());
        try (Pages pages = new Pages(workplace, new Site(workplace))) {
            pages.api()
                    .operations()
                    .forEach(one -> there.put(one.method() + " " + one.path(), new TreeSet<>(one.names())));
        }

        assertThat(described).isEqualTo(there);
        assertThat(get("/openapi.yaml").body()).isEqualTo(Files.readString(DESCRIPTION));
    }

    @Test
    void answersEachQuestionAsItsDescriptionSays() throws IOException {
        JsonNode root = description();
        Map<String, List<String>> questions = new HashMap<>();
        root.path("paths").fieldNames().forEachRemaining(path -> questions.put(path, new ArrayList<>()));
        questions.get("/status").add("/status");
        questions
                .get("/report")
                .addAll(List.of(
                        "/report",
                        "/report?by=store",
                        "/report?by=business-date,store,kind",
                        "/report?by=delivered-date,vendor&from=2026-01-01&to=2026-12-31",
                        "/report?vendor=acme&file=EOD_07_20260131.csv"));
        questions.get("/files").addAll(List.of("/files", "/files?limit=2", "/files?night=2020-01-01"));
        for (int file = 1; file <= 7; file++) {
            questions.get("/files/{id}").add("/files/" + file);
            questions.get("/files/{id}/records").add("/files/" + file + "/records?limit=1000");
        }
        questions.get("/files/{id}/records").add("/files/3/records?outcome=dead&reason=amount-invalid&limit=1");
        for (JsonNode record : json(get("/files/3/records")).path("records")) {
            questions.get("/records/{id}").add("/records/" + record.path("id"));
        }
        questions
                .get("/dead-letters")
                .addAll(List.of("/dead-letters", "/dead-letters?code=amount-invalid&closed=true&limit=1"));
        questions.get("/dead-letters/{id}").add("/dead-letters/" + letter());
        questions.get("/held").add("/held");
        questions.get("/pauses").add("/pauses");
        questions.get("/trace").addAll(List.of("/trace?q=07-1-0204-20260131", "/trace?q=24,O0", "/trace?amount=5.00"));
        questions.get("/audit").addAll(List.of("/audit", "/audit?since=2026-01-01"));

        Set<String> asked = new HashSet<>();
        for (int pass = 0; pass < 2; pass++) {
            questions.forEach((path, all) -> all.forEach(question -> {
                asked.add(path);
                HttpResponse<String> answer = get(question);
                assertThat(answer.statusCode()).as(question + answer.body()).isEqualTo(200);
                assertFits(root, path, "get", answer, question);
            }));
            assertThat(post("/personal/show", "{\"reason\": \"the test wants to see all\"}")
                            .statusCode())
                    .isEqualTo(200);
        }
        root.path("paths").properties().stream()
                .filter(path -> path.getValue().has("get"))
                .forEach(path -> assertThat(asked).contains(path.getKey()));
    }

    @Test
    void tellsTheSameAsTheCommands() {
        assertThat(json(post("/personal/show", "{\"reason\": \"compared with the commands\"}"))
                        .path("until")
                        .asText())
                .isNotEmpty();

        assertThat(json(get("/report"))).isEqualTo(command("report"));
        assertThat(json(get("/report?by=business-date,store")))
                .isEqualTo(command("report", "--by", "business-date,store"));
        assertThat(json(get("/held"))).isEqualTo(command("held", "list"));
        assertThat(json(get("/trace?q=07-1-0204-20260131"))).isEqualTo(command("trace", "07-1-0204-20260131"));
        assertThat(json(get("/dead-letters?limit=1000")).path("deadLetters"))
                .isEqualTo(command("dead-letters", "list", "--newest", "--limit", "1000")
                        .path("deadLetters"));
        assertThat(json(get("/audit"))).isEqualTo(command("audit"));
        JsonNode status = json(get("/status"));
        assertThat(status.path("all")).isEqualTo(command("status").path("all"));
    }

    @Test
    void pagesThroughAFileWithoutALossAndWithoutATwin() {
        List<Long> all = new ArrayList<>();
        json(get("/files/3/records?limit=1000"))
                .path("records")
                .forEach(one -> all.add(one.path("id").asLong()));
        List<Long> paged = new ArrayList<>();
        String after = "0";
        while (!after.equals("null")) {
            JsonNode page = json(get("/files/3/records?limit=3&after=" + after));
            page.path("records").forEach(one -> paged.add(one.path("id").asLong()));
            after = page.path("next").asText();
        }

        assertThat(all).hasSizeGreaterThan(6);
        assertThat(paged).isEqualTo(all);
    }

    @Test
    void mendsADeadLetterAndNotesWhoDidIt() throws IOException {
        JsonNode root = description();
        DeadLetter letter =
                new DeadLetters(opened.ledger().database()).byId(letter()).orElseThrow();
        String rows = letter.raw().replace("24,O0", "24,00");

        HttpResponse<String> answer = post("/dead-letters/" + letter.id() + "/replay", Json.text(object("rows", rows)));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertFits(root, "/dead-letters/{id}/replay", "post", answer, "replay");
        assertThat(json(answer).at("/replayed/0/became").asText()).isEqualTo("due");
        assertThat(json(get("/trace?q=07-1-0205-20260131"))
                        .at("/records/0/state")
                        .asText())
                .isEqualTo("pending");
        assertThat(json(post("/dead-letters/" + letter.id() + "/replay", "{}"))
                        .at("/replayed/0/became")
                        .asText())
                .as("a second one does nothing")
                .isEqualTo("closed");
        assertThat(new AuditBook(opened.ledger().database()).since(Instant.EPOCH))
                .anySatisfy(one -> {
                    assertThat(one.who()).endsWith(" (console)");
                    assertThat(one.command()).isEqualTo("dead-letters replay");
                });
    }

    @Test
    void changesWhatThePagesChange() throws IOException {
        JsonNode root = description();
        HttpResponse<String> paused =
                post("/pause", "{\"vendor\": \"acme\", \"kind\": \"sale\", \"reason\": \"prices are wrong\"}");
        assertFits(root, "/pause", "post", paused, paused.body());
        assertThat(json(paused).at("/pauses/0/reason").asText()).isEqualTo("prices are wrong");
        assertThat(json(post("/pause", "{\"vendor\": \"acme\", \"kind\": \"sale\", \"reason\": \"again\"}"))
                        .path("changed")
                        .asInt())
                .isZero();
        HttpResponse<String> resumed = post("/resume", "{\"vendor\": \"acme\", \"kind\": \"sale\"}");
        assertFits(root, "/resume", "post", resumed, resumed.body());
        assertThat(json(resumed).path("changed").asInt()).isEqualTo(1);
        assertThat(json(get("/pauses")).path("pauses")).isEmpty();

        HttpResponse<String> discarded =
                post("/dead-letters/discard", "{\"code\": \"amount-invalid\", \"reason\": \"refunded by hand\"}");
        assertFits(root, "/dead-letters/discard", "post", discarded, discarded.body());
        assertThat(json(discarded).path("discarded")).isNotEmpty();
        assertThat(json(get("/dead-letters?code=amount-invalid")).path("count").asInt())
                .isZero();
        HttpResponse<String> replayed = post("/dead-letters/replay", "{\"file\": \"EOD_07_20260201.csv\"}");
        assertThat(replayed.statusCode()).as(replayed.body()).isEqualTo(200);
        assertFits(root, "/dead-letters/replay", "post", replayed, replayed.body());
        for (String path : List.of("/personal/show", "/personal/hide")) {
            HttpResponse<String> shown = post(path, path.endsWith("show") ? "{\"reason\": \"support call\"}" : "{}");
            assertFits(root, path, "post", shown, shown.body());
        }
    }

    @Test
    void hidesWhoItIsAboutUntilSomebodyAsksAndSaysWhy() {
        DeadLetter letter =
                new DeadLetters(opened.ledger().database()).byId(letter()).orElseThrow();
        String path = "/dead-letters/" + letter.id();
        JsonNode hidden = json(get(path)).path("deadLetter");

        assertThat(hidden.path("raw").isNull()).isTrue();
        for (String question : List.of("/dead-letters?limit=1000", "/files/3/records", "/trace?q=07-1-0204-20260131")) {
            assertThat(get(question).body()).as(question).doesNotContainPattern("(\\+44|\\b0)7700 ?9\\d{5}");
        }
        post("/personal/show", "{\"reason\": \"the customer is on the phone\"}");
        assertThat(json(get(path)).at("/deadLetter/raw").asText()).isEqualTo(letter.raw());
        assertThat(new AuditBook(opened.ledger().database()).since(Instant.EPOCH))
                .anySatisfy(one -> assertThat(one.reason()).isEqualTo("the customer is on the phone"));
        post("/personal/hide", "{}");
        assertThat(json(get(path)).path("deadLetter")).isEqualTo(hidden);
    }

    @Test
    void refusesWithAProblemThatSaysWhatIsExpected() throws IOException {
        JsonSchema problem = schema(description(), "#/components/schemas/Problem");
        for (String line : List.of(
                "/status?verbose=1 | 400 | unknown parameter \"verbose\". None is expected here.",
                "/files?nigth=2026-01-31 | 400 | unknown parameter \"nigth\". Did you mean \"night\"? Known here: before, limit, night.",
                "/files?night=31.1.2026 | 400 | night is \"31.1.2026\", expected a day such as 2026-01-31.",
                "/files?limit=1001 | 400 | limit is 1001, expected at most 1000.",
                "/files/99999 | 404 | There is no file 99999.",
                "/files/3/records?outcome=lost | 400 | outcome is \"lost\", expected one of delivered, duplicate, skipped, superseded, dead, parked, held, pending.",
                "/records/99999 | 404 | There is no record 99999.",
                "/dead-letters/99999 | 404 | There is no dead letter 99999.",
                "/dead-letters/x | 404 | There is no such page.",
                "/dead-letters?level=page | 400 | level is \"page\", expected one of row, record, file, message.",
                "/report?vendor=acmee | 400 | vendor is \"acmee\", found no profile and no file of that name. Did you mean \"acme\"?",
                "/report?from=2026-02-01&to=2026-01-01 | 400 | to 2026-01-01 lies before from 2026-02-01.",
                "/trace | 400 | Nothing is asked for, expected q (a receipt, an order or a customer), or an amount.",
                "/no-such-thing | 404 | There is no such page.")) {
            String[] parts = line.split(" \\| ");
            HttpResponse<String> answer = get(parts[0]);

            assertThat(answer.statusCode()).as(line).isEqualTo(Integer.parseInt(parts[1]));
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(json(answer).path("detail").asText()).startsWith(parts[2]);
            assertThat(json(answer).path("status").asInt()).isEqualTo(answer.statusCode());
            assertThat(problem.validate(json(answer))).isEmpty();
        }
    }

    @Test
    void refusesAChangeThatIsNotMeantAsItStands() {
        for (String line : List.of(
                "/pause | {} | 400 | No reason is given, expected why, in your own words. Whoever looks later reads it.",
                "/pause | [1] | 400 | What is sent is no JSON object, expected one.",
                "/pause | {\"reason\": \"a\" | 400 | What is sent cannot be read as JSON (line 1, column 15: Unexpected end-of-input: expected close marker for Object), expected an object.",
                "/pause | {\"reason\": \"a\",\n \"reason\": \"b\"} | 400 | What is sent cannot be read as JSON (line 2, column 10: Duplicate field 'reason'), expected an object.",
                "/pause | {\"reason\": {\"a\": 1}} | 400 | reason holds object, expected texts or numbers.",
                "/pause | {\"resaon\": \"a\"} | 400 | unknown field \"resaon\". Did you mean \"reason\"?",
                "/pause | {\"kind\": \"sail\", \"reason\": \"a\"} | 400 | kind is \"sail\", expected a kind of record, or none for all.",
                "/dead-letters/discard | {\"reason\": \"a\"} | 400 | Which dead letters is not said, expected either ids, or one or more of vendor, code, file, level.",
                "/dead-letters/discard | {\"ids\": [\"x\"], \"reason\": \"a\"} | 400 | ids has \"x\", expected numbers of dead letters.",
                "/dead-letters/99999/discard | {\"reason\": \"a\"} | 404 | There is no dead letter 99999.",
                "/held/3/release | {\"reason\": \"a\"} | 409 | It is not held any more: somebody else was faster. Look again.",
                "/files/3/accept | {\"despite\": \"all\", \"reason\": \"a\"} | 400 | despite is \"all\", expected totals or bad-rows.",
                "/files/99999/accept | {\"despite\": \"totals\", \"reason\": \"a\"} | 404 | There is no file 99999.",
                "/status | {} | 405 | That cannot be asked in this way.")) {
            String[] parts = line.split(" \\| ");
            HttpResponse<String> answer = post(parts[0], parts[1]);

            assertThat(answer.statusCode()).as(line + answer.body()).isEqualTo(Integer.parseInt(parts[2]));
            assertThat(json(answer).path("detail").asText()).startsWith(parts[3]);
        }
    }

    @Test
    void takesNoFormForAChange() {
        HttpResponse<String> answer =
                opened.browser().post("/api/v1/pause", Map.of("reason", "x"), "Authorization", basic("", key));

        assertThat(answer.statusCode()).isEqualTo(415);
    }

    @Test
    void letsProgramsInByNameAndPasswordAndNobodyElse() throws IOException {
        Browser stranger = opened.browser();
        assertThat(stranger.get("/api/v1/status").statusCode()).isEqualTo(401);
        assertThat(stranger.get("/api/v1/status", "Authorization", basic("", "guessed"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(stranger.get("/api/v1/status", "Authorization", "Bearer " + key)
                        .statusCode())
                .isEqualTo(401);
        assertThat(stranger.get("/trace", "Authorization", basic("", key)).statusCode())
                .as("pages are for whoever signed in")
                .isEqualTo(303);
        Path users = folder.resolve("users");
        Files.write(
                users,
                List.of(ConsoleUsers.line("reader", "read", PASSWORD), ConsoleUsers.line("jane", "operate", PASSWORD)));
        PrivateFiles.restrict(users);
        try (Shops.Opened other = Shops.open(
                Shops.in(folder.resolve("other")), Map.of("posbridge.console.users-file", users.toString()))) {
            Browser program = other.browser();
            String pause = "{\"reason\": \"x\"}";
            assertThat(program.get("/api/v1/status", "Authorization", basic("reader", PASSWORD))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(send(program, "/pause", pause, "Authorization", basic("reader", PASSWORD))
                            .statusCode())
                    .isEqualTo(403);
            assertThat(send(
                                    program,
                                    "/pause",
                                    pause,
                                    "Authorization",
                                    basic("jane", PASSWORD),
                                    "Origin",
                                    "http://evil.example")
                            .statusCode())
                    .as("a page of somebody else that knows the password by a browser")
                    .isEqualTo(403);
            assertThat(send(program, "/pause", pause, "Authorization", basic("jane", PASSWORD))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(new AuditBook(other.ledger().database()).since(Instant.EPOCH))
                    .extracting(AuditBook.Audited::who)
                    .contains("jane (console)");
            List<Integer> guesses = new ArrayList<>();
            for (int guess = 0; guess < 6; guess++) {
                guesses.add(program.get("/api/v1/status", "Authorization", basic("jane", "guess" + guess))
                        .statusCode());
            }
            assertThat(guesses).containsExactly(401, 401, 401, 401, 401, 429);
        }
    }

    @Test
    void asksABrowserForTheTokenOfItsSessionBeforeItChangesAnything() {
        Browser browser = opened.inside();

        assertThat(browser.get("/api/v1/status").statusCode()).isEqualTo(200);
        assertThat(send(browser, "/pause", "{\"reason\": \"x\"}").statusCode()).isEqualTo(403);
        assertThat(send(browser, "/pause", "{\"reason\": \"x\"}", "X-Csrf-Token", browser.csrf())
                        .statusCode())
                .isEqualTo(200);
    }

    private HttpResponse<String> get(String question) {
        return opened.browser().get("/api/v1" + question, "Authorization", basic("", key));
    }

    private HttpResponse<String> post(String path, String body) {
        return send(opened.browser(), path, body, "Authorization", basic("", key));
    }

    private static HttpResponse<String> send(Browser browser, String path, String body, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("Content-Type", "application/json"));
        return browser.send("/api/v1" + path, body.getBytes(StandardCharsets.UTF_8), all.toArray(String[]::new));
    }

    private static String basic(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ':' + password).getBytes(StandardCharsets.UTF_8));
    }

    private JsonNode command(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--json", "--data-dir", data.toString()));
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            PosbridgeCli.run(all.toArray(String[]::new));
        } finally {
            System.setOut(before);
        }
        return Json.tree(out.toString(StandardCharsets.UTF_8));
    }

    private static JsonNode object(String name, String value) {
        return new ObjectMapper().createObjectNode().put(name, value);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return Json.tree(answer.body());
    }

    private static JsonNode description() throws IOException {
        return new ObjectMapper(new YAMLFactory()).readTree(DESCRIPTION.toFile());
    }

    private static void assertFits(
            JsonNode root, String path, String method, HttpResponse<String> answer, String question) {
        String schema = root.path("paths")
                .path(path)
                .path(method)
                .at("/responses/200/content/application~1json/schema/$ref")
                .asText();
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(schema(root, schema).validate(json(answer)))
                .as(question)
                .extracting(ValidationMessage::getMessage)
                .isEmpty();
    }

    private static JsonSchema schema(JsonNode root, String reference) {
        JsonNode whole =
                new ObjectMapper().createObjectNode().put("$ref", reference).set("components", root.path("components"));
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(whole);
    }

    private long letter() {
        return new DeadLetters(opened.ledger().database())
                .all(new DeadLetterFilter("acme", "amount-invalid", "EOD_07_20260131.csv", null, false))
                .get(0)
                .id();
    }
}
