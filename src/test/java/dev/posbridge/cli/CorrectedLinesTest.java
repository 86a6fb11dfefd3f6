package dev.posbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.posbridge.sandbox.SandboxOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Dead letters of files that have no header: exported, corrected, replayed. */
class CorrectedLinesTest extends WithShop {
    private static final String RULES =
            """
            receipt: { key: No }
            time-zone: Europe/London
            currency: GBP
            records:
              - kind: sale
                key: "{No}"
                customer: { id: "{Card}" }
                sold-at: { from: Day, patterns: [yyyyMMdd] }
                total-paid: lines
                lines: { when: "row.Amt != ''", product-id: Sku, price: Amt }
            """;

    @Test
    void linesOfFixedWidthAreCorrectedUnderTheirNames() throws Exception {
        correct(
                "{ type: fixed-width, record-type: 1, types: { D: { Rec: 1, No: 2-3, Day: 4-11, Sku: 12-16, Amt: 17-21 },"
                        + " C: { Rec: 1, No: 2-3, Card: { at: 4-9, pad: \"0\" } } } }",
                "D0120260130TEA  2.5O \nC01000012\nD0220260130BUN  1.00 \nC02000012\n",
                "dead-letter-id,reason,Rec,No,Day,Sku,Amt,Card\r\n"
                        + "1,amount-invalid,D,01,20260130,TEA,2.5O\r\n"
                        + "1,amount-invalid,C,01,,,,12\r\n");
    }

    @Test
    void rowsOfRecordTypesAreCorrectedUnderTheirNames() throws Exception {
        correct(
                "{ type: csv, record-type: 1, types: { D: [Rec, No, Day, Sku, Amt], C: [Rec, No, Card] } }",
                "D,1,20260130,TEA,2.5O\nC,1,12\nD,2,20260130,BUN,1.00\nC,2,12\n",
                "dead-letter-id,reason,Rec,No,Day,Sku,Amt,Card\r\n"
                        + "1,amount-invalid,D,1,20260130,TEA,2.5O\r\n"
                        + "1,amount-invalid,C,1,,,,12\r\n");
    }

    @Test
    void rowsWithoutHeaderAreCorrectedUnderTheNamesOfTheProfile() throws Exception {
        correct(
                "{ type: csv, header: false, columns: [No, Card, Day, Sku, Amt], preamble: 1 }",
                "till 7\n1,12,20260130,TEA,2.5O\n2,12,20260130,BUN,1.00\n",
                "dead-letter-id,reason,No,Card,Day,Sku,Amt\r\n1,amount-invalid,1,12,20260130,TEA,2.5O\r\n");
    }

    private void correct(String format, String rows, String expected) throws Exception {
        shop.write("config/vendors/lines.yaml", "vendor: lines\nformat: " + format + "\n" + RULES);
        Path file = shop.write("files/a.txt", rows);
        assertThat(shop.run("ingest", "--vendor", "lines", file.toString()).exit())
                .isEqualTo(3);
        Path sheet = home.resolve("correct.csv");
        shop.look("dead-letters", "export", "--vendor", "lines", "--to", sheet.toString());
        assertThat(Files.readString(sheet)
                        .replace(",dead-letter-file,dead-letter-line,dead-letter-message", "")
                        .replaceAll(",*,a\\.txt,\\d+,\"(?:[^\"]|\"\")*\"(?=\r)", ""))
                .isEqualTo("\ufeff" + expected);

        Shop.Run same = shop.run("dead-letters", "replay", "--from", sheet.toString());
        assertThat(same.out()).as(same.err()).startsWith("Replayed 1 dead letter: 1 dead again.\n");

        Files.delete(sheet);
        shop.look("dead-letters", "export", "--vendor", "lines", "--to", sheet.toString());
        Files.writeString(sheet, Files.readString(sheet).replace("2.5O", "2.50").replace(',', ';'));
        Shop.Run replay = shop.run("dead-letters", "replay", "--from", sheet.toString());

        assertThat(replay.out()).as(replay.err()).startsWith("Replayed 1 dead letter: 1 due.\n");
        assertThat(shop.sandbox().book().orders())
                .extracting(
                        SandboxOrder::orderId,
                        order -> order.totalPaid().setScale(2).toPlainString())
                .containsExactlyInAnyOrder(
                        tuple("lines-" + (rows.contains("D01") ? "01" : "1"), "2.50"),
                        tuple("lines-" + (rows.contains("D01") ? "02" : "2"), "1.00"));
    }
}
