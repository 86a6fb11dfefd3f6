package dev.posbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posbridge.ledger.AuditBook;
import dev.posbridge.ledger.DeadLetterFilter;
import dev.posbridge.ledger.DeadLetters;
import dev.posbridge.ledger.DeadLetters.DeadLetter;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dead letter mended in the console, without a browser: the same in its effect as by the commands. */
class MendedDeadLetterTest {
    private static final List<String> CELLS = List.of(
            "S",
            "1",
            "0205",
            "31.01.2026",
            "12:02",
            "07****",
            "",
            "1006",
            "Carrot cake",
            "1",
            "24,00",
            "24,O0",
            "",
            "");

    @TempDir
    private Path folder;

    private Shops.Opened opened;
    private Browser browser;
    private DeadLetters book;

    @BeforeEach
    void open() {
        opened = Shops.open(Shops.in(folder.resolve("data")), Map.of());
        browser = opened.inside();
        book = new DeadLetters(opened.ledger().database());
    }

    @AfterEach
    void close() {
        opened.close();
    }

    @Test
    void showsTheRowsWithTheFieldAtFaultMarked() {
        assertThat(browser.get("/dead-letters/" + letter().id()).body())
                .containsPattern(
                        "class=\"fault\">Total <span>\\(at fault\\)</span><input name=\"r0c11\" value=\"24,O0\"")
                .contains("name=\"r0c5\" value=\"07****\"");
    }

    @Test
    void saysAtOnceWhatTheEditedRowWouldBecomeAndStoresNothing() {
        HttpResponse<String> wrong = post("preview", "24,O0");
        HttpResponse<String> right = post("preview", "24,00");

        assertThat(wrong.body())
                .contains(
                        "Still wrong: dead letter: EOD_07_20260131.csv:7:12: vendor acme: total-paid \"24,O0\" is not a number.");
        assertThat(right.body())
                .contains(
                        "It would become: sale 07-1-0205-20260131 of 24.00 GBP at 2026-01-31T12:02:00Z, customer mobile_4477****105, 1 line item")
                .contains("\"totalPaid\" : 24");
        assertThat(letter().isOpen()).isTrue();
    }

    @Test
    void replaysTheEditedRowOnceHoweverOftenAndByWhomTheButtonIsPressed() {
        long id = letter().id();
        Browser other = opened.inside();
        Map<String, String> form = form("24,00");

        HttpResponse<String> first = browser.post("/dead-letters/" + id + "/replay", form);
        form.put("csrf", other.csrf());
        other.post("/dead-letters/" + id + "/replay", form);

        assertThat(first.headers().firstValue("Location")).hasValue("/dead-letters/" + id);
        assertThat(browser.get("/dead-letters/" + id).body())
                .contains("Mended.", "Why it was a dead letter: EOD_07_20260131.csv:7:12", "(was at fault)")
                .contains("data-live=\"/dead-letters/" + id + "/mended\"")
                .doesNotContain("class=\"problem\"", "class=\"fault\"");
        assertThat(browser.get("/dead-letters/" + id + "/mended").body())
                .contains(">07-1-0205-20260131</a>: <strong>pending</strong>")
                .contains("Nothing runs here: the next posbridge run delivers it.")
                .contains("<a href=\"/trace?q=07-1-0205-20260131\">")
                .doesNotContain("data-settled");
        assertThat(other.get("/dead-letters/" + id).body())
                .contains("Nothing was done: somebody else was faster, or it is closed.");
        assertThat(book.byId(id).orElseThrow().state()).isEqualTo("replayed");
        List<Map<String, Object>> records = opened.ledger().database().read(handle -> handle.select(
                        "select state, amount_e4 from record where key like '%0205%'")
                .mapToMap()
                .list());
        assertThat(records).singleElement().satisfies(record -> assertThat(record)
                .containsEntry("state", 0)
                .containsEntry("amount_e4", 240000));
    }

    @Test
    void saysThatItIsDeadAgainWhereTheRowIsStillWrong() {
        HttpResponse<String> again = post("replay", "24.x0");

        String there = again.headers().firstValue("Location").orElseThrow();
        assertThat(there).isNotEqualTo("/dead-letters/2");
        assertThat(browser.get(there).body())
                .contains("Replayed, and dead again: amount-invalid.")
                .contains("24.x0");
    }

    @Test
    void discardsWithTheWordsOfWhoeverDidIt() {
        long id = letter().id();

        assertThat(browser.post("/dead-letters/" + id + "/discard", Map.of("csrf", browser.csrf(), "reason", " "))
                        .body())
                .contains("No reason is given, expected why, in your own words.");
        browser.post("/dead-letters/" + id + "/discard", Map.of("csrf", browser.csrf(), "reason", "refunded by hand"));

        assertThat(book.byId(id).orElseThrow().discardReason()).isEqualTo("refunded by hand");
        assertThat(new AuditBook(opened.ledger().database()).since(Instant.EPOCH))
                .filteredOn(one -> one.command().equals("dead-letters discard"))
                .singleElement()
                .satisfies(one -> assertThat(one.who() + ": " + one.reason())
                        .isEqualTo(System.getProperty("user.name") + " (console): refunded by hand"));
    }

    @Test
    void discardsAllOfAReasonAtOnceAndNothingElse() {
        String reason = book.summary().stream()
                .filter(group -> !group.reason().equals("amount-invalid"))
                .map(DeadLetters.Group::reason)
                .findFirst()
                .orElseThrow();
        long others =
                book.count(DeadLetterFilter.OPEN) - book.count(new DeadLetterFilter(null, reason, null, null, false));

        browser.post(
                "/dead-letters/discard",
                Map.of("csrf", browser.csrf(), "every", "true", "code", reason, "reason", "a test of the till"));

        assertThat(book.count(DeadLetterFilter.OPEN)).isEqualTo(others);
        assertThat(browser.post(
                                "/dead-letters/discard",
                                Map.of("csrf", browser.csrf(), "every", "true", "reason", "everything"))
                        .body())
                .contains("Choose a reason, a vendor or a file first.");
    }

    private HttpResponse<String> post(String action, String total) {
        return browser.post("/dead-letters/" + letter().id() + "/" + action, form(total));
    }

    private Map<String, String> form(String total) {
        Map<String, String> form = new HashMap<>();
        for (int column = 0; column < CELLS.size(); column++) {
            form.put("r0c" + column, column == 11 ? total : CELLS.get(column));
        }
        form.put("csrf", browser.csrf());
        return form;
    }

    private DeadLetter letter() {
        return book.all(new DeadLetterFilter("acme", "amount-invalid", "EOD_07_20260131.csv", null, false))
                .get(0);
    }
}
