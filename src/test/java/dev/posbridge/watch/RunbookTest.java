package dev.posbridge.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever is called at night is sent to a section that is there. */
class RunbookTest {
    private static final Path PAGE = Path.of("docs/runbook.md");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alarms",
                "backlog",
                "dead letters",
                "delivery",
                "disk",
                "files of night",
                "gameball",
                "held files",
                "intake acme",
                "ledger",
                "profile acme",
                "queue acme.receipts",
                "rejected files",
                "report to night",
                "sets of acme",
                "sftp night"
            })
    void hasASectionForEachConcern(String concern) throws IOException {
        String page = Runbook.page(concern);
        assertThat(page).startsWith("docs/runbook.md#");
        String anchor = page.substring(page.indexOf('#') + 1);
        assertThat(Files.readAllLines(PAGE)).contains("## " + anchor.replace('-', ' '));
    }
}
