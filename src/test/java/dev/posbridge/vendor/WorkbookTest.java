package dev.posbridge.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posbridge.FileRejectedException;
import dev.posbridge.pos.Sale;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** XLSX as rows: numbers and dates as the cells say. */
class WorkbookTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-02-01T06:00:00Z"), ZoneOffset.UTC);
    private static final String PROFILE =
            """
            vendor: shop
            format: { type: xlsx, optional: [Note] }
            time-zone: UTC
            currency: GBP
            records:
              - kind: sale
                key: "{No}"
                sold-at: { from: [Day, Time], patterns: "yyyy-MM-dd HH:mm:ss" }
                total-paid: Total
                customer: { id: "{Card}" }
            """;
    private static final String HEADER = "<row r='1'>" + text("A1", "No") + text("B1", "Day") + text("C1", "Time")
            + text("D1", "Total") + text("E1", "Card") + "</row>";
    private static final String ROW = "<row r='2'>" + text("A2", "R-1")
            + "<c r='B2' s='1'><v>46053</v></c><c r='C2' s='2'><v>0.385416666666667</v></c>"
            + "<c r='D2'><v>12.300000000000001</v></c><c r='E2'><v>2.90000000123E+12</v></c></row>";

    @TempDir
    Path folder;

    @Test
    void readsNumbersInPlainDigitsAndDatesByTheFormatOfTheirCells() throws IOException {
        List<Translation> made = read(PROFILE, book(HEADER + ROW, "<sheet name='Sales' sheetId='1' r:id='r1'/>"));
        assertThat(made).singleElement().satisfies(one -> {
            Sale sale = (Sale) one.records().get(0);
            assertThat(sale.key()).isEqualTo("R-1");
            assertThat(sale.soldAt()).hasToString("2026-01-31T09:15:00Z");
            assertThat(sale.totalPaid()).hasToString("12.30 GBP");
            assertThat(sale.customer().id()).isEqualTo("2900000001230");
            assertThat(sale.position()).hasToString("day.xlsx:2");
        });
    }

    @Test
    void aNumberThatLostItsLastDigitsIsNobodysId() throws IOException {
        byte[] bytes = book(
                HEADER + ROW.replace("2.90000000123E+12", "1.23456789012345E+18"),
                "<sheet name='Sales' sheetId='1' r:id='r1'/>");
        assertThat(read(PROFILE, bytes).get(0).problem()).hasMessageContaining("1.23456789012345E+18");
    }

    @Test
    void refusesToChooseBetweenSheetsAndTakesTheOneThatTheProfileNames() throws IOException {
        String two = "<sheet name='Sales' sheetId='1' r:id='r1'/><sheet name='Other' sheetId='2' r:id='r2'/>";
        assertThatThrownBy(() -> read(PROFILE, book(HEADER + ROW, two)))
                .isInstanceOf(FileRejectedException.class)
                .hasMessageStartingWith(
                        "day.xlsx: the workbook has these sheets: Sales, Other; nobody says which is meant."
                                + " Set format.sheet in the profile.");
        assertThat(read(PROFILE.replace("type: xlsx", "type: xlsx, sheet: Sales"), book(HEADER + ROW, two)))
                .hasSize(1);
    }

    @Test
    void refusesWhatIsCutOffOrNoWorkbookOrTooLargeUnpacked() throws IOException {
        byte[] whole = book(HEADER + ROW, "<sheet name='Sales' sheetId='1' r:id='r1'/>");
        for (int length : new int[] {0, 1, 100, whole.length / 2, whole.length - 1}) {
            assertThatThrownBy(() -> read(PROFILE, Arrays.copyOf(whole, length)))
                    .isInstanceOf(FileRejectedException.class);
        }
        assertThatThrownBy(() -> read(PROFILE, "No;Day\n1;2\n".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(FileRejectedException.class);
        byte[] bomb = book(HEADER + ROW + " ".repeat(3 << 20), "<sheet name='Sales' sheetId='1' r:id='r1'/>");
        assertThat(bomb.length).isLessThan(1 << 20);
        assertThatThrownBy(() -> read(PROFILE.replace("type: xlsx", "type: xlsx, max-mebibytes: 1"), bomb))
                .hasMessageContaining("is larger than 1 MiB unpacked");
    }

    @Test
    void saysWhichColumnIsMissing() throws IOException {
        byte[] bytes = book(HEADER.replace("Total", "Totel") + ROW, "<sheet name='Sales' sheetId='1' r:id='r1'/>");
        assertThatThrownBy(() -> read(PROFILE, bytes))
                .hasMessageStartingWith("day.xlsx:1: the header has no column \"Total\". Is it \"Totel\"?");
    }

    private List<Translation> read(String yaml, byte[] bytes) throws IOException {
        Files.writeString(folder.resolve("shop.yaml"), yaml);
        List<Translation> made = new ArrayList<>();
        try (Document document =
                Profiles.in(folder, CLOCK).named("shop").open("day.xlsx", new ByteArrayInputStream(bytes))) {
            while (document.hasNext()) {
                made.add(document.translate(document.next()));
            }
            document.finish();
        }
        return made;
    }

    private static String text(String place, String value) {
        return "<c r='" + place + "' t='inlineStr'><is><t>" + value + "</t></is></c>";
    }

    private static byte[] book(String rows, String sheets) throws IOException {
        String main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        String links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        String packed = "http://schemas.openxmlformats.org/package/2006/relationships";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            put(
                    zip,
                    "[Content_Types].xml",
                    "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>"
                            + "<Override PartName='/xl/workbook.xml' ContentType='application/vnd.openxmlformats-officedocument"
                            + ".spreadsheetml.sheet.main+xml'/><Override PartName='/xl/styles.xml' ContentType='application/"
                            + "vnd.openxmlformats-officedocument.spreadsheetml.styles+xml'/></Types>");
            put(
                    zip,
                    "_rels/.rels",
                    "<Relationships xmlns='" + packed + "'><Relationship Id='r0' Type='" + links
                            + "/officeDocument' Target='xl/workbook.xml'/></Relationships>");
            put(
                    zip,
                    "xl/workbook.xml",
                    "<workbook xmlns='" + main + "' xmlns:r='" + links + "'><sheets>" + sheets
                            + "</sheets></workbook>");
            put(
                    zip,
                    "xl/_rels/workbook.xml.rels",
                    "<Relationships xmlns='" + packed + "'><Relationship Id='r1' Type='"
                            + links + "/worksheet' Target='worksheets/sheet1.xml'/><Relationship Id='r2' Type='" + links
                            + "/worksheet' Target='worksheets/sheet2.xml'/><Relationship Id='r3' Type='" + links
                            + "/styles' Target='styles.xml'/></Relationships>");
            put(
                    zip,
                    "xl/styles.xml",
                    "<styleSheet xmlns='" + main + "'><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/>"
                            + "<xf numFmtId='21'/></cellXfs></styleSheet>");
            put(
                    zip,
                    "xl/worksheets/sheet1.xml",
                    "<worksheet xmlns='" + main + "'><sheetData>" + rows + "</sheetData></worksheet>");
            put(zip, "xl/worksheets/sheet2.xml", "<worksheet xmlns='" + main + "'><sheetData/></worksheet>");
        }
        return bytes.toByteArray();
    }

    private static void put(ZipOutputStream zip, String name, String content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(("<?xml version='1.0' encoding='UTF-8'?>" + content).getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }
}
