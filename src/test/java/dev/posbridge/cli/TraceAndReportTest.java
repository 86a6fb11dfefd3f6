package dev.posbridge.cli;

import static dev.posbridge.cli.Shop.NAMED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.posbridge.cli.Shop.Run;
import dev.posbridge.operations.TraceSearch;
import dev.posbridge.operations.document.Json;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One night, taken in once: what support and accounting ask about it. */
class TraceAndReportTest {
    @TempDir
    private static Path home;

    private static Shop shop;

    @BeforeAll
    static void takeInANight() {
        shop = Shop.in(home, NAMED);
        shop.ingest(
                "night.csv",
                "S,1,2026-01-30 12:00,07700900001,20.00,,A,2,10.00",
                "R,90,2026-01-31 12:00,07700900001,10.00,1,A,1,10.00",
                "S,2,2026-01-31 12:05,nobody,20.00,,B,1,20.00");
        shop.ingest(
                "more.csv",
                "S,1,2026-01-30 12:00,07700900001,20.00,,A,2,10.00",
                "S,3,2026-01-31 09:00,07700900002,1.50,,B,1,1.50");
        shop.ingest(
                "known.csv",
                "S,1,2026-01-30 12:00,07700900001,20.00,,A,2,10.00",
                "S,3,2026-01-31 09:00,07700900002,1.50,,B,1,1.50");
        Path rejected = shop.write("files/rejected.csv", "Other\n1\n");
        shop.run("ingest", "--vendor", "shop", rejected.toString());
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "shop-1", "mobile_447700900001", "+44 7700 900001", "07700900001"})
    void findsTheSaleAndItsRefundByWhateverAPersonHas(String sought) {
        JsonNode records = Json.tree(shop.look("trace", "--json", sought).out()).path("records");
        assertThat(records).hasSize(2);
        assertThat(records.get(0).path("orderId").asText()).isEqualTo("shop-1");
        assertThat(records.get(0).path("state").asText()).isEqualTo("delivered");
        assertThat(records.get(0).path("file").asText() + ":"
                        + records.get(0).path("line").asInt())
                .isEqualTo("night.csv:2");
        assertThat(records.get(0).path("points").asInt()).isEqualTo(20);
        assertThat(records.get(0).path("attempts").asInt()).isEqualTo(1);
        assertThat(records.get(1).path("original").asText()).isEqualTo("shop-1");
    }

    @Test
    void tellsAPersonTheSame() {
        assertThat(shop.look("trace", "90").out().lines().toList())
                .startsWith(
                        "refund 90  delivered",
                        "  from           shop/night.csv:3",
                        "  order id       shop-90",
                        "  customer       mobile_447700900001",
                        "  amount         10.00",
                        "  takes back     shop-1",
                        "  happened       "
                                + DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss z")
                                        .format(Instant.parse("2026-01-31T12:00:00Z")
                                                .atZone(ZoneId.systemDefault())),
                        "  attempts       1")
                .contains("  points         10");
    }

    @Test
    void findsAReceiptByWhatStandsOnIt() {
        assertThat(found("2", "--store", "7")).isEmpty();
        assertThat(found("1", "--store", "7", "--day", "2026-01-30"))
                .containsExactly("sale 1  delivered", "refund 90  delivered");
        assertThat(found("--amount", "1.5", "--day", "2026-01-31")).containsExactly("sale 3  delivered");
        assertThat(shop.look("trace", "1", "--store", "8", "--day", "2026-01-30", "--amount", "20"))
                .isEqualTo(new Run(
                        3,
                        "Nothing is known of a receipt with number \"1\" of store \"8\" of 2026-01-30 over 20.\n"
                                + "--store is \"8\", found no receipt of that store. Did you mean \"7\"? Known here: 7.\n",
                        ""));
        assertThat(shop.look("trace", "--amount", "12,50").err())
                .startsWith(
                        "Invalid value for option '--amount': found \"12,50\", expected an amount such as 12.50.\n");
        assertThat(shop.look("trace"))
                .isEqualTo(new Run(2, "", "Name a receipt, an order or a customer, or an amount with --amount.\n"));
    }

    private static List<String> found(String... sought) {
        String[] trace = new String[sought.length + 1];
        trace[0] = "trace";
        System.arraycopy(sought, 0, trace, 1, sought.length);
        return shop.look(trace)
                .out()
                .lines()
                .filter(line -> !line.startsWith(" ") && !line.isEmpty() && !line.startsWith("Nothing"))
                .toList();
    }

    @Test
    void findsABadRowByItsText() {
        assertThat(shop.look("trace", "nobody").out())
                .startsWith(
                        "Rows with this text that could not be translated:\n     1  phone-invalid          night.csv:4:4: ");
    }

    @Test
    void saysWhenNothingIsKnown() {
        assertThat(shop.look("trace", "4711"))
                .isEqualTo(new Run(
                        3,
                        "Nothing is known of \"4711\" as record key, order id, number on a receipt, customer or part of a bad"
                                + " row.\n",
                        ""));
        assertThat(shop.look("trace", "07-3-4711-20260131").out())
                .isEqualTo("Nothing is known of \"07-3-4711-20260131\" as record key, order id, number on a receipt,"
                        + " customer or part of a bad row. A row that could not be translated has no key yet: look for a part of it as it stands in"
                        + " the file, such as the receipt's number alone.\n");
    }

    @ParameterizedTest
    @CsvSource({"07700 900-001,7700900001", "+44 (7700) 900001,447700900001", "12345,", "C536379,"})
    void takesTheDigitsOfAMobileNumber(String text, String digits) {
        assertThat(TraceSearch.digits(text)).isEqualTo(digits);
    }

    @Test
    void reportsEveryFileWithWhatBecameOfIt() {
        List<String> lines = shop.look("report", "--csv").out().lines().toList();
        assertThat(lines.get(0)).startsWith("vendor,file,business-date,state,rows,reason,in,delivered,duplicate,");
        assertThat(lines.subList(1, lines.size()))
                .satisfiesExactly(
                        night -> assertThat(night)
                                .startsWith("shop,night.csv,,settled,3,,3,2,0,0,0,1,0,0,0,40.00,20.00,"),
                        more -> assertThat(more)
                                .startsWith("shop,more.csv,,settled,2,,2,1,1,0,0,0,0,0,0,21.50,1.50,20.00,"),
                        known -> assertThat(known)
                                .startsWith("shop,known.csv,,known,2,,2,0,2,0,0,0,0,0,0,21.50,0.00,21.50,"),
                        rejected -> assertThat(rejected).startsWith("shop,rejected.csv,,rejected,0,header-wrong,0,"));
    }

    @Test
    void addsUpByDayWithinTheDaysAskedFor() {
        JsonNode report =
                Json.tree(shop.look("report", "--by", "day", "--from", "2026-01-30", "--to", "2026-01-31", "--json")
                        .out());
        assertThat(report.path("groups"))
                .satisfiesExactly(
                        first -> {
                            assertThat(first.path("name").asText()).isEqualTo("2026-01-30");
                            assertThat(first.path("money")
                                            .path("sales")
                                            .path("delivered")
                                            .decimalValue())
                                    .isEqualByComparingTo("20");
                        },
                        second -> {
                            assertThat(second.path("name").asText()).isEqualTo("2026-01-31");
                            assertThat(second.path("money")
                                            .path("refunds")
                                            .path("delivered")
                                            .decimalValue())
                                    .isEqualByComparingTo("10");
                            assertThat(second.path("points").path("takenBack").asInt())
                                    .isEqualTo(10);
                        });
        assertThat(report.path("records").asLong()).isEqualTo(3);
    }

    @Test
    void tellsStoresApartFromWhatHasNone() {
        assertThat(shop.look("report", "--by", "store", "--csv").out().lines().skip(1))
                .satisfiesExactly(
                        none -> assertThat(none).startsWith("(no store),3,4,0,3,0,0,1,"),
                        seven -> assertThat(seven).startsWith("7,2,3,3,0,"));
    }

    @Test
    void refusesDaysInTheWrongOrder() {
        assertThat(shop.look("report", "--from", "2026-02-01", "--to", "2026-01-01"))
                .isEqualTo(new Run(2, "", "--to 2026-01-01 lies before --from 2026-02-01.\n"));
    }
}
