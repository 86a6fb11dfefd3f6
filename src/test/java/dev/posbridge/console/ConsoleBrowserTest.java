package dev.posbridge.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.posbridge.engine.DataFolder;
import dev.posbridge.ledger.DeadLetterFilter;
import dev.posbridge.ledger.DeadLetters;
import dev.posbridge.ledger.HoldBook;
import dev.posbridge.ledger.Pauses;
import dev.posbridge.sandbox.Sandbox;
import dev.posbridge.sandbox.SandboxSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages in headless Chromium, where Debian's chromium and chromium-driver are installed; always in CI. */
class ConsoleBrowserTest {
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final String AXE = "axe/axe.min.js";

    @TempDir
    private Path folder;

    private Shops.Opened opened;

    @BeforeEach
    void open() {
        assumeTrue(Chromium.isThere(), "chromium and chromium-driver are not installed");
        opened = Shops.open(Shops.in(folder.resolve("data")), Map.of());
    }

    @AfterEach
    void close() {
        if (opened != null) {
            opened.close();
        }
    }

    @Test
    void letsANewUserMendTheDeadLetterWithoutReadingAnyDocument() throws IOException {
        try (Chromium chromium = Chromium.start(false);
                Sandbox sandbox = Sandbox.start(SandboxSettings.defaults())) {
            chromium.open(opened.console().link());
            assertThat(chromium.text()).contains("Night of").contains("to look at");
            chromium.click("nav a[href='/dead-letters']");
            chromium.click("a[href='/dead-letters/" + letter() + "']");
            assertThat(chromium.text()).contains("Still wrong");

            chromium.write(".fault input", "24,00");
            await().atMost(LONGEST)
                    .until(() -> chromium.text().contains("It would become: sale 07-1-0205-20260131 of 24.00 GBP"));
            chromium.click("form[data-preview] button.main");

            says(chromium, "Nothing runs here: the next posbridge run delivers it.");
            assertThat(chromium.text()).contains("sale 07-1-0205-20260131: pending", "Why it was a dead letter");
            Shops.ingest(folder.resolve("data"), sandbox, "acme", "samples/acme/EOD_07_20260131.csv");
            says(chromium, "sale 07-1-0205-20260131: delivered");
            chromium.click("#live a[href^='/trace']");
            says(chromium, "sale 07-1-0205-20260131 delivered");
            assertThat(chromium.text()).contains("replayed, amount-invalid");
        }
    }

    /** One browser for all of them: starting it takes longer than what it does. */
    @Test
    void letsSomebodyTryAFileTakeOneInLookAtARecordPauseReportAndTakeOrdersBack() throws Exception {
        String address = opened.console().address();
        try (Chromium chromium = Chromium.start(false);
                DataFolder service = DataFolder.take(folder.resolve("data"), DataFolder.SERVICE, Duration.ZERO)) {
            assertThat(service).isNotNull();
            chromium.open(opened.console().link());

            chromium.click("nav a[href='/vendors']");
            chromium.click("a[href='/vendors/acme']");
            chromium.choose("input[type=file]", Path.of("samples/acme/EOD_07_20260131.csv"));
            chromium.click(".drop button.main");
            says(chromium, "1 receipt cannot be understood and would be a dead letter");
            chromium.open(address + "new-vendor");
            chromium.choose("input[type=file]", Path.of("samples/lesson/corner_20260131.csv"));
            chromium.write("input[name=vendor]", "corner");
            chromium.click(".drop button.main");
            says(chromium, "Download corner.yaml");

            chromium.click("nav a[href='/held']");
            chromium.click("a[href$='/accept']");
            says(chromium, "Accept it, despite its totals");
            chromium.write("input[name=reason]:not([maxlength='200'])", "the till rounds");
            chromium.click("form[action$='/accept'] button");
            says(chromium, "Accepted acme/EOD_12_20260130.csv: the running service reads it now.");

            chromium.open(address + "corrections?how=reverse&file=acme/EOD_07_20260130.csv");
            says(chromium, "37.55 GBP delivered");
            chromium.write("form[action='/corrections'][method=post] input[name=reason]", "a training day");
            chromium.click("form[action='/corrections'][method=post] button.danger");
            says(chromium, "Corrected: 3 orders taken back.");

            chromium.click("nav a[href='/held']");
            chromium.write("form[action='/held/pause'] input[name=reason]", "wrong prices");
            chromium.click("form[action='/held/pause'] button");
            says(chromium, "Delivery is paused. Intake goes on.");
            chromium.click("form[action='/held/resume'] button");
            says(chromium, "Delivery goes on.");

            chromium.click("nav a[href='/report']");
            chromium.click("main form button");
            says(chromium, "The table for finance");

            chromium.open(address + "files/3");
            chromium.click("a[href$='#totals']");
            says(chromium, "IN THE LEDGER", "In the ledger");
            chromium.click("a[href^='/records/']");
            says(chromium, "The rows as they came");
        }
    }

