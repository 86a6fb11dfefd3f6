package dev.posbridge.cli;

import static dev.posbridge.cli.Shop.NAMED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.posbridge.cli.Shop.Run;
import dev.posbridge.operations.document.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bad row counts its money where its total can be read: beside sales in a segment, and beside rows. */
class DeadMoneyTest {
    private static final String NOTE = "Of the dead, 1 counts as 0.00: it has no total, or none that can be read.";

    @TempDir
    private static Path home;

    private static Shop shop;

    @BeforeAll
    static void takeInBadRows() {
        shop = Shop.in(home, NAMED);
        List<String> rows = new ArrayList<>();
        for (int i = 1; i <= 30; i++) {
            rows.add("S," + i + ",2026-01-30 12:00,07700900001,2.00,,A,1,2.00");
        }
        rows.add("S,31,2026-01-30 12:05,nobody,20.00,,B,1,20.00");
        rows.add("R,90,2026-01-30 12:10,nobody,,1,A,1,4.00");
        rows.add("S,32,2026-01-30 12:15,07700900001,2O.00,,B,1,20.00");
        shop.ingest("night.csv", rows.toArray(String[]::new));
        shop.ingest("rows.csv", "S,40,2026-01-31 12:00,nobody,5.50,,A,1,5.50");
        shop.ingest("again.csv", "S,40,2026-01-31 12:00,nobody,5.50,,A,1,5.50", rows.get(31));
        shop.run(
                "ingest",
                "--vendor",
                "shop",
                shop.write("files/known.csv", shop.read("files/night.csv")).toString());
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @Test
    void inTheReportOfEachFileWhereItTies() {
        JsonNode report = Json.tree(shop.look("report", "--json").out());

        assertThat(money(report.path("files").get(0)))
                .containsExactly("dead 3: 20.00 sold, 4.00 given back", "in 33: 80.00 sold, 4.00 given back");
        assertThat(money(report.path("files").get(1)))
                .containsExactly("dead 1: 5.50 sold, 0.00 given back", "in 1: 5.50 sold, 0.00 given back");
        assertThat(money(report.path("files").get(2)))
                .containsExactly("duplicate 2: 5.50 sold, 4.00 given back", "in 2: 5.50 sold, 4.00 given back");
        assertThat(money(report.path("files").get(3)))
                .containsExactly("duplicate 33: 80.00 sold, 4.00 given back", "in 33: 80.00 sold, 4.00 given back");
        assertThat(report.path("deadWithoutTotal").asLong()).isEqualTo(1);
        for (String which : List.of("sales", "refunds")) {
            assertThat(dev.posbridge.ledger.Outcomes.WORDS.stream()
                            .map(word ->
                                    report.path("money").path(which).path(word).decimalValue())
                            .reduce(java.math.BigDecimal.ZERO, java.math.BigDecimal::add))
                    .isEqualByComparingTo(
                            report.path("money").path(which).path("in").decimalValue());
        }
    }

    /** What came in, and of its parts the one that is neither empty nor delivered. */
    private static List<String> money(JsonNode file) {
        List<String> told = new ArrayList<>();
        for (String word : List.of("dead", "duplicate", "in")) {
            long records = "in".equals(word)
                    ? file.path("records").asLong()
                    : file.path("outcomes").path(word).asLong();
            if (records > 0) {
                told.add("%s %d: %.2f sold, %.2f given back"
                        .formatted(
                                word,
                                records,
                                file.path("money").path("sales").path(word).decimalValue(),
                                file.path("money").path("refunds").path(word).decimalValue()));
            }
        }
        return told;
    }

    @Test
    void inItsSumsForAPersonWithHowManyHaveNone() {
        assertThat(shop.look("report").out().lines())
                .contains("  dead                  4              25.50               4.00", NOTE);
        assertThat(shop.look("report", "--by", "vendor").out().lines())
                .contains("  dead                  4              25.50               4.00", NOTE);
    }

    @Test
    void inTheTablesForPrograms() {
        assertThat(cells(shop.look("report", "--csv"), 1, "sales-dead", "refunds-dead", "dead-without-total"))
                .containsExactly("20.00", "4.00", "1");
        assertThat(cells(
                        shop.look("report", "--by", "kind", "--csv"),
                        2,
                        "kind",
                        "dead",
                        "sales-dead",
                        "refunds-dead",
                        "dead-without-total"))
                .containsExactly("row", "4", "25.50", "4.00", "1");
        assertThat(shop.look("report", "--by", "month").out().lines()).contains(NOTE);
        assertThat(shop.look("report", "--receipts", "--csv").out().lines())
                .filteredOn(line -> line.contains(",dead,"))
                .extracting(line -> line.split(",")[13])
                .containsExactly("20.00", "-4.00", "0.00", "5.50");
    }

    private static List<String> cells(Run run, int line, String... columns) {
        List<String[]> lines = run.out().lines().map(text -> text.split(",")).toList();
        List<String> names = Arrays.asList(lines.get(0));
        return Arrays.stream(columns)
                .map(column -> lines.get(line)[names.indexOf(column)])
                .toList();
    }

    @Test
    void whereItIsToBeCorrected() {
        assertThat(shop.look("status").out().lines())
                .contains(
                        "Dead letters: 4, of them 25.50 GBP sold, 4.00 GBP given back, 1 without a total.  See: posbridge dead-letters summary");
        assertThat(Json.tree(shop.look("status", "--json").out()).path("deadMoney"))
                .hasToString("{\"sales\":25.5,\"refunds\":4.0,\"withoutTotal\":1}");
        assertThat(shop.look("dead-letters", "summary").out().lines())
                .contains(
                        "     3  shop  phone-invalid  (row)  25.50 GBP sold, 4.00 GBP given back",
                        "     1  shop  amount-invalid  (row)  1 without a total");
    }
}
