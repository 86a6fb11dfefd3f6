package dev.posbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VendorCommandTest {
    private static final String ROWS =
            """
            Type;Till;Bon;Date;Time;Phone;Total;Sku;Text;Qty;Price;OrigBon
            S;3;1002;31.01.2026;10:30;07700900123;20,00;B2;Café;2;10,00;
            S;3;1003;31.01.2026;10:45;07700900124;1.020,00;B2;Coffee;2;10,00;
            S;3;1003;31.01.2026;10:45;07700900124;1.020,00;B3;Chair;1;1.000,00;
            R;3;1007;31.01.2026;15:30;07700900123;10,00;B2;Coffee;1;10,00;1002
            """;

    @TempDir
    Path folder;

    private Shop shop;

    @BeforeEach
    void install() {
        shop = Shop.in(folder, Shop.NAMED);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void draftsAProfileThatReadsTheFileItWasMadeFrom() {
        Path file = shop.write("night.csv", ROWS);

        Shop.Run drafted = shop.look(
                "vendor",
                "new",
                "corner",
                file.toString(),
                "--currency",
                "GBP",
                "--time-zone",
                "Europe/London",
                "--region",
                "GB");

        assertThat(drafted.err()).isEmpty();
        assertThat(drafted.exit()).isZero();
        assertThat(drafted.out())
                .contains("night.csv: 4 rows, 3 receipts: 2 sales, 1 refund, 0 bad")
                .contains("sales 1040.00 GBP, refunds 10.00 GBP");
        assertThat(shop.read("config/vendors/corner.yaml"))
                .contains("delimiter: \";\"")
                .contains("key: [\"Till\", \"Bon\"]   # rows with equal values here are one receipt")
                .contains("numbers: { decimal: \",\", thousands: \".\" }")
                .contains("patterns: [\"dd.MM.yyyy HH:mm\"]");
        assertThat(shop.look("check", "--vendor", "corner", file.toString()).exit())
                .isZero();
    }

    @Test
    void writesASkeletonOfFixedWidthOnWhichCheckRuns() {
        Path file = shop.write(
                "night.txt",
                """
                H0412601302215C-700123 00001250
                DTEA        0250
                DCAKE      1000
                H0422601302240C-700124 00000480
                DSOUP       0480
                """);

        Shop.Run drafted = shop.look(
                "vendor", "new", "corner", file.toString(), "--currency", "GBP", "--time-zone", "Europe/London");

        assertThat(drafted.err()).isEmpty();
        assertThat(drafted.out())
                .contains("night.txt: 5 rows, 5 receipts: 2 skipped (anonymous), 3 skipped (by-profile), 0 bad");
        assertThat(shop.read("config/vendors/corner.yaml"))
                .contains("record-type: 1   # seen there: H, D")
                .contains("H1: 2-4   # such as \"041\"")
                .contains("D2: 12-16   # such as \"0250\"")
                .contains("sold-at: { from: [H2, H3], patterns: [\"yyMMdd HHmm\"] }   # VERIFY")
                .contains("total-paid: { from: H5, implied-decimals: 2 }   # VERIFY");
    }

    @Test
    void neverOverwritesAProfile() {
        Path file = shop.write("night.csv", ROWS);
        String before = shop.read("config/vendors/shop.yaml");

        Shop.Run refused = shop.look("vendor", "new", "shop", file.toString(), "--currency", "GBP");

        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("shop.yaml: is there already, and is never overwritten.");
        assertThat(shop.read("config/vendors/shop.yaml")).isEqualTo(before);
    }

    @Test
    void saysWhatAFileIsThatIsNoDelimitedText() {
        Path file = shop.write("night.xml", "<POSLog><Transaction/></POSLog>");

        Shop.Run refused = shop.look("vendor", "new", "corner", file.toString(), "--currency", "GBP");

        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("night.xml: found XML or HTML, expected delimited text.");
    }

    @Test
    void putsNoDayAndMonthIntoAnOrderThatNothingShows() {
        Path file =
                shop.write("us.csv", "Receipt No,Date,Card,Total\n1,01/02/2026,4711,10.00\n2,03/04/2026,4712,5.00\n");

        shop.look("vendor", "new", "corner", file.toString(), "--currency", "USD");

        assertThat(shop.read("config/vendors/corner.yaml"))
                .contains("# VERIFY: day and month could change places in every row seen");
    }

    @Test
    void listsProfilesAndNamesTheOneThatCannotBeRead() {
        shop.write("config/vendors/broken.yaml", "vendor: broken\n");

        Shop.Run listed = shop.look("vendor", "list");

        assertThat(listed.exit()).isEqualTo(2);
        assertThat(listed.out()).contains("  shop ").contains("  broken ").contains("broken.yaml:");
    }

    @Test
    void showsWhatAChangedProfileChanges() {
        Path file = shop.write(
                "night.csv",
                Shop.HEADER + "S,1,2026-01-31 10:00,07700900123,20.00,,A,2,10.00\n"
                        + "S,2,2026-01-31 11:00,07700900123,5.00,,A,1,4.00\n");
        Path before = shop.write("before.yaml", shop.read("config/vendors/shop.yaml"));
        shop.changeProfile("total-paid: Total", "total-paid: lines");

        Shop.Run same = shop.look(
                "vendor",
                "diff",
                "shop",
                "--against",
                folder.resolve("config/vendors/shop.yaml").toString(),
                "--files",
                file.toString());
        Shop.Run changed =
                shop.look("vendor", "diff", "shop", "--against", before.toString(), "--files", file.toString());

        assertThat(same.out()).contains("Nothing differs in 1 files, 2 receipts.");
        assertThat(same.exit()).isZero();
        assertThat(changed.exit()).isEqualTo(3);
        assertThat(changed.out())
                .contains("night.csv:3")
                .doesNotContain("night.csv:2")
                .contains("before  sale 2 of 5.00 GBP")
                .contains("now     sale 2 of 4.00 GBP")
                .contains("1 receipts differ in 1 files, 2 receipts.")
                .contains("sales    25.00 GBP before, 24.00 GBP now");
    }

    @Test
    void checkShowsReceiptsBesideTheirRowsAndWritesAPageWithoutPersonalDataOrMarkup() {
        Path file = shop.write(
                "night.csv",
                Shop.HEADER + "S,1,2026-01-31 10:00,07700900123,20.00,,<script>alert(1)</script>,2,10.00\n"
                        + "S,2,2026-01-31 11:00,,5.00,,A,1,5.00\n");
        Path page = folder.resolve("review.html");

        Shop.Run checked = shop.look("check", "--vendor", "shop", file.toString(), "--out", page.toString());

        assertThat(checked.exit()).isZero();
        assertThat(checked.out())
                .contains(
                        "    | S,1,2026-01-31 10:00,07700900123,20.00,,<script>alert(1)</script>,2,10.00\n"
                                + "    = sale 1 of 20.00 GBP at 2026-01-31T10:00:00Z, customer mobile_447700900123, 1 line item")
                .contains("    = skipped (anonymous)");
        assertThat(shop.read("review.html"))
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                .contains("sale 1 of 20.00 GBP")
                .contains("left out: anonymous")
                .doesNotContain("<script")
                .doesNotContain("07700900123")
                .doesNotContain("447700900123");
    }

    @Test
    void checkAsksGameballOnlyWhenToldToWhomItKnows() {
        Path file = shop.write(
                "night.csv",
                Shop.HEADER + "S,1,2026-01-31 10:00,07700900123,20.00,,A,2,10.00\n"
                        + "S,2,2026-01-31 11:00,07700900124,5.00,,A,1,5.00\n");
        shop.ingest("before.csv", "S,9,2026-01-30 10:00,07700900123,1.00,,A,1,1.00");

        Shop.Run offline = shop.run("check", "--vendor", "shop", file.toString());
        Shop.Run online = shop.run("check", "--vendor", "shop", file.toString(), "--online");

        assertThat(offline.out()).doesNotContain("Gameball knows");
        assertThat(online.out()).contains("Gameball knows 1 of the first 2 customers.");
        assertThat(online.exit()).isZero();
    }
}
