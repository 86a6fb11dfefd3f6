package dev.posbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
    private static final String HEADER =
            "Type;Till;Bon;Date;Time;Phone;Email;Sku;Text;Qty;Price;Total;OrigBon;OrigDate\n";

    @TempDir
    private Path folder;

    @Test
    void saysWhatAFileWouldDo() throws IOException {
        Path file = acme("S;1;1;31.01.2026;08:31;07700 900101;;10;Tea;1;7,80;7,80;;\n"
                + "S;1;2;31.01.2026;08:31;07700 900101;;11;Mug;1;12,50;12,50;;\n"
                + "R;1;3;31.01.2026;09:00;07700 900101;;10;Tea;1;7,80;7,80;1;20260131\n"
                + "R;1;4;31.01.2026;09:05;07700 900102;;10;Tea;1;7,80;7,80;9;20260130\n"
                + "S;1;5;31.01.2026;09:10;;;10;Tea;1;7,80;7,80;;\nT;5;12,50\n");

        Cli.Seen seen = check(file);

        assertThat(seen.exit()).isZero();
        assertThat(seen.err()).isEmpty();
        assertThat(seen.out())
                .isEqualTo(
                        """
                        EOD_07_20260131.csv: 5 rows, 5 receipts: 2 sales, 2 refunds, 1 skipped (anonymous), 0 bad
                          sales 20.30 GBP, refunds 15.60 GBP
                            | S;1;1;31.01.2026;08:31;07700 900101;;10;Tea;1;7,80;7,80;;
                            = sale 07-1-1-20260131 of 7.80 GBP at 2026-01-31T08:31:00Z, customer mobile_447700900101, 1 line item
                            | S;1;2;31.01.2026;08:31;07700 900101;;11;Mug;1;12,50;12,50;;
                            = sale 07-1-2-20260131 of 12.50 GBP at 2026-01-31T08:31:00Z, customer mobile_447700900101, 1 line item
                            | R;1;3;31.01.2026;09:00;07700 900101;;10;Tea;1;7,80;7,80;1;20260131
                            = refund 07-1-3-20260131 of 7.80 GBP for acme-07-1-1-20260131 at 2026-01-31T09:00:00Z, customer mobile_447700900101, 1 line item

                        Calls, had nothing of this been sent before:
                          POST orders               2
                          POST transactions/refund  2
                          POST events               0
                          GET customers/.../balance up to 2
                          POST customers            up to 2, for those whom Gameball does not know

                        Refunds of sales that are not in these files: 1 (acme-07-1-9-20260130)

                        First requests:
                          POST orders
                          {"customerId":"mobile_447700900101","orderId":"acme-07-1-1-20260131","orderDate":"2026-01-31T08:31:00.000Z","totalPaid":7.8,"lineItems":[{"productId":"10","title":"Tea","quantity":1,"price":7.80}],"merchant":{"branch":{"uniqueId":"07"}},"channel":"pos"}
                          POST orders
                          {"customerId":"mobile_447700900101","orderId":"acme-07-1-2-20260131","orderDate":"2026-01-31T08:31:00.001Z","totalPaid":12.5,"lineItems":[{"productId":"11","title":"Mug","quantity":1,"price":12.50}],"merchant":{"branch":{"uniqueId":"07"}},"channel":"pos"}
                          POST transactions/refund
                          {"customerId":"mobile_447700900101","refundTransactionId":"acme-07-1-3-20260131","reverseTransactionId":"acme-07-1-1-20260131","transactionTime":"2026-01-31T09:00:00.000Z","refundAmount":7.8,"lineItems":[{"productId":"10","title":"Tea","quantity":1,"price":7.80}],"merchant":{"branch":{"uniqueId":"07"}}}
                        """);
    }

    @Test
    void countsRefundsThatTakeBackMoreThanTheirSaleAsIngestDoes() throws IOException {
        Path file = folder.resolve("day.csv");
        Files.writeString(
                file,
                """
                kind,id,occurred_at,customer_id,total,original_id
                refund,R-1,2026-02-01 10:00,C-1,25.00,S-1
                sale,S-1,2026-01-31 10:00,C-1,10.00,
                sale,S-2,2026-01-31 10:00,C-1,10.00,
                refund,R-2,2026-02-01 10:00,C-1,6.00,S-2
                refund,R-3,2026-02-01 11:00,C-1,4.01,S-2
                refund,R-4,2026-02-01 12:00,C-1,0.01,S-2
                void,R-5,2026-02-01 13:00,C-1,,S-2
                refund,R-6,2026-02-01 10:00,C-1,99.00,S-9
                sale,S-3,2026-01-31 10:00,C-1,7.00,
                refund,R-7,2026-01-31 08:59,C-1,3.00,S-3
                """);

        Cli.Seen seen = Cli.run(Cli.with(
                folder.resolve("data"), "http://127.0.0.1:1", "check", "--vendor", "generic-csv", file.toString()));

        assertThat(seen.exit()).isEqualTo(3);
        assertThat(seen.out())
                .contains("day.csv: 10 rows, 10 receipts: 3 sales, 3 refunds, 4 bad\n"
                        + "  sales 27.00 GBP, refunds 109.01 GBP\n")
                .contains(
                        "day.csv:2: refund of 25.00 GBP for sale \"generic-csv-S-1\", of which only 10.00 GBP is left."
                                + " More is given back than was bought; correct the amount and replay.\n")
                .contains("day.csv:7: refund of 0.01 GBP for sale \"generic-csv-S-2\", of which only 0.00 GBP is left.")
                .contains("day.csv:8: a void of sale \"generic-csv-S-2\", of which nothing is left.")
                .contains("day.csv:11: the refund is of 2026-01-31T08:59:00Z, before its sale \"generic-csv-S-3\" of "
                        + "2026-01-31T10:00:00Z, expected at most 1 h before it.")
                .contains("Refunds of sales that are not in these files: 1 (generic-csv-S-9)");
    }

    @Test
    void countsAReceiptOfAnotherFileUnderANumberThatWasGivenBefore() throws IOException {
        String header = "kind,id,occurred_at,customer_id,total,product_id,quantity,unit_price\n";
        Path first = folder.resolve("a.csv");
        Path second = folder.resolve("b.csv");
        Files.writeString(
                first,
                header + "sale,S-1,2026-01-31 10:00,C-1,10.00,TEA,1,10.00\n"
                        + "sale,S-2,2026-01-31 11:00,C-1,10.00,TEA,1,10.00\n"
                        + "sale,S-3,2026-01-31 12:00,C-1,10.00,TEA,1,10.00\n");
        Files.writeString(
                second,
                header + "sale,S-1,2026-01-31 18:00,C-1,10.00,BUN,1,10.00\n"
                        + "sale,S-2,2026-01-31 11:00,C-1,10.00,TEA,1,10.00\n"
                        + "sale,S-3,2026-01-31 12:00,C-1,9.00,TEA,1,9.00\n");

        Cli.Seen seen = Cli.run(Cli.with(
                folder.resolve("data"),
                "http://127.0.0.1:1",
                "check",
                "--vendor",
                "generic-csv",
                first.toString(),
                second.toString()));

        assertThat(seen.exit()).isEqualTo(3);
        assertThat(seen.out())
                .contains("b.csv: 3 rows, 3 receipts: 2 sales, 1 bad\n")
                .contains("  b.csv:2: receipt \"S-1\" is another one than came under this number in a file before: time"
                        + " and goods are others. Another receipt has this number already (was the till reset?): give this"
                        + " one its own and replay.\n")
                .contains("Repeated keys, counted once: 2 (b.csv:3: sale S-2; b.csv:4: sale S-3)");
    }

    @Test
    void leavesNothingBehind() throws IOException {
        Path file = acme("S;1;1;31.01.2026;08:31;07700 900101;;10;Tea;1;7,80;7,80;;\nT;1;7,80\n");

        check(file);

        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void tellsWhatIsWrongWithRowsAndWhere() throws IOException {
        Path file = acme("S;1;1;31.01.2026;08:31;07700 900101;;10;Tea;1;7,80;7,8O;;\n"
                + "S;1;2;31.02.2026;08:31;07700 900101;;10;Tea;1;7,80;7,80;;\n"
                + "S;1;3;31.01.2099;08:31;07700 900101;;10;Tea;1;7,80;7,80;;\n"
                + "X;1;4;31.01.2026;08:31;07700 900101;;10;Tea;1;7,80;7,80;;\nT;4;0,00\n");

        Cli.Seen seen = check(file);

        Path profile = Path.of("config/vendors/acme.yaml").toAbsolutePath();
        assertThat(seen.exit()).isEqualTo(3);
        assertThat(seen.err())
                .isEqualTo("4 bad records and 0 files that would be rejected. Correct them, or the profile, and check"
                        + " again; nothing was sent.\n");
        assertThat(seen.out().lines().filter(line -> line.contains("csv:")))
                .containsExactly(
                        "EOD_07_20260131.csv: 4 rows, 4 receipts: 4 bad",
                        "  EOD_07_20260131.csv:2:12: vendor acme: total-paid \"7,8O\" is not a number. Correct the row"
                                + " and replay.",
                        "  EOD_07_20260131.csv:3:4: vendor acme: sold-at \"31.02.2026 08:31\" is not a date like dd.MM.yyyy"
                                + " HH:mm. Correct the row and replay, or set patterns in " + profile + ".",
                        "  EOD_07_20260131.csv:4:4: vendor acme: sold-at \"31.01.2099 08:31\" is 2099-01-31T08:31:00Z, more"
                                + " than an hour from now. Correct the date, or the till's clock, and replay.",
                        "  EOD_07_20260131.csv:5: vendor acme: no rule under records holds for this row. Add a rule for this"
                                + " kind of row to the profile, or skip it there, then replay.");
    }

    @Test
    void tellsWhyAFileWouldBeRejectedAndLeavesItOutOfTheCalls() throws IOException {
        Path file = acme("S;1;1;31.01.2026;08:31;07700 900101;;10;Tea;1;7,80;7,80;;\nT;1;9,80\n");

        JsonNode json = new ObjectMapper()
                .readTree(Cli.run("check", "--vendor", "acme", "--json", file.toString())
                        .out());

        assertThat(json.at("/files/0/rejected").asBoolean()).isTrue();
        assertThat(json.at("/files/0/reason").asText()).isEqualTo("control-totals-wrong");
        assertThat(json.at("/files/0/message").asText())
                .isEqualTo(
                        "EOD_07_20260131.csv:3: the trailer says 9.80 GBP, the receipts come to 7.80 GBP. Have the till"
                                + " send the file again; its rows do not come to its own totals.");
        assertThat(json.at("/calls/orders").asInt()).isZero();
        assertThat(json.at("/firstRequests")).isEmpty();
        assertThat(json.at("/schemaVersion").asInt()).isOne();
    }

    @Test
    void countsAKeyOnceThatComesInTwoFiles() {
        Cli.Seen seen = Cli.run("check", "--vendor", "generic-csv", "samples/generic-csv");

        assertThat(seen.exit()).isZero();
        assertThat(seen.out())
                .contains("  POST orders               3\n")
                .contains("Repeated keys, counted once: 7 (harbour-2026-01-31_resent.csv:2: customer"
                        + " mobile_447700900109; harbour-2026-01-31_resent.csv:3: sale H-1001;");
    }

    @Test
    void saysWhatItFoundAndWhatIsMissingForDelivery() {
        Cli.Seen seen = Cli.run("check", "--set", "posbridge.account.name=acme-uk");

        assertThat(seen.exit()).isZero();
        assertThat(seen.out())
                .contains("Settings: good. Gameball at https://api.gameball.co v4.0, data in ")
                .contains("  acme                 Acme tills, one semicolon file per store and night")
                .contains("Missing for delivery:\n  posbridge.account.environment is not set, expected test or live.")
                .contains("  posbridge.gameball.secret-key: no key.")
                .doesNotContain("posbridge.account.name is not set");
    }

    @Test
    void tellsEveryProblemOfTheSettingsAtOnce() {
        Cli.Seen seen =
                Cli.run("check", "--set", "posbridge.gameball.quota=off", "--set", "posbridge.account.currency=pounds");

        assertThat(seen)
                .isEqualTo(
                        new Cli.Seen(
                                2,
                                "",
                                """
                                --set posbridge.gameball.quota: unknown key "posbridge.gameball.quota". Did you mean "posbridge.gameball.quotas"? config/posbridge.properties lists them all.
                                --set posbridge.account.currency: posbridge.account.currency is "pounds", expected an ISO 4217 code such as GBP.
                                """));
    }

    @Test
    void asksForTheVendorOfFiles() {
        assertThat(Cli.run("check", "night.csv"))
                .isEqualTo(
                        new Cli.Seen(
                                2,
                                "",
                                """
                                --vendor: is missing, expected the name of the profile to read the files by.
                                See 'posbridge check --help' for what it takes.
                                """));
    }

    private Cli.Seen check(Path file) {
        return Cli.run(
                "check",
                "--vendor",
                "acme",
                "--data-dir",
                folder.resolve("data").toString(),
                file.toString());
    }

    private Path acme(String rows) throws IOException {
        return Files.writeString(folder.resolve("EOD_07_20260131.csv"), HEADER + rows, StandardCharsets.US_ASCII);
    }
}