    /** With whoever restarts the console, pulls the cable, or has it open on more screens than may listen. */
    @Test
    void goesOnShowingTheNightWhenWhatTellsItBreaks() throws Exception {
        Pauses pauses = new Pauses(opened.ledger().database());
        try (Chromium chromium = Chromium.start(false);
                Cable cable = new Cable(URI.create(opened.console().address()).getPort())) {
            chromium.open(opened.console()
                    .link()
                    .replace(opened.console().address(), "http://127.0.0.1:" + cable.port() + "/"));
            pauses.add("acme", null, null, "told while it listens");
            says(chromium, "told while it listens");

            cable.pull();
            says(chromium, "The console does not answer, and is asked again.");
            pauses.add("acme", "07", null, "told when it is back");
            cable.plug();
            says(chromium, "told when it is back");
            await().atMost(LONGEST).until(() -> !chromium.text().contains("does not answer"));

            cable.cut();
            pauses.add("acme", "08", null, "asked for after it was cut");
            says(chromium, "asked for after it was cut");
        }
    }

    private static void says(Chromium chromium, String... one) {
        await().atMost(LONGEST).ignoreExceptions().until(() -> {
            String text = chromium.text();
            return Arrays.stream(one).anyMatch(text::contains);
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void violatesNoRuleOfAccessibilityOfLevelAOrAaInLightAndDarkOnAScreenAndAPhone(boolean dark) throws IOException {
        String axe = Files.readString(Path.of("src/test/resources").resolve(AXE));
        try (Chromium chromium = Chromium.start(dark)) {
            chromium.open(opened.console().link());
            for (int width : new int[] {1280, 820, 500}) {
                chromium.width(width);
                for (String page : pages()) {
                    chromium.open(opened.console().address() + page);
                    chromium.run(false, axe + "; return 1");
                    assertThat(chromium.run(
                                            true,
                                            "const done = arguments[0]; axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a',"
                                                    + " 'wcag21aa']}).then(found => done(found.violations.map(one => one.id + ' '"
                                                    + " + one.nodes.map(node => node.html).join(' '))))")
                                    .toString())
                            .as(page + " at " + width)
                            .isEqualTo("[]");
                    assertThat(chromium.run(false, "return document.documentElement.scrollWidth <= window.innerWidth")
                                    .asBoolean())
                            .as(page + " fits into " + width)
                            .isTrue();
                }
            }
        }
    }

    private List<String> pages() {
        return List.of(
                "",
                "?night=2020-01-01",
                "dead-letters",
                "dead-letters?code=key-repeated",
                "dead-letters/" + letter(),
                "files/3",
                "files/3?totals=1",
                "files/5",
                "held",
                "held/" + rejected() + "/accept",
                "corrections",
                "corrections?how=reverse&file=acme/EOD_07_20260130.csv",
                "reconcile",
                "vendors",
                "vendors/acme",
                "new-vendor",
                "report",
                "report?by=business-date&by=store",
                "trace?q=acme-07-1-0204-20260131",
                "trace?q=nobody",
                "no-such-page");
    }

    private long rejected() {
        return new HoldBook(opened.ledger().database()).overrulable(1).get(0).id();
    }

    private long letter() {
        return new DeadLetters(opened.ledger().database())
                .all(new DeadLetterFilter("acme", "amount-invalid", "EOD_07_20260131.csv", null, false))
                .get(0)
                .id();
    }
}
