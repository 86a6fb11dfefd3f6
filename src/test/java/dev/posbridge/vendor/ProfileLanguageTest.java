package dev.posbridge.vendor;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posbridge.ProfileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused when a profile is loaded, in words that say what to write instead. */
class ProfileLanguageTest {
    @TempDir
    private Path folder;

    @Test
    void refusesAConditionOverAValueThatNobodyKnows() throws IOException {
        refuses(
                """
                values: { kind: { from: Type, map: { A: SALE } } }
                skip: [{ when: "value.kimd == 'SALE'" }]
                """,
                "shop.yaml:6:23: condition: unknown value \"kimd\". Did you mean \"kind\"? Known here: kind.");
        refuses(
                "skip: [{ when: \"value.Type == 'SALE'\" }]",
                "shop.yaml:5:23: condition: unknown value \"Type\". None is known here; write row.Type for a column.");
    }

    @Test
    void refusesAValueInATrailerWhichIsReadBeforeThereAreReceipts() throws IOException {
        refuses(
                """
                values: { kind: { from: Type, map: { A: SALE } } }
                trailer: { when: "value.kind == 'SALE'", count: Total }
                """,
                "shop.yaml:6:25: condition: unknown value \"kind\". None is known here; write row.kind for a column.");
    }

    @Test
    void refusesATimeZoneThatThereIsNotWhereverTheProfileSaysIt() throws IOException {
        Files.writeString(folder.resolve("stores.csv"), "Store,Zone\n1,Europe/Londn\n2,\n");
        refuses(
                """
                time-zone: { from: zone }
                lookups: { stores: { file: stores.csv, key: Store } }
                values: { zone: { from: Store, lookup: stores, column: Zone } }
                """,
                "shop.yaml:5:20: \"zone\" may say \"Europe/Londn\", which is no time zone, expected names such as "
                        + "Europe/London. Correct it there.");
        refuses(
                """
                time-zone: { from: zone, otherwise: Europe/Londn }
                values: { zone: { from: Store, map: { "1": EST5 } } }
                """,
                "shop.yaml:5:20: \"zone\" may say \"EST5\", which is no time zone",
                "shop.yaml:5:37: unknown time zone \"Europe/Londn\". Did you mean \"Europe/London\"?");
    }

    @Test
    void refusesTwoPatternsThatReadOneTextAsTwoDays() throws IOException {
        refuses(
                "values: { day: { from: Date, patterns: [dd/MM/yyyy, MM/dd/yyyy], as: yyyyMMdd } }",
                "shop.yaml:5:53: date pattern \"MM/dd/yyyy\" reads \"01/02/2003\" as another day than \"dd/MM/yyyy\" does,"
                        + " and nobody knows which is meant. Keep the one that the till writes.");
        refuses(
                "values: { day: { from: Date, patterns: [yyyy-MM-dd, yy/MM/dd, dd/MM/yy], as: yyyyMMdd } }",
                "date pattern \"dd/MM/yy\" reads \"03/02/01\" as another day than \"yy/MM/dd\" does");
    }

    @Test
    void refusesToCarryWhatNoHeaderRecordSays() throws IOException {
        refuses(
                """
                format: { type: csv, record-type: 1, types: { H: [Rec, Day], S: [Store, No, Type, Date, Total], Z: skip }, carry: { H: [Day, Dax], Z: [Day] } }
                """,
                "unknown column \"Dax\" of record type \"H\". It has: Rec, Day.",
                "record type \"Z\" has no columns under format.types. Known there: H, S, Z.");
    }

    @Test
    void refusesToCompareTheFilesNameWithWhatItDoesNotSay() throws IOException {
        refuses(
                "file-name: { matches: 'a_(?<store>.+)', agrees: { shop: Store } }",
                "\"agrees\" names \"shop\", which is no named group of file-name. Groups: store.");
    }

    @Test
    void refusesAPartThatIsFoundThroughOthersWhereNoneNamesIt() throws IOException {
        refuses(
                """
                files: { on: No, parts: { a: { file: a, leads: true }, b: { file: b, on: { No: Nr }, through: { Order: c.Order } }, c: { file: c, through: { Order: [a.Order, b.Order] } } } }
                """,
                "part \"b\" has both through and on, expected one of them: a part that is found through others lacks the "
                        + "columns under files.on. Remove \"on\".",
                "\"through\" has \"c.Order\", expected a column of a part that has those under files.on: a.",
                "\"through\" has \"b.Order\", expected a column of a part that has those under files.on: a.");
    }

    @Test
    void refusesToFillDownWhereThereAreNoCellsAbove() throws IOException {
        refuses(
                """
                format: { type: xml, receipt: R, columns: { Store: s, No: n, Type: y, Date: d, Total: t } }
                fill-down: [Date]
                """,
                "shop.yaml:6:13: \"fill-down\" repeats cells of tables, but format.type is xml. A value around a receipt "
                        + "is a path that begins with \"..\". Remove the key.");
        refuses("fill-down: [Dote]", "shop.yaml:5:13: unknown column \"Dote\". Did you mean \"Date\"?");
    }

    @Test
    void refusesRowsThatBeginReceiptsWhereSomethingElseDoes() throws IOException {
        refuses(
                "receipt: { starts: \"row.Type == 'H'\", rows: scattered, key: No }",
                "shop.yaml:5:10: \"starts\" says that the rows behind it belong to a receipt, but rows are \"scattered\". "
                        + "Remove one of them.");
        refuses(
                """
                receipt: { starts: "row.Type == 'H'" }
                format: { type: xml, receipt: R, columns: { Store: s, No: n, Type: y, Date: d, Total: t } }
                """,
                "shop.yaml:5:20: \"starts\" is for rows of tables, but format.type is xml, where each element of "
                        + "format.receipt is a receipt. Remove the key.");
    }

    @Test
    void refusesATrailerThatCountsLinesOrCountsWithoutATotal() throws IOException {
        refuses(
                "trailer: { when: \"row.Type == 'T'\", count: No, of: Total }",
                "\"of\" says what \"total\" is the sum of, but \"total\" is missing.");
        refuses(
                "trailer: { when: \"row.Type == 'T'\", total: Total, of: lines }",
                "\"of\" is what the till counts, expected a column or a sum of columns.");
    }

    private void refuses(String lines, String... problems) throws IOException {
        String zone = lines.contains("time-zone") ? "description: A shop." : "time-zone: Europe/London";
        String format = "format: { type: csv, header: false, columns: [Store, No, Type, Date, Total] }";
        Files.writeString(
                folder.resolve("shop.yaml"),
                """
                vendor: shop
                %s
                currency: GBP
                records: [{ kind: sale, key: "{No}", sold-at: { from: Date, patterns: [yyyy-MM-dd] }, total-paid: Total }]
                %s
                %s
                """
                        .formatted(zone, lines.strip(), lines.contains("format:") ? "" : format));
        for (String problem : problems) {
            assertThatThrownBy(() -> Profiles.in(folder).named("shop"))
                    .isInstanceOf(ProfileException.class)
                    .hasMessageContaining(problem);
        }
    }
}
