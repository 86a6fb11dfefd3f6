package dev.posbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posbridge.cli.PosbridgeCli;
import dev.posbridge.engine.DataFolder;
import dev.posbridge.engine.SecondProcess;
import dev.posbridge.ledger.AuditBook;
import dev.posbridge.ledger.HoldBook;
import dev.posbridge.ledger.Pauses;
import dev.posbridge.ledger.Requests;
import dev.posbridge.pos.RecordKind;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The brakes in the console: the same in their effect as by the commands. */
class HeldPageTest {
    private static final String FILE = "EOD_44_20260201.csv";
    private static final String ROWS = "Type;Till;Bon;Date;Time;Phone;Email;Sku;Text;Qty;Price;Total;OrigBon;OrigDate\n"
            + "S;1;0001;01.02.2026;12:00;07700 900101;;1006;Cake;1;60,00;60,00;;\n"
            + "S;1;0002;01.02.2026;12:05;07700 900102;;1006;Cake;1;70,00;70,00;;\n"
            + "T;2;130,00\n";

    @TempDir
    private Path folder;

    private Path data;
    private Shops.Opened opened;
    private Browser browser;
    private HoldBook book;

    @BeforeEach
    void open() throws IOException {
        data = Shops.in(folder.resolve("data"));
        Path vendors = Files.createDirectory(folder.resolve("vendors"));
        Files.writeString(
                vendors.resolve("acme.yaml"),
                Files.readString(Path.of("config/vendors/acme.yaml")) + "\nplausible: { total: 100 }\n");
        Path file = Files.writeString(folder.resolve(FILE), ROWS);
        Map<String, String> settings = Map.of(
                "posbridge.vendors-dir",
                vendors.toString(),
                "posbridge.inbox",
                folder.resolve("inbox").toString());
        int exit = PosbridgeCli.run(
                "ingest",
                "--vendor",
                "acme",
                file.toString(),
                "--data-dir",
                data.toString(),
                "--wait",
                "stored",
                "--quiet",
                "--set",
                "posbridge.vendors-dir=" + vendors,
                "--set",
                "posbridge.gameball.url=http://127.0.0.1:9",
                "--set",
                "posbridge.account.name=shops",
                "--set",
                "posbridge.account.environment=test",
                "--set",
                "posbridge.account.currency=GBP");
        assertThat(exit).isEqualTo(3);
        opened = Shops.open(data, settings);
        browser = opened.inside();
        book = new HoldBook(opened.ledger().database());
    }

    @AfterEach
    void close() {
        opened.close();
    }

    @Test
    void saysWhatIsHeldAndWhy() {
        assertThat(browser.get("/held").body())
                .contains("Files that are held: 1")
                .contains("acme/" + FILE)
                .contains("total: 130.00, plausible.total allows 100")
                .contains("sales 130.00 GBP")
                .contains("posbridge release acme/" + FILE);
    }

    @Test
    void releasesWhereAServiceReadsTheFileAgainAndNamesTheCommandWhereNoneDoes() throws InterruptedException {
        long id = held().id();
        HttpResponse<String> alone = post("/held/" + id + "/release", Map.of("reason", "checked"));
        assertThat(alone.statusCode()).isEqualTo(409);
        assertThat(alone.body()).contains("Type: posbridge release acme/" + FILE);
        assertThat(held().approved()).isNull();

        try (DataFolder service = DataFolder.take(data, DataFolder.SERVICE, Duration.ZERO)) {
            assertThat(service).isNotNull();
            assertThat(post("/held/" + id + "/release", Map.of("reason", " ")).statusCode())
                    .isEqualTo(400);
            post("/held/" + id + "/release", Map.of("reason", "checked with the store"));
        }
        assertThat(new Requests(opened.ledger().database(), Path.of("data")).next())
                .hasValueSatisfying(request -> {
                    assertThat(request.vendor()).isEqualTo("acme");
                    assertThat(request.files()).containsExactly(Path.of(held().path()));
                });
        assertThat(held().approved()).isEqualTo(HoldBook.Approval.RELEASE);
        assertThat(audited("release")).isEqualTo("acme/" + FILE + ": checked with the store");
    }

    @Test
    void leavesTheDataFolderToTheServiceWhoseProcessServesThePages() throws IOException, InterruptedException {
        try (DataFolder service = DataFolder.take(data, DataFolder.SERVICE, Duration.ZERO)) {
            assertThat(service).isNotNull();
            assertThat(browser.get("/").statusCode()).isEqualTo(200);
            assertThat(browser.get("/held").statusCode()).isEqualTo(200);
            assertThat(SecondProcess.holder(data)).startsWith("posbridge run, process ");
        }
    }

    @Test
    void showsWhatIsHeldOfAVendorBesideItsProfile() {
        assertThat(browser.get("/vendors/acme").body())
                .contains("Held: 1 file of this vendor")
                .contains("/held/" + held().id() + "/release")
                .contains("The profile was changed since the last file");
    }

    @Test
    void rejectsOnceWhoeverPressesToo() {
        long id = held().id();
        Path lies = Path.of(held().path());

        post("/held/" + id + "/reject", Map.of("reason", "prices in pence"));
        HttpResponse<String> second = post("/held/" + id + "/reject", Map.of("reason", "prices in pence"));

        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(second.body()).contains("somebody else was faster");
        assertThat(book.held()).isEmpty();
        assertThat(lies).doesNotExist();
        assertThat(data.resolve("rejected/acme/" + FILE + ".reason.txt"))
                .content()
                .contains("prices in pence");
        assertThat(audited("reject")).isEqualTo("acme/" + FILE + ": prices in pence");
    }

    @Test
    void pausesDeliveryOfAPartAndGoesOn() {
        Pauses pauses = new Pauses(opened.ledger().database());
        Map<String, String> sales = Map.of("vendor", "acme", "kind", RecordKind.SALE.word(), "reason", "wrong prices");

        post("/held/pause", sales);
        post("/held/pause", sales);

        assertThat(pauses.all()).singleElement().satisfies(pause -> {
            assertThat(pause.vendor()).isEqualTo("acme");
            assertThat(pause.store()).isNull();
            assertThat(pause.kind()).isEqualTo("sale");
        });
        assertThat(browser.get("/held").body())
                .contains("vendor acme, kind sale")
                .contains("wrong prices");
        post("/held/resume", Map.of());
        assertThat(pauses.all()).as("another pause than that of everything").hasSize(1);
        post("/held/resume", Map.of("vendor", "acme", "kind", "sale"));
        assertThat(pauses.all()).isEmpty();
    }

    @Test
    void refusesToPauseWhatNobodyKnows() {
        assertThat(post("/held/pause", Map.of("vendor", "amce", "reason", "x")).body())
                .contains("vendor is \"amce\", found no profile and no file of that name. Did you mean");
        assertThat(post("/held/pause", Map.of("store", "nowhere", "reason", "x"))
                        .body())
                .contains("posbridge pause --store nowhere --new-store");
        assertThat(new Pauses(opened.ledger().database()).all()).isEmpty();
    }

    private HttpResponse<String> post(String path, Map<String, String> fields) {
        Map<String, String> form = new java.util.HashMap<>(fields);
        form.put("csrf", browser.csrf());
        return browser.post(path, form);
    }

    private HoldBook.Held held() {
        List<HoldBook.Held> held = book.held();
        assertThat(held).hasSize(1);
        return held.get(0);
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
