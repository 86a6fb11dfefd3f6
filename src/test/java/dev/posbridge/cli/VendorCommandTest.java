package dev.posbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    /** A slip of a cashier's, and a row without a sale, are no reason to take another column. */
    @Test
    void isNotThrownByAFewBadCellsAndSaysWhichTheyAre() {
        Path file = shop.write(
                "SALES_0042_20251126.csv",
                """
                Kind,Till,ReceiptNo,Date,Time,Card,Sku,Text,Qty,UnitPrice,LineDisc,ReceiptTotal,OrigReceipt,OrigDate
                SALE,2,1001,26/11/2025,09:10,C100,T1,Tea,2,3.00,,6.00,,
                SALE,2,1002,26/11/2025,09:20,C101,T2,Cake,1,9.99,0.50,9.49,,
                SALE,2,1003,26/11/2025,09:30,,T1,Tea,1,3.00,,3.00,,
                SALE,2,1004,31/11/2025,09:40,C102,T1,Tea,1,3.00,,3.00,,
                SALE,2,1005,26/11/2025,09:50,C103,T3,Pie,1,8.5O,,8.50,,
                SALE,2,1006,26/11/2025,10:00,C104,T1,Tea,1,3.00,,12.00,,
                SALE,2,1006,26/11/2025,10:00,C104,T2,Cake,1,9.00,,12.00,,
                RETURN,2,1007,26/11/2025,10:10,C100,T1,Tea,1,3.00,,3.00,1001,26/11/2025
                NOSALE,2,1008,26/11/2025,10:20,,,,,,,,,
                SALE,2,1009,26/11/2025,10:30,C105,T1,Tea,1,3.00,,3.00,,
                """);

        Shop.Run drafted = shop.look("vendor", "new", "corner", file.toString(), "--currency", "GBP");

        assertThat(drafted.err()).isEmpty();
        assertThat(drafted.out())
                .contains(
                        "SALES_0042_20251126.csv: 10 rows, 9 receipts: 4 sales, 1 refund, 1 skipped (anonymous), 1 skipped (no-sale), 2 bad")
                .contains("9.49");
        assertThat(shop.read("config/vendors/corner.yaml"))
                .contains(
                        "# Date is \"31/11/2025\" somewhere, which is no date like dd/MM/yyyy: such a row becomes a dead letter.",
                        "# UnitPrice is \"8.5O\" somewhere, which is no number: such a row becomes a dead letter.",
                        "file-name: 'SALES_(?<store>\\d+)_(?<businessDate>\\d{8})\\.csv'",
                        "branch: { id: \"{store}\" }",
                        "key: \"{store}-{Till}-{ReceiptNo}\"",
                        "original: \"{store}-{Till}-{OrigReceipt}\"",
                        "sold-at: { from: [\"Date\", \"Time\"], patterns: [\"dd/MM/yyyy HH:mm\"] }",
                        "total-paid: \"ReceiptTotal\"\n    # ReceiptTotal is blank in 1 of 9 receipts: ",
                        "discount: \"LineDisc\"",
                        "  - kind: ignore\n    when: \"row['Kind'] == 'NOSALE'\"   # VERIFY\n    reason: no-sale\n");
    }

    /** A return that is taken for a sale would earn. */
    @Test
    void takesOnlyOneWordForASaleWhereItKnowsNone() {
        Path file = shop.write(
                "day.csv",
                """
                DocType,Till,ReceiptNo,Date,Time,Card,Total
                SL,2,1001,26/11/2025,09:10,C100,6.00
                SL,2,1002,26/11/2025,09:20,C101,9.49
                RT,2,1003,26/11/2025,09:30,C100,2.50
                """);

        Shop.Run drafted = shop.look("vendor", "new", "corner", file.toString(), "--currency", "GBP");

        assertThat(drafted.out()).contains("day.csv: 3 rows, 3 receipts: 2 sales, 1 bad", "sales 15.49 GBP");
        assertThat(shop.read("config/vendors/corner.yaml"))
                .contains("    when: \"row['DocType'] == 'SL'\"   # VERIFY: the word that was seen most");
        assertThat(shop.look("check", "--vendor", "corner", file.toString()).exit())
                .isEqualTo(3);
    }

    @Test
    void knowsOtherWordsForQuantitiesAndForWhatALineComesTo() {
        Path file = shop.write(
                "day.csv",
                """
                Till,ReceiptNo,Date,Time,Card,Article,Pieces,LineAmount
                2,1001,26/11/2025,09:10,C100,Tea,3,10.00
                2,1001,26/11/2025,09:10,C100,Pie,1,4.50
                2,1002,26/11/2025,09:20,C101,Tea,2,6.00
                """);

        Shop.Run drafted = shop.look("vendor", "new", "corner", file.toString(), "--currency", "GBP");

        assertThat(drafted.out()).contains("day.csv: 3 rows, 2 receipts: 2 sales, 0 bad", "sales 20.50 GBP");
        assertThat(shop.read("config/vendors/corner.yaml"))
                .contains("    total-paid: lines")
                .contains("      quantity: \"Pieces\"\n")
                .contains("      amount: \"LineAmount\"   # VERIFY: of all pieces of the line\n");
    }

    /** The amounts of what comes back, as tills write them: each gives back 8.00. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Type,Qty,Price,Total | SALE,1,8.00,8.00 | REFUND,-1,8.00,-8.00"
                        + " | quantity: { from: \"Qty\", sign: reversed }   # VERIFY: negative in 1 of 1 rows of refunds",
                "Type,Qty,Price | SALE,1,8.00 | REFUND,-1,8.00 | quantity: { from: \"Qty\", sign: reversed }   # VERIFY",
                "Type,Qty,Price | SALE,1,8.00 | REFUND,1,-8.00 | price: { from: \"Price\", sign: reversed }   # VERIFY",
                "Type,Qty,Price | SALE,1,8.00 | REFUND,-1,-8.00 | price: { from: \"Price\", sign: reversed }   # VERIFY",
                "Type,Qty,LineAmount | SALE,1,8.00 | REFUND,-1,-8.00"
                        + " | amount: { from: \"LineAmount\", sign: reversed }   # VERIFY",
                "Shift,Qty,Price | early,1,8.00 | early,-1,8.00"
                        + " | when: \"row['Qty'].startsWith('-')\"   # VERIFY: no column says which",
                "Shift,Qty,Price,Total | early,1,8.00,8.00 | early,1,8.00,8.00-"
                        + " | when: \"row['Total'].endsWith('-')\"",
                "Type,Qty,Price,Total | SALE,1,8.00,8.00 | REFUND,1,8.00,8.00 | quantity: \"Qty\"\n"
            })
    void readsHoweverTheAmountsOfRefundsAreSigned(String columns, String sale, String refund, String drafted) {
        String before = "07,1,%s,2026-01-30 10:0%s:00,07700900101,%s,TEA,";
        Path file = shop.write(
                "day.csv",
                "Store,Till,ReceiptNo,Time,Phone,OrigReceipt,Item," + columns + "\n"
                        + before.formatted("1001", 1, "") + sale + "\n"
                        + before.formatted("1002", 2, "") + sale + "\n"
                        + before.formatted("1003", 3, "1001") + refund + "\n");

        Shop.Run tried = shop.look("vendor", "new", "corner", file.toString(), "--currency", "GBP", "--region", "GB");

        assertThat(tried.exit()).as(tried.out()).isZero();
        assertThat(tried.out())
                .contains("3 receipts: 2 sales, 1 refund, 0 bad", "sales 16.00 GBP, refunds 8.00 GBP")
                .contains("\"refundAmount\":8,\"lineItems\":[{\"productId\":\"TEA\",\"quantity\":1,\"price\":8.00}]");
        assertThat(shop.read("config/vendors/corner.yaml")).contains(drafted.replace("\\n", "\n"));
    }

    /** A file's name may say which layout it has: that is no store. */
    @Test
    void takesNoVersionForAStore() {
        Path file = shop.write(
                "till_v1_2026-01-30.csv", "Receipt,Date,Time,Phone,Total\n1001,2026-01-30,10:01:00,07900111222,8.00\n");

        shop.look("vendor", "new", "corner", file.toString(), "--currency", "GBP", "--region", "GB");

        assertThat(shop.read("config/vendors/corner.yaml"))
                .contains("file-name: 'till_v\\d+_(?<businessDate>\\d{4}-\\d{2}-\\d{2})\\.csv'");
    }

    @ParameterizedTest
    @CsvSource({"Item", "Description"})
    void namesTheGoodsOfSalesAsThoseOfRefunds(String title) {
        Path file = shop.write(
                "day.csv",
                "Receipt,Type,Date,Time,Phone,SKU," + title + ",Qty,Price,Original\n"
                        + "1001,SALE,2026-01-30,10:01:00,07900111222,A1,Tea and biscuits,1,8.00,\n"
                        + "1002,SALE,2026-01-30,10:02:00,07900111223,A2,Croissant,1,3.00,\n"
                        + "1003,REFUND,2026-01-30,10:03:00,07900111222,A1,Tea and biscuits,-1,8.00,1001\n");

        shop.look("vendor", "new", "corner", file.toString(), "--currency", "GBP", "--region", "GB");

        String goods = "      product-id: \"SKU\"\n      title: \"" + title + "\"\n";
        assertThat(shop.read("config/vendors/corner.yaml").split(Pattern.quote(goods), -1))
                .as("once for refunds, once for sales")
                .hasSize(3);
    }

    /** One slip stands on every row of its receipt. */
    @Test
    void countsASlipOnceHoweverManyRowsItsReceiptHas() {
        Path file = shop.write(
                "day.csv",
                """
                Till,ReceiptNo,Date,Time,Card,Article,Total
                2,1001,26/11/2025,09:10,C100,Tea,"10,25"
                2,1002,26/11/2025,09:20,C101,Tea,"1O,25"
                2,1002,26/11/2025,09:20,C101,Pie,"1O,25"
                2,1003,26/11/2025,09:30,C100,Tea,"2,50"
                2,1004,26/11/2025,09:40,C102,Tea,"2,50"
                2,1005,26/11/2025,09:50,C103,Tea,"2,50"
                """);

        Shop.Run drafted = shop.look("vendor", "new", "corner", file.toString(), "--currency", "EUR");

        assertThat(drafted.err()).doesNotContain("missing");
        assertThat(shop.read("config/vendors/corner.yaml"))
                .contains("# Total is \"1O,25\" somewhere, which is no number: such a row becomes a dead letter.")
                .contains("    total-paid: \"Total\"\n");
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
    void saysThatNothingWasComparedWhereBothProfilesRejectTheFile() {
        Path file = shop.write("night.csv", "Something,else\n1,2\n");

        Shop.Run seen = shop.look(
                "vendor",
                "diff",
                "shop",
                "--against",
                folder.resolve("config/vendors/shop.yaml").toString(),
                "--files",
                file.toString());

        assertThat(seen.exit()).isEqualTo(3);
        assertThat(seen.out())
                .contains("night.csv: the file is rejected: night.csv:1: the header has no column")
                .contains("Nothing was compared: both profiles reject 1 file.")
                .doesNotContain("Nothing differs");
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

        assertThat(same.out()).contains("Nothing differs in 1 file, 2 receipts.");
        assertThat(same.exit()).isZero();
        assertThat(changed.exit()).isEqualTo(3);
        assertThat(changed.out())
                .contains("night.csv:3")
                .doesNotContain("night.csv:2")
                .contains("before  sale 2 of 5.00 GBP")
                .contains("now     sale 2 of 4.00 GBP")
                .contains("1 receipt differs in 1 file, 2 receipts.")
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
