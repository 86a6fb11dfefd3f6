package dev.posbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posbridge.ledger.AuditBook;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How files are read, and what one would come to: the same words as by the commands, and nothing is stored. */
class VendorsPageTest {
    private static final Path SAMPLE = Path.of("samples/acme/EOD_07_20260131.csv");
    private static final Path LESSON = Path.of("samples/lesson/corner_20260131.csv");

    @TempDir
    private Path folder;

    private Path data;
    private Path vendors;
    private Shops.Opened opened;
    private Browser browser;

    @BeforeEach
    void open() throws IOException {
        data = Shops.in(folder.resolve("data"));
        vendors = Files.createDirectory(folder.resolve("vendors"));
        Files.copy(Path.of("config/vendors/acme.yaml"), vendors.resolve("acme.yaml"));
        Files.writeString(vendors.resolve("wrong.yaml"), "vendor: wrong\ncolums: [a]\n");
        opened = Shops.open(data, Map.of("posbridge.vendors-dir", vendors.toString()));
        browser = opened.inside();
    }

    @AfterEach
    void close() {
        opened.close();
    }

    @Test
    void listsEachProfileWithWhatItIsAndABrokenOneWithWhatIsWrong() {
        assertThat(browser.get("/vendors").body())
                .contains("Acme tills, one semicolon file per store and night")
                .contains("EOD_(?&lt;store&gt;\\d+)_(?&lt;businessDate&gt;\\d{8})\\.csv")
                .contains("<span class=\"badge l-rejected\">broken</span>")
                .contains("unknown key \"colums\"");
    }

    @Test
    void showsTheTextOfAProfileWithWhatItsKeysMeanAlsoOfABrokenOne() {
        assertThat(browser.get("/vendors/acme").body())
                .contains("<code class=\"profile-code\">vendor: acme</code>")
                .contains("<b>records.total-paid</b> The amount that earns the points.")
                .contains("<b>format.type</b> How the file is built. One of csv, fixed-width");
        assertThat(browser.get("/vendors/wrong").body())
                .contains("wrong.yaml:2:1: unknown key")
                .contains("<code class=\"profile-code\">colums: [a]</code>")
                .doesNotContain("Try a file on it");
        assertThat(browser.get("/vendors/nobody").statusCode()).isEqualTo(404);
    }

    @Test
    void saysWhatAFileWouldComeToAndStoresNothing() throws IOException {
        long files = opened.ledger().database().read(handle -> handle.select("select count(*) from file")
                .mapTo(Long.class)
                .one());

        HttpResponse<String> tried = upload("/vendors/acme/try", SAMPLE, Map.of());

        assertThat(tried.statusCode()).isEqualTo(200);
        assertThat(tried.body())
                .contains("1 receipt cannot be understood and would be a dead letter; the others would be sent.")
                .contains("<td>sales</td><td class=\"n\">3</td><td class=\"n\">15.15</td>")
                .contains("<td>rows</td><td class=\"n\">8</td><td class=\"n\">8</td>")
                .contains("unknown: an amount cannot be read")
                .contains("EOD_07_20260131.csv:7:12: vendor acme: total-paid \"24,O0\" is not a number.")
                .contains("sale 07-1-0201-20260131 of 3.25 GBP")
                .contains("orderId")
                .doesNotContain("07700 9")
                .doesNotContain("447700900101");
        assertThat(files).isEqualTo(opened.ledger().database().read(handle -> handle.select("select count(*) from file")
                .mapTo(Long.class)
                .one()));
        assertThat(audited("")).isEmpty();
        assertNothingLeft();
    }

