package dev.posbridge.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.posbridge.engine.DataFolder;
import dev.posbridge.ledger.AuditBook;
import dev.posbridge.ledger.HoldBook;
import dev.posbridge.ledger.NightBook;
import dev.posbridge.ledger.NightBook.NightFile;
import dev.posbridge.ledger.Requests;
import dev.posbridge.sandbox.Sandbox;
import dev.posbridge.sandbox.SandboxSettings;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is taken in all the same, taken back, compared: with its figures before the button, and once, whoever presses too. */
class MendingPagesTest {
    private static final String DELIVERED = "EOD_07_20260130.csv";
    private static final String REJECTED = "EOD_12_20260130.csv";

    @TempDir
    private Path folder;

    private Path data;
    private Sandbox sandbox;
    private Shops.Opened opened;
    private Browser browser;

    @BeforeEach
    void open() {
        data = Shops.in(folder.resolve("data"));
        sandbox = Sandbox.start(SandboxSettings.defaults().withQuotas(SandboxSettings.QuotaRule.OFF));
        opened = Shops.open(
                data, Map.of("posbridge.gameball.url", sandbox.uri().toString(), "posbridge.gameball.quotas", "off"));
        browser = opened.inside();
    }

    @AfterEach
    void close() {
        opened.close();
        sandbox.close();
    }

    @Test
    void showsWhatARejectedFileComesToBeforeItIsTakenInAllTheSame() {
        NightFile file = file(REJECTED);

        assertThat(browser.get("/held").body()).contains("/held/" + file.id() + "/accept");
        assertThat(browser.get("/held/" + file.id() + "/accept").body())
                .contains("the trailer says 99.99 GBP, the receipts come to 22.40 GBP")
                .contains("<td>money</td><td class=\"n\">99.99 GBP</td><td class=\"n\">22.40 GBP</td>")
                .contains("Accept it, despite its totals")
                .contains("posbridge accept acme/" + REJECTED + " --despite totals --reason");
        assertThat(browser.get("/files/" + file.id()).body()).contains("/held/" + file.id() + "/accept");
        assertThat(browser.get("/held/" + file(DELIVERED).id() + "/accept").statusCode())
                .isEqualTo(409);
    }

    @Test
    void takesARejectedFileInOnceByTheServiceAndNamesTheCommandWhereNoneRuns() throws InterruptedException {
        NightFile file = file(REJECTED);
        String accept = "/held/" + file.id() + "/accept";
        assertThat(post(accept, Map.of("reason", "the till rounds")).statusCode())
                .isEqualTo(409);

        try (DataFolder service = DataFolder.take(data, DataFolder.SERVICE, Duration.ZERO)) {
            assertThat(service).isNotNull();
            assertThat(post(accept, Map.of("reason", " ")).statusCode()).isEqualTo(400);
            post(accept, Map.of("reason", "the till rounds"));
            post(accept, Map.of("reason", "the till rounds"));
        }

        HoldBook.Held held =
                new HoldBook(opened.ledger().database()).byId(file.id()).orElseThrow();
        assertThat(held.approved()).isEqualTo(HoldBook.Approval.TOTALS);
        Requests requests = new Requests(opened.ledger().database(), Path.of("data"));
        assertThat(requests.next())
                .hasValueSatisfying(request -> assertThat(request.files()).containsExactly(Path.of(held.path())));
        requests.end(requests.next().orElseThrow().id(), null);
        assertThat(requests.next()).as("the second press asks for nothing").isEmpty();
        assertThat(audited("accept --despite totals")).isEqualTo("acme/" + REJECTED + ": the till rounds");
    }

