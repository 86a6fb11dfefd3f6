package dev.posbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.posbridge.cli.Shop.Run;
import dev.posbridge.operations.document.Json;
import dev.posbridge.sandbox.SandboxOrder;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeldTest extends WithShop {
    @Test
    void holdsAFileWhoseEveryAmountIsAHundredTimesTooLargeAndReleasesIt() {
        fourDays();
        assertThat(check(write(5, 12, 1)).exit()).isZero();
        Run foreseen = check(write(5, 12, 100));

        Run held = night(5, 12, 100);

        assertThat(held.exit()).isEqualTo(3);
        assertThat(held.err())
                .endsWith("12 records of 1 file are held until a person has looked. See: posbridge held list\n");
        assertThat(held.out()).containsPattern("shop/night-5.csv +12 +0 +0 +0 +0 +0 +held");
        assertThat(held.out()).containsPattern("held +12 +12,000.00 +0.00").containsPattern("= in +12 +12,000.00");
        assertThat(orders()).hasSize(48);

        String message =
                "night-5.csv: store 7 on 2026-02-05: total 12000.00 is 100 times the median 120.00 of 4 earlier "
                        + "days, 10 times is the most; store 7 on 2026-02-05: mean basket 1000.00 is 100 times the median 10.00 of "
                        + "4 earlier days, 5 times is the most; store 7 on 2026-02-05: largest order 1000.00 (night-5.csv:2) is "
                        + "100 times the median 10.00 of 4 earlier days, 20 times is the most. "
                        + "Compare the file with the till; then release or reject it.";
        Run list = shop.look("held", "list");
        assertThat(list.out())
                .isEqualTo("shop/night-5.csv, 12 records, sales 12,000.00, refunds 0.00: unlike-before\n    " + message
                        + "\nThen: posbridge release FILE --reason T, or posbridge reject FILE --reason T\n");
        JsonNode json = Json.tree(shop.look("held", "list", "--json").out())
                .path("held")
                .get(0);
        assertThat(json.path("message").asText()).isEqualTo(message);
        assertThat(foreseen.exit()).isEqualTo(3);
        assertThat(foreseen.out()).contains("  would be held, unlike-before: " + message + "\n");
        assertThat(foreseen.err())
                .endsWith(
                        "0 bad records and 0 files that would be rejected, and 1 that would be held until a person has "
                                + "looked. Correct them, or the profile, and check again; nothing was sent.\n");
        assertThat(Path.of(json.path("path").asText()))
                .hasFileName("night-5.csv")
                .exists();
        assertThat(shop.look("status").out())
                .contains("Held: shop/night-5.csv, 12 records")
                .containsPattern("shop +0 +0 +0 +0 +0 +12 +0");
        assertThat(shop.look("held", "show", "night-5.csv").out())
                .containsPattern("\\. Compare the file with the till; then release or reject it\\.\n  look closer")
                .contains("  - store 7 on 2026-02-05: total 12000.00 is 100 times the median 120.00 of 4 earlier days");

        Run released = shop.run("release", "night-5.csv", "--reason", "grand opening");

        assertThat(released.exit()).as(released.err()).isZero();
        assertThat(released.out()).containsPattern("shop/night-5.csv +12 +12 +0");
        assertThat(orders()).hasSize(60);
        assertThat(paid()).isEqualByComparingTo("12480");
        assertThat(shop.look("held", "list").out()).isEqualTo("Nothing is held.\n");
        assertThat(Path.of(json.path("path").asText())).doesNotExist();
        assertThat(shop.look("audit").out()).contains("release  12  shop/night-5.csv: grand opening");
        assertThat(shop.look("report").out()).containsPattern("= in +60 ");
    }

    @Test
    void rejectsAHeldFileAndTakesTheCorrectedOneWithTheSameReceipts() {
        fourDays();
        night(5, 12, 100);

        Run rejected = shop.run("reject", "night-5.csv", "--reason", "prices in pence");

        assertThat(rejected.out())
                .isEqualTo("Rejected shop/night-5.csv: 12 records are not delivered. A corrected file may come.\n");
        assertThat(home.resolve("data/rejected/shop/night-5.csv.reason.txt"))
                .content()
                .contains("reason: rejected-by-hand")
                .contains("prices in pence");
        assertThat(shop.look("held", "list").out()).isEqualTo("Nothing is held.\n");
        assertThat(shop.run("release", "night-5.csv", "--reason", "after all").err())
                .isEqualTo("\"night-5.csv\": is not held, it is rejected (rejected-by-hand). It lies at "
                        + home.resolve("data/rejected/shop/night-5.csv") + "; to decide anew deliver it again.\n");
        Run corrected = night(5, 12, 1);
        assertThat(corrected.exit()).as(corrected.err()).isZero();
        assertThat(paid()).isEqualByComparingTo("600");
        assertThat(shop.look("audit").out()).contains("reject  12  shop/night-5.csv: prices in pence");
    }

    @Test
    void letsTheCorrectedFileGoWhileTheWrongOneIsStillHeld() {
        fourDays();
        Path wrong = write(5, 12, 100);
        shop.run("ingest", "--vendor", "shop", wrong.toString());

        assertThat(night(5, 12, 1).exit()).isZero();
        assertThat(paid()).isEqualByComparingTo("600");
        shop.write("files/night-5.csv", "");
        write(5, 12, 100);
        Run again = shop.run("ingest", "--vendor", "shop", wrong.toString());

        assertThat(again.exit()).isEqualTo(3);
        assertThat(again.out()).containsPattern("shop/night-5.csv +12 +0 +0 +0 +0 +0 +held");
        assertThat(Json.tree(shop.look("held", "list", "--json").out()).path("held"))
                .hasSize(1);
        assertThat(paid()).isEqualByComparingTo("600");
    }

    @Test
    void holdsADayOnWhichNobodyIsNamedWhereTheStoreKnowsItsCustomers() throws IOException {
        for (int day = 1; day <= 4; day++) {
            assertThat(night(day, 20, 1).exit()).isZero();
        }
        Path nobodys = write(5, 20, 1);
        Files.writeString(nobodys, Files.readString(nobodys).replaceAll(",077009000\\d\\d,", ",,"));
        Run foreseen = check(nobodys);

        Run held = shop.run("ingest", "--vendor", "shop", nobodys.toString());

        String message =
                "night-5.csv: store 7 on 2026-02-05: customers none, on 20 sales, the median of 4 earlier days is 20, "
                        + "none is odd.";
        assertThat(foreseen.exit()).as(foreseen.out()).isEqualTo(3);
        assertThat(foreseen.out()).contains("  would be held, unlike-before: " + message);
        assertThat(held.exit()).as(held.out()).isEqualTo(3);
        assertThat(held.err()).endsWith("1 file is held until a person has looked. See: posbridge held list\n");
        assertThat(shop.look("held", "list").out()).contains(message);

        Run released = shop.run("release", "night-5.csv", "--reason", "the card reader was broken");
        assertThat(released.exit()).as(released.err()).isZero();
        assertThat(shop.look("report").out()).containsPattern("skipped +20 +200.00");
        assertThat(orders()).hasSize(80);
    }

    @Test
    void goesByTheProfilesLimitsWithoutAnyHistory() {
        shop.changeProfile(
                "currency: GBP\n", "currency: GBP\nplausible: { total: 100, largest-order: 50.00, records: 1 }\n");

        Run foreseen = check(shop.write(
                "files/first.csv",
                Shop.HEADER + "S,1,2026-01-30 12:00,07700900001,20.00,,A,2,10.00\n"
                        + "S,2,2026-01-30 12:00,07700900001,90.00,,A,2,45.00\n"));
        assertThat(foreseen.exit()).isEqualTo(3);
        assertThat(foreseen.out())
                .contains("  would be held, outside-limits: first.csv: records: 2, plausible.records");
        Run held = shop.ingest(
                "first.csv",
                "S,1,2026-01-30 12:00,07700900001,20.00,,A,2,10.00",
                "S,2,2026-01-30 12:00,07700900001,90.00,,A,2,45.00");

        assertThat(held.exit()).isEqualTo(3);
        assertThat(held.out())
                .contains(
                        "first.csv: records: 2, plausible.records allows 1; total: 110.00, plausible.total allows 100; "
                                + "largest order: 90.00 (first.csv:3), plausible.largest-order allows 50.00. Compare the file with "
                                + "the till; then release or reject it, or correct plausible in the profile.");
        assertThat(orders()).isEmpty();
    }

    @Test
    void takesAFileThatWasRejectedForItsTotalsWhenAPersonSaysSo() {
        shop.changeProfile("currency: GBP\n", "currency: GBP\ntrailer: { when: \"row.Type == 'T'\", total: Total }\n");
        Run rejected = shop.ingest("night.csv", "S,1,2026-01-30 12:00,07700900001,20.00,,A,2,10.00", "T,,,,20.01,,,,");
        assertThat(rejected.exit()).isEqualTo(3);

        Run accepted = shop.run("accept", "night.csv", "--despite", "totals", "--reason", "rounds its total");

        assertThat(accepted.exit()).as(accepted.err()).isZero();
        assertThat(paid()).isEqualByComparingTo("20");
        assertThat(shop.look("dead-letters", "list").out()).isEqualTo("No dead letters.\n");
        assertThat(shop.look("audit").out()).contains("accept --despite totals  0  shop/night.csv: rounds its total");
    }

    @Test
    void takesTheGoodReceiptsOfAFileWithTooManyBadOnesWhenAPersonSaysSo() {
        List<String> rows = new ArrayList<>(List.of("S,1,2026-01-30 12:00,07700900001,20.00,,A,2,10.00"));
        for (int bad = 2; bad < 8; bad++) {
            rows.add("S," + bad + ",2026-01-30 12:00,07700900001,x,,A,2,10.00");
        }
        assertThat(shop.ingest("night.csv", rows.toArray(new String[0])).out()).contains("rejected");

        Run accepted = shop.run("accept", "night.csv", "--despite", "bad-rows", "--reason", "old till");

        assertThat(accepted.out()).containsPattern("shop/night.csv +7 +1 +0 +0 +6 +0");
        assertThat(paid()).isEqualByComparingTo("20");
    }

    @Test
    void holdsTheSalesOfACustomerWhoCannotBeOnePersonAndDeliversTheOthers() {
        List<String> rows = new ArrayList<>();
        for (int bon = 1; bon <= 501; bon++) {
            rows.add("S," + bon + ",2026-01-30 12:" + (10 + bon % 50) + ",07700900001,20.00,,A,2,10.00");
        }
        rows.add("S,999,2026-01-30 13:00,07700900002,5.00,,A,1,5.00");

        Path night = shop.write("files/night.csv", Shop.HEADER + String.join("\n", rows) + "\n");
        Run foreseen = check(night);
        Run held = shop.run("ingest", "--vendor", "shop", night.toString());

        assertThat(foreseen.out())
                .contains(
                        "  would be held, suspicious-customer: night.csv: 501 sales of 1 customer who bought more often on "
                                + "one day, or in more stores, than one person can. One id bought too often for one person (a number "
                                + "that cashiers type?): release or reject.");
        assertThat(held.exit()).isEqualTo(3);
        assertThat(held.out()).containsPattern("held +501 +10,020.00").contains("Reasons: suspicious-customer 501.");
        assertThat(paid()).isEqualByComparingTo("5");
        assertThat(shop.look("held", "list").out())
                .contains("shop/night.csv, 501 sales of 1 customer, 10,020.00: suspicious-customer");

        Run released = shop.run("release", "night.csv", "--reason", "a caterer");
        assertThat(released.exit()).as(released.err()).isZero();
        assertThat(paid()).isEqualByComparingTo("10025");
    }

    @Test
    void holdsTheSalesOfOneWhoIsInTooManyStoresOverTheFilesOfADayButNotOfFilesThatComeAgain() {
        shop.changeProfile("branch: { id: \"7\" }", "branch: { id: \"{Store}\" }");
        shop.changeProfile("currency: GBP\n", "currency: GBP\nplausible: { customer-sales: 9, customer-stores: 3 }\n");
        assertThat(store(1, 1, 4).exit()).isZero();
        assertThat(store(2, 1, 4).exit()).isZero();
        assertThat(store(2, 2, 4).exit()).as("the same again, and two others").isZero();

        assertThat(check(storeFile(3, 1, 1)).exit()).as("a third store").isZero();
        Run foreseen = check(storeFile(3, 1, 2));
        assertThat(foreseen.exit()).isEqualTo(3);
        assertThat(foreseen.out()).contains("would be held, suspicious-customer: store-3-1.csv: 2 sales of 1 customer");
        Run third = store(3, 1, 2);

        assertThat(third.exit()).isEqualTo(3);
        assertThat(third.out()).containsPattern("held +2 +20.00").contains("Reasons: suspicious-customer 2.");
        assertThat(shop.look("held", "list").out())
                .contains("shop/store-3-1.csv, 2 sales of 1 customer, 20.00: suspicious-customer");
        assertThat(shop.run("release", "store-3-1.csv", "--reason", "a caterer").exit())
                .isZero();
        assertThat(store(4, 1, 1).out()).as("a fourth store").containsPattern("held +1 +10.00");
        assertThat(orders().stream().filter(order -> order.customerId().equals("mobile_447700900001")))
                .hasSize(10);
    }

    /** A file of a store with so many sales of one customer, and one of another. */
    private Run store(int store, int copy, int sales) {
        return shop.run(
                "ingest", "--vendor", "shop", storeFile(store, copy, sales).toString());
    }

    private Path storeFile(int store, int copy, int sales) {
        StringBuilder rows = new StringBuilder(Shop.HEADER.replace("Price", "Price,Store"));
        for (int sale = 1; sale <= sales + copy; sale++) {
            rows.append("S,%d,2026-01-30 12:%02d,0770090000%d,10.00,,A,1,10.00,%d%n"
                    .formatted(store * 100 + sale, sale, sale <= sales ? 1 : 2, store));
        }
        return shop.write("files/store-" + store + "-" + copy + ".csv", rows.toString());
    }

    @Test
    void leavesOutTheSalesOfASuspiciousCustomerThatAPersonRejects() {
        List<String> rows = new ArrayList<>();
        for (int bon = 1; bon <= 501; bon++) {
            rows.add("S," + bon + ",2026-01-30 12:" + (10 + bon % 50) + ",07700900001,20.00,,A,2,10.00");
        }
        shop.ingest("night.csv", rows.toArray(new String[0]));

        assertThat(shop.run("reject", "night.csv", "--reason", "the cashier's").exit())
                .isZero();

        assertThat(orders()).isEmpty();
        assertThat(shop.look("report").out()).containsPattern("skipped +501 +10,020.00");
    }

    @Test
    void saysWhatIsWrongWithANameThatIsNotHeld() {
        shop.ingest("night.csv", "S,1,2026-01-30 12:00,07700900001,20.00,,A,2,10.00");

        assertThat(shop.run("release", "night.csv", "--reason", "x").err())
                .isEqualTo("\"night.csv\": is not held, it is taken in.\n");
        assertThat(shop.run("release", "other.csv", "--reason", "x").err())
                .isEqualTo("\"other.csv\": Nothing is held.\n");
        assertThat(shop.run("accept", "night.csv", "--despite", "totals", "--reason", "x")
                        .err())
                .isEqualTo("\"night.csv\": was not rejected for its totals, it is taken in.\n");
        assertThat(shop.run("accept", "nigth.csv", "--despite", "totals", "--reason", "x")
                        .err())
                .isEqualTo("\"nigth.csv\": no file of this name came. Did you mean \"night.csv\"? See: posbridge"
                        + " dead-letters list --level file\n");
        assertThat(shop.run("accept", "night.csv", "--despite", "all", "--reason", "x")
                        .err())
                .isEqualTo("--despite is \"all\", expected totals or bad-rows.\n");
    }

    private void fourDays() {
        for (int day = 1; day <= 4; day++) {
            assertThat(night(day, 12, 1).exit()).isZero();
        }
    }

    @Test
    void foreseesWhatWouldBeADeadLetterBecauseOfWhatWasDeliveredBefore() {
        Path first = shop.write("files/first.csv", receipt("2026-01-30 12:00", "20.00", "A"));
        Path changed = shop.write("files/changed.csv", receipt("2026-01-30 12:00", "30.00", "A"));
        Path another = shop.write("files/another.csv", receipt("2026-01-30 18:45", "20.00", "B"));
        assertThat(check(changed).exit()).isZero();
        assertThat(shop.run("ingest", "--vendor", "shop", first.toString()).exit())
                .isZero();

        Run known = check(first);
        assertThat(known.exit()).as("the same once more").isZero();
        assertThat(known.out())
                .contains(
                        "  known: the same content was taken in before, as first.csv; ingest counts it as duplicate and"
                                + " sends nothing of it\n");
        Run foreseen = check(changed);
        assertThat(foreseen.exit()).isEqualTo(3);
        assertThat(foreseen.out())
                .contains("changed.csv:2: receipt \"1\" was delivered before and says something else now: ")
                .contains("posbridge correct --records \"1\" --with changed.csv --dry-run --reason T;");
        assertThat(check(another).out())
                .contains("another.csv:2: receipt \"1\" is another one than came under this number before: ");

        assertThat(shop.run("ingest", "--vendor", "shop", changed.toString()).exit())
                .isEqualTo(3);
        assertThat(shop.run("dead-letters", "list").out()).contains("changed-after-delivery");
    }

    private static String receipt(String time, String total, String product) {
        return Shop.HEADER + "S,1," + time + ",07700900001," + total + ",," + product + ",1," + total + "\n";
    }

    private Run check(Path file) {
        return shop.run("check", "--vendor", "shop", file.toString());
    }

    private Run night(int day, int sales, int times) {
        return shop.run("ingest", "--vendor", "shop", write(day, sales, times).toString());
    }

    private Path write(int day, int sales, int times) {
        StringBuilder rows = new StringBuilder(Shop.HEADER);
        for (int sale = 1; sale <= sales; sale++) {
            rows.append("S,")
                    .append(100 * day + sale)
                    .append(',')
                    .append(LocalDate.of(2026, 2, day))
                    .append(" 12:")
                    .append(10 + sale)
                    .append(",077009000")
                    .append(10 + sale)
                    .append(',')
                    .append(10 * times)
                    .append(".00,,A,1,")
                    .append(10 * times)
                    .append(".00\n");
        }
        return shop.write("files/night-" + day + ".csv", rows.toString());
    }

    private List<SandboxOrder> orders() {
        return List.copyOf(shop.sandbox().book().orders());
    }

    private BigDecimal paid() {
        return orders().stream().map(SandboxOrder::totalPaid).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