    @Test
    void readsNoMoreOfAFileThatUnpacksToTooMuchThanAServiceHasMemoryFor() throws IOException {
        Files.writeString(
                vendors.resolve("packed.yaml"),
                Files.readString(vendors.resolve("acme.yaml"))
                        .replace("vendor: acme", "vendor: packed\nunwrap: [gzip]"));
        String head = "Type;Till;Bon;Date;Time;Phone;Email;Sku;Text;Qty;Price;Total;OrigBon;OrigDate\n";
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(head.getBytes(StandardCharsets.ISO_8859_1));
            for (int receipt = 0; receipt <= 200_000; receipt++) {
                gzip.write(("S;1;" + receipt + ";01.02.2026;12:00;07700 900101;;1;C;1;6,00;6,00;;\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
            }
        }

        assertThat(browser.upload("/vendors/packed/try", "EOD_07_20260203.csv.gz", packed.toByteArray(), Map.of())
                        .body())
                .contains(
                        "EOD_07_20260203.csv.gz: has more than 200000 receipts, which are too many to be tried here.");
        assertNothingLeft();
    }

    @Test
    void showsWhoARowIsAboutToWhoeverAskedAndSaidWhy() {
        browser.post("/personal/show", Map.of("csrf", browser.csrf(), "reason", "to compare with the till"));

        assertThat(upload("/vendors/acme/try", SAMPLE, Map.of()).body()).contains("07700 900101");
    }

    @Test
    void saysWhyAWholeFileWouldBeRejected() throws IOException {
        Path short1 = Files.writeString(
                folder.resolve("EOD_07_20260203.csv"),
                Files.readString(SAMPLE, StandardCharsets.ISO_8859_1).replace("T;8;", "T;9;"),
                StandardCharsets.ISO_8859_1);

        assertThat(upload("/vendors/acme/try", short1, Map.of()).body())
                .contains("The whole file would be rejected: control-totals-wrong: EOD_07_20260203.csv:")
                .contains(
                        "<td>rows</td><td class=\"n\">9</td><td class=\"n\">8</td><td><span class=\"badge l-rejected\">no</span>");
    }

    @Test
    void writesAFirstProfileWithItsReasonsAndTriesItAndKeepsNothing() throws IOException {
        HttpResponse<String> draft = upload("/new-vendor", LESSON, wish("corner"));

        assertThat(draft.body())
                .contains("# rows with equal values here are one receipt")
                .contains("<td>sales</td><td class=\"n\">2</td>")
                .contains("Download corner.yaml");
        assertThat(vendors.resolve("corner.yaml")).doesNotExist();
        assertNothingLeft();
        HttpResponse<String> file = browser.post(
                "/new-vendor/download",
                Map.of("csrf", browser.csrf(), "vendor", "corner", "text", "vendor: corner\r\n# why\r\n"));
        assertThat(file.body()).isEqualTo("vendor: corner\n# why\n");
        assertThat(file.headers().firstValue("Content-Disposition")).hasValue("attachment; filename=\"corner.yaml\"");
    }

    @Test
    void keepsAFirstProfileOnceForWhoeverSaysWhy() throws IOException {
        Map<String, String> wish = wish("corner");
        assertThat(upload("/new-vendor/keep", LESSON, wish).statusCode()).isEqualTo(400);
        wish.put("reason", "the café joins");

        HttpResponse<String> kept = upload("/new-vendor/keep", LESSON, wish);
        HttpResponse<String> again = upload("/new-vendor/keep", LESSON, wish);

        assertThat(kept.headers().firstValue("Location")).hasValue("/vendors/corner");
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(vendors.resolve("corner.yaml")).content().contains("vendor: corner");
        assertThat(audited("vendor new")).isEqualTo("corner: the café joins");
        assertThat(browser.get("/vendors/corner").body()).contains("No file was taken in by this profile yet.");
    }

    @ParameterizedTest
    @CsvSource({
        "vendor,../evil,name is",
        "vendor,acme,is there already",
        "currency,pounds,currency is",
        "zone,Mars,time zone is",
        "region,Britain,region is"
    })
    void saysWhatIsWrongWithAWish(String field, String value, String said) {
        Map<String, String> wish = wish("corner");
        wish.put(field, value);

        assertThat(upload("/new-vendor", LESSON, wish))
                .satisfies(answer -> assertThat(answer.statusCode()).isIn(400, 409))
                .satisfies(answer -> assertThat(answer.body()).contains(said));
    }

    private HttpResponse<String> upload(String path, Path file, Map<String, String> fields) {
        try {
            return browser.upload(path, file.getFileName().toString(), Files.readAllBytes(file), fields);
        } catch (IOException problem) {
            throw new java.io.UncheckedIOException(problem);
        }
    }

    private static Map<String, String> wish(String vendor) {
        return new HashMap<>(Map.of("vendor", vendor, "currency", "gbp", "zone", "Europe/London", "region", "gb"));
    }

    private void assertNothingLeft() throws IOException {
        try (Stream<Path> left = Files.list(data.resolve("console-tries"))) {
            assertThat(left).isEmpty();
        }
    }

    private String audited(String command) {
        return new AuditBook(opened.ledger().database())
                .since(Instant.EPOCH).stream()
                        .filter(one -> one.who().endsWith(" (console)")
                                && !one.command().startsWith("console "))
                        .filter(one -> one.command().startsWith(command))
                        .map(AuditBook.Audited::reason)
                        .reduce("", (one, other) -> one + other);
    }
}