    @Test
    void saysWhyTheServiceDoesNotTakeAFile() throws Exception {
        NightFile file = file(REJECTED);
        Requests requests = new Requests(opened.ledger().database(), Path.of("data"));
        try (DataFolder service = DataFolder.take(data, DataFolder.SERVICE, Duration.ZERO)) {
            assertThat(service).isNotNull();
            Thread refusing = new Thread(() -> {
                await().until(() -> requests.next().isPresent());
                requests.end(requests.next().orElseThrow().id(), Requests.How.REFUSED, "run posbridge reload first.");
            });
            refusing.start();
            assertThat(post("/held/" + file.id() + "/accept", Map.of("reason", "x"))
                            .body())
                    .contains("run posbridge reload first.");
            refusing.join();
        }
    }

    @Test
    void showsWhatTakingAFilesOrdersBackComesToAndDoesItOnce() {
        String look = "/corrections?how=reverse&file=acme/" + DELIVERED;
        assertThat(browser.get(look).body())
                .contains("Orders to be taken back: <strong>3</strong>. Nothing is changed yet.")
                .contains("37.55 GBP delivered")
                .contains("12.50 GBP of it already")
                .contains("acme-07-1-0101-20260130");
        assertThat(corrections()).isZero();
        Map<String, String> form =
                Map.of("file-name", "acme/" + DELIVERED, "how", "reverse", "orders", "3", "reason", "a training day");

        assertThat(post("/corrections", withOrders(form, "2")).body())
                .contains("It is about 3 orders now, and was about \"2\" when you looked.");
        post("/corrections", form);
        assertThat(browser.get("/corrections").body()).contains("Corrected: 3 orders taken back.");
        post("/corrections", form);

        assertThat(browser.get("/corrections").body()).contains("Nothing was done: nothing of it is wrong");
        assertThat(corrections()).isEqualTo(3);
        assertThat(audited("correct")).isEqualTo(DELIVERED + ": a training day");
        assertThat(browser.get(look).body()).contains("<strong>0</strong>");
    }

    @Test
    void showsWhatACorrectedFileWouldChangeAndKeepsNothingOfIt() throws IOException {
        Path fixed = folder.resolve(DELIVERED);
        String text = new String(Files.readAllBytes(Path.of("samples/acme", DELIVERED)), StandardCharsets.ISO_8859_1);
        Files.writeString(fixed, text.replace("12,50", "11,50").replace("37,55", "36,55"), StandardCharsets.ISO_8859_1);

        HttpResponse<String> look = browser.upload(
                "/corrections/look",
                DELIVERED,
                Files.readAllBytes(fixed),
                Map.of("file-name", "acme/" + DELIVERED, "records", ""));

        assertThat(look.body())
                .contains("What it would do by " + DELIVERED)
                .contains("<strong>1</strong>")
                .contains("12.50 GBP delivered, 11.50 as it should be")
                .contains("The same as before: 2.");
        assertThat(corrections()).isZero();
        assertThat(data.resolve("console-tries")).isEmptyDirectory();
        assertThat(browser.upload(
                                "/corrections/with",
                                DELIVERED,
                                Files.readAllBytes(fixed),
                                Map.of("file-name", "acme/" + DELIVERED, "records", "", "reason", "prices"))
                        .body())
                .contains("No service runs that could read it. Type: posbridge correct --file");
    }

    @Test
    void saysWhatIsWrongWithAChoiceOfOrders() {
        assertThat(browser.get("/corrections?file=EOD_07_20260139.csv").body())
                .contains("\"EOD_07_20260139.csv\": no file of this name was taken in.");
        assertThat(browser.get("/corrections?file=a&records=b").body())
                .contains("Say which orders: a file's name, or a list, one of the two.");
        assertThat(browser.get("/corrections?how=reverse&records=/etc/passwd").body())
                .contains("The list names \"/etc/passwd\", found no sale that has this key or order id.")
                .doesNotContain("root:");
    }

