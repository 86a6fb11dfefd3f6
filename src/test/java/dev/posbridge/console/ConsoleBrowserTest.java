package dev.posbridge.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.posbridge.ledger.DeadLetterFilter;
import dev.posbridge.ledger.DeadLetters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
        try (Chromium chromium = Chromium.start(false)) {
            chromium.open(opened.console().link());
            assertThat(chromium.text()).contains("Night of").contains("to look at");
            chromium.click("nav a[href='/dead-letters']");
            chromium.click("a[href='/dead-letters/" + letter() + "']");
            assertThat(chromium.text()).contains("Still wrong");

            chromium.write(".fault input", "24,00");
            await().atMost(LONGEST)
                    .until(() -> chromium.text().contains("It would become: sale 07-1-0205-20260131 of 24.00 GBP"));
            chromium.click("form[data-preview] button.main");

            await().atMost(LONGEST).until(() -> chromium.text().contains("Mended: it is due."));
            chromium.open(opened.console().address() + "trace?q=07-1-0205-20260131");
            assertThat(chromium.text())
                    .contains("sale 07-1-0205-20260131 pending")
                    .contains("replayed, amount-invalid");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void violatesNoRuleOfAccessibilityOfLevelAOrAaInLightAndDarkOnAScreenAndAPhone(boolean dark) throws IOException {
        String axe = Files.readString(Path.of("src/test/resources").resolve(AXE));
        try (Chromium chromium = Chromium.start(dark)) {
            chromium.open(opened.console().link());
            for (int width : new int[] {1280, 500}) {
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
                "held",
                "report",
                "report?by=business-date&by=store",
                "trace?q=acme-07-1-0204-20260131",
                "trace?q=nobody",
                "no-such-page");
    }

    private long letter() {
        return new DeadLetters(opened.ledger().database())
                .all(new DeadLetterFilter("acme", "amount-invalid", "EOD_07_20260131.csv", null, false))
                .get(0)
                .id();
    }
}
