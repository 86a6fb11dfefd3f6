package dev.posbridge.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.posbridge.FileRejectedException;
import dev.posbridge.ProfileException;
import dev.posbridge.pos.PosRecord;
import dev.posbridge.pos.Sale;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** XML and JSON as streams of rows. */
class TreeDocumentsTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-02-01T06:00:00Z"), ZoneOffset.UTC);
    private static final String RULES =
            """
            time-zone: UTC
            currency: GBP
            receipt: { key: [Shop, No] }
            records:
              - kind: sale
                sold-at: { from: At, patterns: "yyyy-MM-dd'T'HH:mm" }
                total-paid: Total
                customer: { id: "{Card}" }
                lines: { when: "row.Type == 'Item'", product-id: Sku, quantity: Qty, price: Price }
            """;
    private static final String XML =
            """
            vendor: shop
            format:
              type: xml
              receipt: Day/Ticket
              columns:
                Shop: ../Shop
                No: "@no"
                At: Time
                Total: Sums/Sum[@kind='grand']
                Card: Extra[Name='CARD']/Value
              rows:
                Item: { at: Line/Item, columns: { Sku: Sku, Qty: Qty, Price: Price, Void: ../@void } }
            """
                    + RULES;
    private static final String JSON = XML.replace("type: xml", "type: json")
            .replace("Day/Ticket", "Tickets")
            .replace("\"@no\"", "no")
            .replace("@kind", "kind")
            .replace("Sum[kind='grand']", "Sum[kind='grand']/value")
            .replace("../@void", "../void");

    @TempDir
    Path folder;

    private Profile profile(String yaml) throws IOException {
        Files.writeString(folder.resolve("shop.yaml"), yaml);
        return Profiles.in(folder, CLOCK).named("shop");
    }

    private static List<PosRecord> records(Profile profile, byte[] bytes) {
        List<PosRecord> records = new ArrayList<>();
        try (Document document = profile.open("day.xml", new ByteArrayInputStream(bytes))) {
            while (document.hasNext()) {
                Translation made = document.translate(document.next());
                if (made.problem() != null) {
                    throw made.problem();
                }
                records.addAll(made.records());
            }
            document.finish();
        }
        return records;
    }

    private List<PosRecord> records(String yaml, String text) throws IOException {
        return records(profile(yaml), text.getBytes(StandardCharsets.UTF_8));
    }

    private String rejected(String yaml, String text) throws IOException {
        Profile profile = profile(yaml);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        FileRejectedException problem =
                catchThrowableOfType(FileRejectedException.class, () -> records(profile, bytes));
        return problem.reason().code() + " " + problem.getMessage();
    }

    private static String ticket(String content) {
        return "<Day xmlns='urn:a' xmlns:p='urn:b'><p:Shop>7</p:Shop>\n" + content + "</Day>";
    }

    private static final String TICKET =
            """
            <Ticket no="1"><p:Line><Item><Sku>A</Sku><Qty>2</Qty><Price>1.50</Price></Item></p:Line>
            <Line void="true"><Item><Sku>B</Sku><Qty>1</Qty><Price>3.00</Price></Item></Line>
            <Sums><Sum kind="tax">1.00</Sum><Sum kind="grand">6.00</Sum></Sums>
            <Extra><Name>BAG</Name><Value>no</Value></Extra><Extra><Value>C<!-- x -->1</Value><Name>CARD</Name></Extra>
            <Time>2026-01-31T09:15</Time></Ticket>
            """;

    @Test
    void readsByLocalNamesWhatStandsBeforeBehindAndAroundALine() throws IOException {
        List<PosRecord> records = records(XML, ticket(TICKET));
        assertThat(records).singleElement().isInstanceOfSatisfying(Sale.class, sale -> {
            assertThat(sale.key()).isEqualTo("7-1");
            assertThat(sale.totalPaid()).hasToString("6.00 GBP");
            assertThat(sale.customer().id()).isEqualTo("C1");
            assertThat(sale.lines()).extracting("productId").containsExactly("A", "B");
            assertThat(sale.position()).hasToString("day.xml:2:24");
        });
    }

    @Test
    void keepsReceiptsApartThatStandBesideEachOtherAndBringsNoValueFromOneToTheNext() throws IOException {
        String second = TICKET.replace("no=\"1\"", "no=\"2\"").replaceAll("<Extra>.*</Extra>\n", "");
        List<PosRecord> records = records(XML, ticket(TICKET + second));
        assertThat(records).extracting("key").containsExactly("7-1", "7-2");
        assertThat(((Sale) records.get(1)).customer()).isNull();
    }

    @Test
    void makesARowOfAReceiptWithoutLines() throws IOException {
        List<PosRecord> records = records(XML, ticket(TICKET.replaceAll("(?s)<p:Line>.*</Line>\n", "")));
        assertThat(records).singleElement().isInstanceOfSatisfying(Sale.class, sale -> {
            assertThat(sale.totalPaid()).hasToString("6.00 GBP");
            assertThat(sale.lines()).isEmpty();
        });
    }

    @Test
    void twoValuesWhereOneIsMeantAreADoubtAndStayOneWhenReadAgain() throws IOException {
        Profile profile = profile(XML);
        String twice = ticket(TICKET.replace("kind=\"tax\"", "kind=\"grand\""));
        String text =
                "column \"Total\": Sums/Sum[@kind='grand'] is there more than once, with \"1.00\" and \"6.00\", expected"
                        + " one value.";
        try (Document document =
                profile.open("day.xml", new ByteArrayInputStream(twice.getBytes(StandardCharsets.UTF_8)))) {
            Receipt receipt = document.next();
            assertThat(document.translate(receipt).problem()).hasMessageContaining(text);
            Document again = profile.reopen("day.xml", document.header(), receipt.raw(), 2);
            assertThat(again.translate(again.next()).problem())
                    .hasMessageContaining("column \"Total\" is \"?? 1.00 ?? 6.00\", expected one value.");
        }
    }

    @Test
    void whatIsPutAsideIsReadAgainAsTheSameRecordWithoutAnyKeyAmongItsRows() throws IOException {
        Profile profile = profile(XML.replace("receipt: { key: [Shop, No] }\n", "")
                .replace("kind: sale\n", "kind: sale\n    key: \"{Shop}/{No}\"\n"));
        byte[] bytes = ticket(TICKET + TICKET.replace("no=\"1\"", "no=\"2\"")).getBytes(StandardCharsets.UTF_8);
        try (Document document = profile.open("day.xml", new ByteArrayInputStream(bytes))) {
            document.next();
            Receipt second = document.next();
            PosRecord first = document.translate(second).records().get(0);
            Document again = profile.reopen(
                    "day.xml",
                    document.header(),
                    second.raw(),
                    second.position().line());
            Sale read = (Sale) again.translate(again.next()).records().get(0);
            assertThat(again.hasNext()).isFalse();
            assertThat(read.key()).isEqualTo("7/2");
            assertThat(read.lines()).isEqualTo(((Sale) first).lines());
        }
    }

    @Test
    void refusesWhatANewColumnOfTheProfileCannotFindInWhatWasKept() throws IOException {
        Profile before = profile(XML);
        Document document =
                before.open("day.xml", new ByteArrayInputStream(ticket(TICKET).getBytes(StandardCharsets.UTF_8)));
        String raw = document.next().raw();
        Files.writeString(
                folder.resolve("shop.yaml"),
                XML.replace("    No: \"@no\"", "    No: \"@no\"\n    Till: Till")
                        .replace("[Shop, No]", "[Shop, Till, No]"));
        Profile now = Profiles.in(folder, CLOCK).named("shop");
        assertThatThrownBy(
                        () -> now.reopen("day.xml", document.header(), raw, 2).hasNext())
                .hasMessage(
                        "day.xml:2: what was kept of this receipt has no column \"Till\", which the profile has now."
                                + " Put the whole file into the inbox again.");
    }

    @Test
    void refusesAValueAroundReceiptsThatComesAfterThem() throws IOException {
        assertThat(rejected(XML, "<Day>" + TICKET.replace("p:", "") + "<Shop>7</Shop></Day>"))
                .startsWith("row-malformed day.xml:6:1: \"Shop\" stands after receipts that need its value.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE Day [<!ENTITY x \"y\">]><Day><Shop>&x;</Shop></Day>",
                "<!DOCTYPE Day SYSTEM \"file:///etc/passwd\"><Day/>",
                "<Day><Shop>&x;</Shop></Day>",
                "<Day><Other>&x;</Other><Ticket>&x;</Ticket></Day>",
                "<Day><Ticket><Other>&x;</Other></Ticket></Day>",
                "<Day><Ticket></Day>",
                "<Day/><Day/>",
                "Shop;No\n7;1\n",
            })
    void refusesDocumentTypesEntitiesAndWhatIsNoXml(String text) throws IOException {
        assertThat(rejected(XML, text)).startsWith("row-malformed day.xml:1:");
    }

    @Test
    void refusesADocumentThatEndsInTheMiddleWhereverItIsCut() throws IOException {
        String whole = ticket(TICKET);
        for (int length = 1; length < whole.length(); length++) {
            assertThat(rejected(XML, whole.substring(0, length))).startsWith("file-truncated day.xml:");
        }
        assertThat(rejected(XML, "")).startsWith("file-empty day.xml: the file is empty");
    }

    @Test
    void refusesElementsThatAreTooDeepOrTooLong() throws IOException {
        assertThat(rejected(XML, ticket("<a>".repeat(200))))
                .startsWith("row-too-long")
                .contains("more than 100 deep");
        assertThat(rejected(XML, ticket(TICKET.replace("<Sku>A", "<Sku>" + "A".repeat(70_000)))))
                .startsWith("row-too-long")
                .contains("\"Sku\" is longer than 65536 characters");
        assertThat(rejected(XML, ticket("<" + "b".repeat(5_000_000) + "/>"))).startsWith("row-too-long");
        assertThat(rejected(XML, ticket("<b c='" + "b".repeat(5_000_000) + "'/>")))
                .startsWith("row-too-long");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "ISO-8859-15", "windows-1256", "UTF-16", "UTF-16LE"})
    void readsTheEncodingThatADocumentDeclares(String name) throws IOException {
        String card = name.equals("windows-1256") ? "بطاقة" : "Ärä";
        String text = "<?xml version='1.0' encoding='" + name + "'?>" + ticket(TICKET.replace("C<!-- x -->1", card));
        List<PosRecord> records = records(profile(XML), text.getBytes(Charset.forName(name)));
        assertThat(((Sale) records.get(0)).customer().id()).isEqualTo(card);
    }

    @Test
    void refusesAnEncodingThatIsNotTheProfilesAndBytesThatAreNotOfTheDocuments() throws IOException {
        String declared = "<?xml version='1.0' encoding='ISO-8859-1'?>" + ticket(TICKET);
        assertThat(rejected(XML.replace("type: xml", "type: xml\n  encoding: utf-8"), declared))
                .startsWith(
                        "encoding-wrong day.xml: the document says that it is written in ISO-8859-1, the profile says"
                                + " UTF-8.");
        byte[] latin = ticket(TICKET.replace("C<!--", "Ä<!--")).getBytes(StandardCharsets.ISO_8859_1);
        Profile profile = profile(XML);
        assertThatThrownBy(() -> records(profile, latin)).hasMessageContaining("has the byte C4, which is not UTF-8");
    }

    private static final String TICKETS =
            """
            {"Shop": "007", "Tickets": [
             {"no": 12345678901234567890, "Line": {"Item": {"Sku": "A", "Qty": 2, "Price": 1.50}, "void": false},
              "Sums": {"Sum": [{"kind": "tax", "value": 1}, {"kind": "grand", "value": 100000000000.10}]},
              "Extra": {"Name": "CARD", "Value": 9007199254740993}, "Time": "2026-01-31T09:15"},
             {"no": 2, "Line": [{"Item": {"Sku": "A", "Qty": 2, "Price": 1.50}}, {"Item": {"Sku": "B", "Qty": 1, "Price": 3}}],
              "Sums": {"Sum": {"kind": "grand", "value": 6}}, "Extra": null, "Time": "2026-01-31T09:16"}]}
            """;

    @Test
    void readsJsonWithOneOrManyAndEveryDigitOfANumber() throws IOException {
        List<PosRecord> records = records(JSON, TICKETS);
        assertThat(records).extracting("key").containsExactly("007-12345678901234567890", "007-2");
        Sale first = (Sale) records.get(0);
        assertThat(first.totalPaid()).hasToString("100000000000.10 GBP");
        assertThat(first.customer().id()).isEqualTo("9007199254740993");
        assertThat(first.lines()).hasSize(1);
        assertThat(((Sale) records.get(1)).lines()).extracting("productId").containsExactly("A", "B");
        assertThat(((Sale) records.get(1)).customer()).isNull();
    }

    @Test
    void readsDocumentsThatFollowEachOtherAsJsonLines() throws IOException {
        String yaml = JSON.replace("type: json", "type: json-lines\n  final-newline: required")
                .replace("  receipt: Tickets\n", "")
                .replace("Shop: ../Shop", "Shop: shop");
        String line =
                "{\"shop\":1,\"no\":1,\"Time\":\"2026-01-31T09:15\",\"Sums\":{\"Sum\":{\"kind\":\"grand\",\"value\":6}}}\n";
        assertThat(records(yaml, line + line.replace("\"no\":1", "\"no\":2")))
                .extracting("key")
                .containsExactly("1-1", "1-2");
        assertThat(rejected(yaml, line + line.strip())).startsWith("file-truncated day.xml:2:");
        assertThat(rejected(yaml, line + line.substring(0, 30))).startsWith("file-truncated day.xml:2:");
        assertThat(rejected(yaml.replace("json-lines\n  final-newline: required", "json"), line + line))
                .startsWith("row-malformed day.xml:2:1: something follows the document, expected its end.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Shop\": 1, \"Shop\": 2}",
                "{\"Tickets\": [{\"a\": {\"b\": 1, \"b\": 1}}]}",
                "{\"Tickets\": [{\"Time\": NaN}]}",
                "{'Tickets': []}",
                "[1, 2]",
                "\"text\"",
                "{\"Tickets\": [{}],}",
            })
    void refusesNamesThatStandTwiceAndWhatIsNoJson(String text) throws IOException {
        assertThat(rejected(JSON, text)).startsWith("row-malformed day.xml:1:");
    }

    @Test
    void refusesJsonThatEndsInTheMiddleAndJsonThatIsTooDeep() throws IOException {
        for (int length = 1; length < TICKETS.strip().length(); length += 3) {
            // Half of the word false is no word: the same for whoever reads the message.
            assertThat(rejected(JSON, TICKETS.substring(0, length)))
                    .containsAnyOf("file-truncated day.xml:", "Unrecognized token");
        }
        assertThat(rejected(JSON, "{\"a\":".repeat(1_000))).startsWith("row-too-long");
        assertThat(rejected(JSON, "[".repeat(1_000))).startsWith("row-too-long");
    }

    @Test
    void sumsCountsAndTakesTheFirstWhereTheProfileSaysSo() throws IOException {
        String yaml = XML.replace("Total: Sums/Sum[@kind='grand']", "Total: sum(Sums/Sum[@kind!='tax'])")
                .replace("Card: Extra[Name='CARD']/Value", "Card: first(None/Here | Extra/Value)")
                .replace("None/Here | Extra/Value)", "Extra/Value)");
        String text = ticket(TICKET.replace("kind=\"tax\">1.00", "kind=\"tip\">0.10"));
        Sale sale = (Sale) records(yaml, text).get(0);
        assertThat(sale.totalPaid()).hasToString("6.10 GBP");
        assertThat(sale.customer().id()).isEqualTo("no");
    }

    @Test
    void saysWhatIsWrongWithAPathWhereItStands() throws IOException {
        String yaml = XML.replace("Total: Sums/Sum[@kind='grand']", "Total: Sums/Sum[@kind=grand]")
                .replace("At: Time", "At: p:Time")
                .replace("receipt: Day/Ticket", "receipt: Day/Ticket[@a]")
                .replace("Void: ../@void", "Void: Item/../Void, Shop: Shop");
        assertThatThrownBy(() -> profile(yaml)).isInstanceOfSatisfying(ProfileException.class, problem -> assertThat(
                        problem.getMessage().replace(folder.toString() + "/", ""))
                .contains(
                        "shop.yaml:4:12: \"receipt\" takes names only",
                        "path \"p:Time\": found \"p:Time\", write names without their prefix: Time.",
                        "path \"Sums/Sum[@kind=grand]\": found \"grand]\", expected a text in quotes, such as ='true'.",
                        "path \"Item/../Void\": found \"../Void\", .. may only stand at the start of a column's path.",
                        "column \"Shop\" of \"Item\" is a column of the receipt, too. Use another name."));
    }
}