    @Test
    void comparesWithGameballNamesWhatDiffersAndRepairsItOnceAsked() {
        assertThat(browser.get("/reconcile").body()).contains("Nobody has compared the two yet.");

        post("/reconcile", Map.of("file-name", DELIVERED));
        await().until(() -> browser.get("/reconcile/live").body().contains("3 records differ"));

        String found = browser.get("/reconcile").body();
        assertThat(found).contains("<td>sends it again, unless it spent points or is kept no longer</td>");
        assertThat(found)
                .contains("<td>missing</td><td class=\"n\">3</td><td class=\"n\">37.55</td>")
                .contains("order \"acme-07-1-0101-20260130\": delivered here, but Gameball has no such order.");
        assertThat(post("/reconcile/repair", Map.of("file-name", DELIVERED, "reason", ""))
                        .statusCode())
                .isEqualTo(400);
        post("/reconcile/repair", Map.of("file-name", DELIVERED, "reason", "they lost a day"));
        await().until(() -> browser.get("/reconcile/live").body().contains("both say the same"));
        assertThat(browser.get("/reconcile").body()).contains("with repair").contains("sent again");
        assertThat(audited("console reconcile")).isEqualTo("they lost a day");
        assertThat(post("/reconcile", Map.of("file-name", "nobody.csv")).body())
                .contains("file is \"nobody.csv\", and no file of that name came.");
        assertThat(post("/reconcile", Map.of("since", "yesterday")).body()).contains("since is \"yesterday\"");
    }

    @Test
    void tellsThatGameballDoesNotAnswerAndGoesOnWhenItIsAskedAgain() {
        post("/reconcile", Map.of("since", "2030-01-01"));
        await().until(() -> browser.get("/reconcile/live").body().contains("both say the same"));
        assertThat(browser.get("/reconcile").body()).contains("<td>compared</td><td class=\"n\">0</td>");
    }

    @Test
    void asksGameballWhatTheCustomerHas() {
        long sale = opened.ledger().database().read(handle -> handle.select(
                        "select id from record where customer_id is not null order by id limit 1")
                .mapTo(Long.class)
                .one());

        assertThat(post("/records/" + sale + "/customer", Map.of()).body())
                .contains("Gameball does not know this customer.")
                .doesNotContain("447700");
        assertThat(post("/records/999999/customer", Map.of()).statusCode()).isEqualTo(404);
    }

    @Test
    void setsAFilesOwnTotalsBesideOurs() {
        NightFile file = file(DELIVERED);

        assertThat(browser.get("/files/" + file.id()).body())
                .contains("/files/" + file.id() + "?totals=1#totals")
                .doesNotContain("The file says");
        assertThat(browser.get("/files/" + file.id() + "?totals=1").body())
                .contains("<td>rows</td><td class=\"n\">5</td><td class=\"n\">5</td>")
                .containsPattern(
                        "<td>sales less refunds</td><td class=\"n\">37.55 GBP</td><td class=\"n\">37.55 GBP</td>"
                                + "<td><span class=\"badge l-good\">yes</span></td>\\s*<td class=\"n\">37.55 GBP</td>");
    }

    private static Map<String, String> withOrders(Map<String, String> form, String orders) {
        Map<String, String> other = new HashMap<>(form);
        other.put("orders", orders);
        return other;
    }

    private HttpResponse<String> post(String path, Map<String, String> fields) {
        Map<String, String> form = new HashMap<>(fields);
        form.put("csrf", browser.csrf());
        return browser.post(path, form);
    }

    private NightFile file(String name) {
        return new NightBook(opened.ledger().database())
                .between(Instant.EPOCH, Instant.now().plusSeconds(60), 100).stream()
                        .filter(one -> one.name().equals(name))
                        .findFirst()
                        .orElseThrow();
    }

    private long corrections() {
        return opened.ledger().database().read(handle -> handle.select("select count(*) from correction")
                .mapTo(Long.class)
                .one());
    }

    private String audited(String command) {
        return new AuditBook(opened.ledger().database())
                .since(Instant.EPOCH).stream()
                        .filter(one ->
                                one.command().equals(command) && one.who().endsWith(" (console)"))
                        .map(AuditBook.Audited::reason)
                        .reduce("", (one, other) -> one + other);
    }
}
