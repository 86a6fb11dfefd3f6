package dev.posbridge.cli;

import static dev.posbridge.cli.Shop.NAMED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.posbridge.cli.Shop.Run;
import dev.posbridge.operations.document.Json;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What finance takes at the end of a month. */
class MonthReportTest {
    @TempDir
    private static Path home;

    private static Shop shop;

    @BeforeAll
    static void takeInTwoNights() {
        shop = Shop.in(home, NAMED);
        shop.ingest(
                "night.csv",
                "S,1,2026-01-30 12:00,07700900001,20.00,,A,2,10.00",
                "S,2,2026-02-01 12:05,07700900002,7.50,,B,1,7.50",
                "R,90,2026-01-31 12:00,07700900001,10.00,1,A,1,10.00",
                "S,3,2026-01-31 12:05,nobody,20.00,,B,1,20.00");
        shop.ingest(
                "more.csv",
                "S,1,2026-01-30 12:00,07700900001,20.00,,A,2,10.00",
                "S,4,2026-01-31 09:00,07700900002,1.50,,B,1,1.50",
                "S,5,2026-01-31 09:30,,3.00,,B,1,3.00");
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @Test
    void addsUpByMonthForAPerson() {
        assertThat(lines(shop.look("report", "--by", "month", "--to", "2026-02-28")))
                .startsWith(
                        "Account sandbox (test, GBP)",
                        "",
                        "month                               records      POS sales     of members      delivered       refunded  skipped   dead   late")
                .anyMatch(
                        line -> line.startsWith(
                                "2026-01                                   4          24.50          21.50          21.50          10.00        1      0      4"))
                .contains("Points: 28 earned, 10 taken back.", "Skipped: anonymous 1.");
    }

    @Test
    void tiesToTheAccountOfEverythingThatCameIn() {
        JsonNode total = Json.tree(shop.look("report", "--by", "business-date,store,kind", "--json")
                        .out())
                .path("total");
        long sum = 0;
        for (String word : dev.posbridge.ledger.Outcomes.WORDS) {
            sum += total.path(word).path("records").asLong();
        }
        assertThat(total.path("in").path("records").asLong()).isEqualTo(sum).isEqualTo(7);
        JsonNode plain = Json.tree(shop.look("report", "--json").out());
        assertThat(plain.path("records").asLong()).isEqualTo(7);
        assertThat(total.path("delivered").path("sales").decimalValue())
                .isEqualByComparingTo(
                        plain.path("money").path("sales").path("delivered").decimalValue());
        assertThat(total.path("skippedByReason").path("anonymous").asInt()).isEqualTo(1);
        assertThat(total.path("members").path("records").asInt()).isEqualTo(4);
    }

    @Test
    void makesTheSameTableOfTheSameLedgerByteForByte() {
        Run first = shop.look("report", "--by", "business-date,store,vendor,kind", "--csv");
        Run second = shop.look("report", "--by", "business-date,store,vendor,kind", "--csv");

        assertThat(second).isEqualTo(first);
        assertThat(lines(first).get(0))
                .startsWith("schema-version,account,environment,currency,business-date,store,vendor,kind,in,delivered,")
                .endsWith("points-unknown-sales,points-unknown-refunds,skipped-by-reason,dead-without-total");
        assertThat(lines(first).get(1))
                .startsWith("1,sandbox,test,GBP,2026-01-30,7,shop,sale,1,1,0,0,0,0,0,0,0,20.00,20.00,");
    }

    @Test
    void tellsWhenThingsWereDelivered() {
        List<String> lines = lines(shop.look("report", "--by", "delivered-date", "--csv"));

        assertThat(lines).hasSize(3);
        assertThat(lines.get(1)).startsWith("1,sandbox,test,GBP,(none),3,0,1,1,0,1,");
        assertThat(lines.get(2)).startsWith("1,sandbox,test,GBP," + java.time.LocalDate.now() + ",4,4,0,");
    }

    @Test
    void listsEveryReceipt() {
        List<String> lines = lines(shop.look("report", "--receipts", "--csv"));

        assertThat(lines).hasSize(7);
        assertThat(lines)
                .anyMatch(line -> line.contains(",night.csv,5,row,") && line.contains(",dead,phone-invalid,,,20"));
        assertThat(lines.get(0))
                .isEqualTo("schema-version,account,environment,currency,vendor,store,business-date,file,line,kind,key,"
                        + "order-id,customer,amount,state,reason,points,happened-at,received-at,settled-at");
        assertThat(lines.get(1))
                .startsWith("1,sandbox,test,GBP,shop,7,2026-01-30,night.csv,2,sale,1,shop-1,mobile_447700900001,20.00,"
                        + "delivered,,20,");
        assertThat(shop.look("report", "--receipts", "--csv", "--file", "more.csv")
                        .out()
                        .lines())
                .hasSize(3);
    }

    @Test
    void namesTheNearestWordForOneThatItDoesNotKnow() {
        assertThat(shop.look("report", "--by", "busines-date,store"))
                .isEqualTo(new Run(
                        2,
                        "",
                        "--by is \"busines-date,store\", found \"busines-date\" in it. Did you mean \"business-date\"? Known"
                                + " here: business-date, day, delivered-date, file, kind, month, store, vendor.\n"));
        assertThat(shop.look("report", "--receipts").err()).isEqualTo("--receipts is a table: give --csv with it.\n");
        assertThat(shop.look("report", "--by", "month", "--file", "night.csv").err())
                .isEqualTo("--file goes with --by file, vendor, store or day, not with --by month.\n");
        assertThat(shop.look("report", "--by", "file,store").err())
                .isEqualTo("--by is \"file,store\", but file stands alone: give --by file, or leave it out.\n");
    }

    private static List<String> lines(Run run) {
        assertThat(run.err()).isEmpty();
        return run.out().lines().toList();
    }
}
