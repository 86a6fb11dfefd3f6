package dev.posbridge.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.posbridge.cli.PosbridgeCli;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a manager reads and finance takes, in the console: the same sums as by the command. */
class ReportPageTest {
    @TempDir
    private Path folder;

    private Path data;
    private Shops.Opened opened;
    private Browser browser;

    @BeforeEach
    void open() {
        data = Shops.in(folder.resolve("data"));
        opened = Shops.open(data, Map.of());
        browser = opened.inside();
    }

    @AfterEach
    void close() {
        opened.close();
    }

    @Test
    void addsUpOnlyWhatItWasAskedFor() {
        assertThat(browser.get("/report").body()).contains("Add up").doesNotContain("The table for finance");

        String page = added("/report?by=store&vendor=acme&from=2026-01-30&to=2026-01-31");
        assertThat(page)
                .contains("<th scope=\"row\">07</th>")
                .contains("<th scope=\"row\">12</th>")
                .contains("Skipped: anonymous 1")
                .contains("/report.csv?vendor=acme&amp;by=store&amp;from=2026-01-30&amp;to=2026-01-31");
        assertThat(page).contains("As of ");
        assertThat(added("/report?by=store&from=2020-01-01&to=2020-01-02")).contains("Nothing came in then.");
    }

    @Test
    void givesFinanceTheTableOfTheCommandByteForByte() {
        HttpResponse<String> table = browser.get("/report.csv?by=business-date&by=store");

        assertThat(table.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"report-shops.csv\"");
        assertThat(table.body()).isEqualTo(command()).startsWith("schema-version,account,");
    }

    @Test
    void saysWhatIsWrongWithAQuestion() {
        assertThat(browser.get("/report?by=weekday"))
                .returns(400, HttpResponse::statusCode)
                .satisfies(answer -> assertThat(answer.body()).contains("by is \"weekday\", expected business-date,"));
        assertThat(browser.get("/report?by=store&from=31.01.2026").body())
                .contains("expected a day such as 2026-01-31");
        assertThat(browser.get("/report?by=store&from=2026-02-01&to=2026-01-01").body())
                .contains("to 2026-01-01 lies before from 2026-02-01.");
    }

    /** What the page says once it is added up; until then it says so, and the browser asks again. */
    private String added(String question) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> browser.get(question),
                        answer -> answer.headers().firstValue("Refresh").isEmpty())
                .body();
    }

    private String command() {
        PrintStream before = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            assertThat(PosbridgeCli.run(
                            "report", "--by", "business-date,store", "--csv", "--data-dir", data.toString()))
                    .isZero();
        } finally {
            System.setOut(before);
        }
        return said.toString(StandardCharsets.UTF_8);
    }
}
