package dev.posbridge.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posbridge.FileRejectedException;
import dev.posbridge.pos.PosRecord;
import dev.posbridge.pos.Reason;
import dev.posbridge.pos.Sale;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentTest {
    private static final Profiles BUILT_IN = Profiles.in(Path.of("config/vendors"));
    private static final Profiles CASES = Profiles.in(Path.of("src/test/resources/vendors/till"));
    private static final Path NIGHT = Path.of("src/test/resources/vendors/acme/night/EOD_07_20260131.csv");
    private static final String NAME = "EOD_07_20260131.csv";
    private static final String HEADER =
            "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";
    private static final String SALE = "536365,85123A,Heart,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom";

    @Test
    void takesAFileThatComesToSomethingElseWhereThatIsOnlyTold() throws IOException {
        try (Document document =
                VendorCasesTest.profile("miscounted").open(VendorCasesTest.CASES.resolve("miscounted/day/a.csv"))) {
            while (document.hasNext()) {
                document.translate(document.next());
            }
            document.finish();

            assertThat(document.remark())
                    .isEqualTo(
                            "trailer: a.csv:3: the trailer says \"2\" receipts, the file has 1 receipts. Have the till"
                                    + " send the file again; its rows do not come to its own totals");
        }
    }

    @Test
    void releasesNoFileThatWasCutOffAtAnyByte() throws IOException {
        Profile acme = BUILT_IN.named("acme");
        byte[] whole = Files.readAllBytes(NIGHT);
        List<PosRecord> records = readWhole(acme, NAME, whole);
        assertThat(records).hasSize(4);
        int passed = 0;
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            try {
                assertThat(readWhole(acme, NAME, cut)).isEqualTo(records);
                passed++;
            } catch (FileRejectedException expected) {
                assertThat(expected.reason())
                        .isIn(
                                Reason.FILE_EMPTY,
                                Reason.HEADER_WRONG,
                                Reason.FILE_TRUNCATED,
                                Reason.CONTROL_TOTALS_WRONG);
            }
        }
        // Without its last line end, and without the last zero of 1246,50, the file says all it has to say.
        assertThat(passed).isEqualTo(2);
    }

    @Test
    void refusesAFileWithoutLastLineEndWhereTheVendorAlwaysWritesOne() {
        assertRejected(
                HEADER + "\n" + SALE,
                Reason.FILE_TRUNCATED,
                "day.csv:2: the last line has no line end, as every whole file of this vendor has."
                        + " Have the till send the file again; it ends in the middle.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void readsEveryLineEnd(String end) {
        String text = String.join(end, HEADER, SALE, "", SALE.replace("536365", "536366"), "");
        List<PosRecord> records = readWhole(retail(), "day.csv", text.getBytes(StandardCharsets.UTF_8));
        assertThat(records).extracting(PosRecord::key).containsExactly("536365", "536366");
        assertThat(records.get(0).position()).hasToString("day.csv:2");
    }

    @Test
    void passesOverTheMarkOfUtf8() {
        byte[] bytes = ("\uFEFF" + HEADER + "\n" + SALE + "\n").getBytes(StandardCharsets.UTF_8);
        assertThat(readWhole(retail(), "day.csv", bytes)).hasSize(1);
    }

    @Test
    void refusesTheMarkOfUtf8WhereAnotherEncodingIsExpected() {
        byte[] bytes = "\uFEFFType;Till\n".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> readWhole(BUILT_IN.named("acme"), NAME, bytes))
                .isInstanceOf(FileRejectedException.class)
                .hasMessage(NAME + ":1: the row begins with the mark of UTF-8 (EF BB BF), expected windows-1252."
                        + " Save the file in the profile's encoding, or set format.encoding in the profile.");
    }

    @Test
    void namesTheRowWithAByteThatIsNotInTheEncoding() {
        String text = HEADER + "\n" + SALE + "\n" + SALE.replace("Heart", "Crème") + "\n" + SALE + "\n";
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> readWhole(retail(), "day.csv", bytes))
                .isInstanceOf(FileRejectedException.class)
                .hasMessage("day.csv:3: the row has the byte E8, which is not UTF-8."
                        + " Save the file in the profile's encoding, or set format.encoding in the profile.");
    }

    @Test
    void refusesNulCharacters() {
        assertRejected(
                HEADER + "\n" + SALE + "\n" + SALE.replace("Heart", "He\0art") + "\n",
                Reason.ENCODING_WRONG,
                "day.csv:3: the row has a NUL character, which no text in UTF-8 holds."
                        + " Save the file in the profile's encoding, or set format.encoding in the profile.");
    }

    @Test
    void refusesUtf16() {
        byte[] bytes = (HEADER + "\n").getBytes(StandardCharsets.UTF_16);
        assertThatThrownBy(() -> readWhole(retail(), "day.csv", bytes))
                .isInstanceOf(FileRejectedException.class)
                .hasMessageStartingWith("day.csv:1: the row begins with the mark of UTF-16 (FE FF), expected UTF-8.");
    }

    @Test
    void stopsAtAQuoteThatIsNeverClosedBeforeItHasReadTheFile() {
        Endless endless = new Endless((HEADER + "\n\"").getBytes(StandardCharsets.UTF_8), (byte) 'x');
        assertThatThrownBy(() -> readWhole(retail(), "day.csv", endless))
                .isInstanceOf(FileRejectedException.class)
                .hasMessage("day.csv:2: the row is longer than 65536 characters."
                        + " Correct the row (an unclosed quote?), or raise the limit of the profile.");
        assertThat(endless.handedOut).isLessThan(1 << 20);
    }

    @Test
    void stopsAtARowOfTooManyCharactersOrColumns() {
        assertRejected(
                HEADER + "\n" + "x".repeat(500).concat(",").repeat(200) + "\n",
                Reason.ROW_TOO_LONG,
                "day.csv:2: the row is longer than 65536 characters."
                        + " Correct the row (an unclosed quote?), or raise the limit of the profile.");
        assertRejected(
                HEADER + "\n" + ",".repeat(5_000) + "\n",
                Reason.ROW_TOO_LONG,
                "day.csv:2: the row has more than 1000 fields."
                        + " Correct the row (an unclosed quote?), or raise the limit of the profile.");
    }

    @Test
    void refusesTextBehindAClosingQuote() {
        assertRejected(
                HEADER + "\n\"536365\"x,\n",
                Reason.ROW_MALFORMED,
                "day.csv:2: text follows a closing quote, expected the delimiter \",\" or the line's end."
                        + " Correct the row and replay it.");
    }

    @Test
    void refusesAReceiptThatNeverEnds() {
        String text = HEADER + "\n" + (SALE + "\n").repeat(10_001);
        assertRejected(
                text,
                Reason.ROW_TOO_LONG,
                "day.csv:2: the receipt that starts here has more than 10000 rows."
                        + " Correct receipt.key in config/vendors/uci-online-retail.yaml.");
    }

    @Test
    void refusesAFileOfNothingButAHeader() {
        assertRejected(
                HEADER + "\n",
                Reason.FILE_EMPTY,
                "day.csv: the file has no receipts. Have the till send the file again, or remove it.");
    }

    @Test
    void readsAReceiptAgainFromItsRawRows() throws IOException {
        Profile acme = BUILT_IN.named("acme");
        try (Document document = acme.open(NAME, Files.newInputStream(NIGHT))) {
            while (document.hasNext()) {
                Receipt receipt = document.next();
                Translation before = document.translate(receipt);
                try (Document again = acme.reopen(
                        NAME,
                        document.header(),
                        receipt.raw(),
                        receipt.position().line())) {
                    assertThat(again.translate(again.next())).isEqualTo(before);
                    assertThat(again.hasNext()).isFalse();
                }
            }
            assertThat(document.rows()).isEqualTo(5);
        }
    }

    @Test
    void keepsDroppedColumnsOutOfWhatIsPutAside() {
        try (Document document = journal("SALE|1|31 Jan 2026 9:05 am|9999000042|1 234,50|Eve||big\n")) {
            assertThat(document.next().raw()).isEqualTo("SALE|1|31 Jan 2026 9:05 am|9999000042|1 234,50|||big\n");
        }
    }

    @Test
    void keepsNothingBehindADroppedColumnOfARowThatDoesNotFit() {
        try (Document document = journal("SALE|1|31 Jan 2026 9:05 am|9999|000042|1 234,50|Eve||big\n")) {
            assertThat(document.next().raw()).isEqualTo("SALE|1|31 Jan 2026 9:05 am|9999|000042||||\n");
        }
    }

    @Test
    void takesTheBusinessDateFromTheFileNameForOrderingFiles() {
        Profile acme = BUILT_IN.named("acme");
        assertThat(acme.businessDateOf(NAME)).isEqualTo(LocalDate.of(2026, 1, 31));
        assertThat(acme.businessDateOf("EOD_07_20260231.csv")).isNull();
        assertThat(acme.businessDateOf("other.csv")).isNull();
        assertThat(retail().businessDateOf("2010-12-01 (2).csv")).isEqualTo(LocalDate.of(2010, 12, 1));
        assertThat(retail().businessDateOf("renamed.csv")).isNull();
        assertThat(CASES.named("till").businessDateOf("JOURNAL.mitte.310126")).isEqualTo(LocalDate.of(2026, 1, 31));
    }

    @Test
    void givesIdsTheDigitsAndAttributesThePlusForm() {
        String text = "kind,id,occurred_at,mobile,total\nsale,1,2026-01-31 10:00:00,00966 50 000 1234,5.00\n";
        Sale sale = (Sale) readWhole(BUILT_IN.named("generic-csv"), "a.csv", text.getBytes(StandardCharsets.UTF_8))
                .get(0);
        assertThat(sale.customer().id()).isEqualTo("mobile_966500001234");
        assertThat(sale.customer().mobile()).isEqualTo("+966500001234");
    }

    @Test
    void wantsEveryReceiptTranslatedBeforeTheTotalsAreCompared() throws IOException {
        try (Document document = BUILT_IN.named("acme").open(NAME, Files.newInputStream(NIGHT))) {
            document.next();
            assertThatThrownBy(document::finish)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("finish() before every receipt was read and translated: 1 were read, 0 translated");
        }
    }

    @Test
    void refusesAHeaderThatNamesAColumnTwice() {
        assertRejected(
                HEADER + ",Unit Price\n" + SALE + ",1\n",
                Reason.HEADER_WRONG,
                "day.csv:1: the header names column \"UnitPrice\" twice. Found: InvoiceNo, StockCode, Description,"
                        + " Quantity, InvoiceDate, UnitPrice, CustomerID, Country, Unit Price; expected: CustomerID,"
                        + " InvoiceNo, InvoiceDate, Quantity, UnitPrice, StockCode, Description."
                        + " Correct the header, or the columns that the profile names.");
    }

    @Test
    void survivesAnyByteChangedToAnyOther() throws IOException {
        Profile acme = BUILT_IN.named("acme");
        byte[] whole = Files.readAllBytes(NIGHT);
        Random random = new Random(20260131);
        int read = 0;
        for (int round = 0; round < 5_000; round++) {
            byte[] changed = whole.clone();
            changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            try {
                readWhole(acme, NAME, changed);
                read++;
            } catch (FileRejectedException expected) {
                assertThat(expected).hasMessageStartingWith(NAME);
            }
        }
        assertThat(read).isBetween(1, 4_999);
    }

    @Test
    void closesTheFileThatItRefuses() {
        for (String name : List.of("no-such-name.csv", NAME)) {
            List<String> closed = new ArrayList<>();
            InputStream bytes = new ByteArrayInputStream("x;y\n".getBytes(StandardCharsets.UTF_8)) {
                @Override
                public void close() {
                    closed.add(name);
                }
            };
            assertThatThrownBy(() -> BUILT_IN.named("acme").open(name, bytes))
                    .isInstanceOf(FileRejectedException.class);
            assertThat(closed).containsExactly(name);
        }
    }

    private static Document journal(String rows) {
        byte[] bytes = rows.getBytes(StandardCharsets.UTF_8);
        return CASES.named("till").open("JOURNAL.mitte.310126", new ByteArrayInputStream(bytes));
    }

    private static Profile retail() {
        return BUILT_IN.named("uci-online-retail");
    }

    private static void assertRejected(String text, Reason reason, String message) {
        assertThatThrownBy(() -> readWhole(retail(), "day.csv", text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(FileRejectedException.class, problem -> assertThat(problem.reason())
                        .isEqualTo(reason))
                .hasMessage(message);
    }

    private static List<PosRecord> readWhole(Profile profile, String name, byte[] bytes) {
        return readWhole(profile, name, new ByteArrayInputStream(bytes));
    }

    private static List<PosRecord> readWhole(Profile profile, String name, InputStream bytes) {
        List<PosRecord> records = new ArrayList<>();
        try (Document document = profile.open(name, bytes)) {
            while (document.hasNext()) {
                records.addAll(document.translate(document.next()).records());
            }
            document.finish();
        }
        return records;
    }

    /** A beginning, then one byte for ever. */
    private static final class Endless extends InputStream {
        private final byte[] start;
        private final byte rest;
        private long handedOut;

        Endless(byte[] start, byte rest) {
            this.start = start;
            this.rest = rest;
        }

        @Override
        public int read() {
            long at = handedOut++;
            return at < start.length ? start[(int) at] : rest;
        }
    }
}
