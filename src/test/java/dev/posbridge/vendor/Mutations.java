package dev.posbridge.vendor;

import dev.posbridge.FileRejectedException;
import dev.posbridge.pos.PosRecord;
import dev.posbridge.pos.Sale;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Damages a file of one format in many ways and reads it. Whatever comes, it is read or rejected within a second; and no
 * record is made that the whole file does not say where that can be said: of a file that was cut off, of one whose lines were
 * left out, repeated or moved as wholes, of one with a checksum however it was damaged, and of a table that counts its records
 * where bytes are too many or too few.
 */
public final class Mutations {
    public static final List<String> FORMATS =
            List.of("csv", "xml", "json", "json-lines", "xlsx", "fixed-width", "dbf", "set");
    private static final Set<String> LINES = Set.of("csv", "xml", "json", "json-lines", "fixed-width");
    private static final Set<String> CHECKSUMS = Set.of("xlsx", "set");

    private static final int RECEIPTS = 12;
    private static final long LONGEST = 1_000_000_000L;
    private static final String[] PIECES = {
        "\"",
        "<",
        ">",
        "</Sale>",
        "<![CDATA[",
        "]]>",
        "<!--",
        "&#0;",
        "&x;",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\n",
        "\r",
        "\0",
        "\u00A0",
        "1e999999999",
        "99999999999999999999",
        "-",
        "<!DOCTYPE a [<!ENTITY x 'y'>]>",
        "\\u0000",
        "null",
        "=",
        "\uFEFF"
    };

    private final String format;
    private final Random random;
    private final long seed;
    private final byte[] whole;
    private final Profile profile;
    private final Set<String> said;

    private Mutations(String format, long seed) throws IOException {
        this.format = format;
        this.seed = seed;
        this.random = new Random(seed);
        this.whole = sample(format);
        Path folder = Files.createTempDirectory("posbridge-fuzz");
        Path file = Files.writeString(folder.resolve("fuzz.yaml"), profile(format));
        this.profile = Profiles.in(folder).named("fuzz");
        Files.delete(file);
        Files.delete(folder);
        List<String> found = new ArrayList<>();
        if (!read(whole, found) || found.size() != RECEIPTS) {
            throw new AssertionError(format + ": the whole file gives " + found);
        }
        this.said = new HashSet<>(found);
    }

    public static Mutations of(String format, long seed) throws IOException {
        return new Mutations(format, seed);
    }

    /** Reads so many damaged files; an AssertionError names the first that did harm. */
    public String run(int inputs) {
        int readable = 0;
        long slowest = 0;
        for (int input = 0; input < inputs; input++) {
            Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
            byte[] damaged = damaged(kind);
            List<String> found = new ArrayList<>();
            long before = System.nanoTime();
            boolean read;
            try {
                read = read(damaged, found);
                readable += read ? 1 : 0;
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError problem) {
                throw new AssertionError(where(input) + problem, problem);
            }
            long took = System.nanoTime() - before;
            if (took > LONGEST) {
                took = again(damaged); // Another program may have had the processor.
            }
            slowest = Math.max(slowest, took);
            if (took > LONGEST && input > 100) {
                throw new AssertionError(where(input) + "took " + took / 1_000_000 + " ms");
            }
            if (isTelling(kind, read) && !said.containsAll(found)) {
                found.removeAll(said);
                throw new AssertionError(where(input) + kind + ", and made of it: " + found);
            }
        }
        return inputs + " inputs, " + readable + " read to their end, slowest " + slowest / 1_000_000 + " ms";
    }

    /** How long the same input takes once more. */
    private long again(byte[] damaged) {
        long before = System.nanoTime();
        read(damaged, new ArrayList<>());
        return System.nanoTime() - before;
    }

    private String where(int input) {
        return format + ", seed " + seed + ", input " + input + ": ";
    }

    /** What is done to a file. */
    private enum Kind {
        CUT,
        LINES,
        SHIFTED,
        WOUNDED
    }

    private byte[] damaged(Kind kind) {
        return switch (kind) {
            case CUT -> Arrays.copyOf(whole, random.nextInt(whole.length));
            case LINES -> lines();
            case SHIFTED -> shifted();
            default -> wounded();
        };
    }

    /** Whether nothing may come of it that the whole file does not say. */
    private boolean isTelling(Kind kind, boolean read) {
        return kind == Kind.CUT && !format.equals("dbf")
                || CHECKSUMS.contains(format)
                || kind == Kind.LINES && LINES.contains(format)
                || read && kind != Kind.WOUNDED && format.equals("dbf");
    }

    /** Whole lines are left out, repeated or moved, blank ones put between, all ended otherwise. */
    private byte[] lines() {
        List<String> lines = new ArrayList<>(List.of(new String(whole, StandardCharsets.ISO_8859_1).split("(?<=\n)")));
        for (int times = random.nextInt(4); times >= 0 && !lines.isEmpty(); times--) {
            int at = random.nextInt(lines.size());
            switch (random.nextInt(5)) {
                case 0 -> lines.remove(at);
                case 1 -> lines.add(at, lines.get(random.nextInt(lines.size())));
                case 2 -> lines.add(random.nextInt(lines.size()), lines.remove(at));
                case 3 -> lines.add(at, "\n");
                default -> lines.replaceAll(line -> line.endsWith("\r\n") ? line : line.replace("\n", "\r\n"));
            }
        }
        return String.join("", lines).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A piece is left out, or comes twice. */
    private byte[] shifted() {
        int at = random.nextInt(whole.length);
        int until = Math.min(whole.length, at + 1 + random.nextInt(100));
        ByteArrayOutputStream made = new ByteArrayOutputStream();
        made.write(whole, 0, random.nextBoolean() ? at : until);
        made.write(whole, made.size() == at ? until : at, whole.length - (made.size() == at ? until : at));
        return made.toByteArray();
    }

    private byte[] wounded() {
        ByteArrayOutputStream made = new ByteArrayOutputStream();
        made.writeBytes(whole);
        for (int wound = random.nextInt(4); wound >= 0; wound--) {
            byte[] now = made.toByteArray();
            int at = random.nextInt(now.length + 1);
            int until = Math.min(now.length, at + random.nextInt(40));
            made.reset();
            made.write(now, 0, at);
            switch (random.nextInt(5)) {
                case 0 -> {
                    for (int index = at; index < until; index++) {
                        made.write(random.nextInt(256));
                    }
                }
                case 1 -> made.writeBytes(PIECES[random.nextInt(PIECES.length)].getBytes(StandardCharsets.UTF_8));
                case 2 -> {
                    for (int again = random.nextInt(200); again >= 0; again--) {
                        made.write(now, at, until - at);
                    }
                }
                case 3 -> made.write(now, 0, until);
                default -> {
                    // The piece between is left out.
                }
            }
            made.write(now, until, now.length - until);
        }
        return made.toByteArray();
    }

    /** True where the file was read to its end. */
    private boolean read(byte[] bytes, List<String> found) {
        try (Document document = profile.open("fuzz", new ByteArrayInputStream(bytes))) {
            while (document.hasNext()) {
                for (PosRecord record : document.translate(document.next()).records()) {
                    Sale sale = (Sale) record;
                    found.add(sale.key() + " " + sale.totalPaid() + " " + sale.soldAt() + " "
                            + (sale.customer() == null ? "" : sale.customer().id()));
                }
            }
            document.finish();
            return true;
        } catch (FileRejectedException refused) {
            return false;
        }
    }

    /** A profile of a format, by the name {@code fuzz}; {@code xlsx} too. */
    public static String profile(String format) {
        String paths = "columns: { No: No, At: At, Total: Total, Card: Card }";
        if (format.equals("set")) {
            return "vendor: fuzz\nformat: { type: csv, final-newline: required }\n"
                    + """
                    files:
                      on: No
                      parts:
                        heads: { file: fuzz|heads, leads: true, rows: one }
                        sums: { file: sums, rows: one }
                    time-zone: UTC
                    currency: GBP
                    records:
                      - kind: sale
                        sold-at: { from: heads.At, patterns: "yyyy-MM-dd HH:mm" }
                        total-paid: sums.Total
                        customer: { id: "{heads.Card}" }
                    """;
        }
        String settings =
                switch (format) {
                    case "csv" -> "type: csv, final-newline: required";
                    case "json-lines" -> "type: json-lines, final-newline: required, " + paths;
                    case "xlsx" -> "type: xlsx";
                    case "dbf" -> "type: dbf, encoding: utf-8";
                    case "fixed-width" ->
                        "type: fixed-width, final-newline: required, columns: { No: 1-6, At: 7-22, Total: 23-30, Card: 31-38 }";
                    case "json" -> "type: json, receipt: Sale, " + paths;
                    default -> "type: xml, receipt: Sale, " + paths;
                };
        return "vendor: fuzz\nformat: { " + settings + " }\n"
                + """
                time-zone: UTC
                currency: GBP
                records:
                  - kind: sale
                    key: "{No}"
                    sold-at: { from: At, patterns: "yyyy-MM-dd HH:mm" }
                    total-paid: Total
                    customer: { id: "{Card}" }
                """;
    }

    /** A whole file of it. */
    public static byte[] sample(String format) throws IOException {
        StringBuilder text = new StringBuilder();
        StringBuilder heads = new StringBuilder("No,At,Card\n");
        StringBuilder sums = new StringBuilder("No,Total\n");
        for (int number = 1; number <= RECEIPTS; number++) {
            String[] values = {"R-" + number, "2025-01-31 09:" + (10 + number), number + ".50", "C" + number + "01"};
            heads.append(values[0])
                    .append(',')
                    .append(values[1])
                    .append(',')
                    .append(values[3])
                    .append('\n');
            sums.append(values[0]).append(',').append(values[2]).append('\n');
            text.append(receipt(format, number, values));
        }
        if (format.equals("set")) {
            return zip(new String[] {"heads", "sums"}, new String[] {heads.toString(), sums.toString()});
        }
        if (format.equals("dbf")) {
            return table(text.toString());
        }
        String header = "No,At,Total,Card";
        String whole =
                switch (format) {
                    case "csv" -> header + "\n" + text;
                    case "json" -> "{\"Sale\":[" + text + "]}";
                    case "xml" -> "<Day>" + text + "</Day>";
                    default -> text.toString();
                };
        return format.equals("xlsx")
                ? workbook("<row r='1'>" + cells(1, header.split(",")) + "</row>" + text)
                : whole.getBytes(StandardCharsets.UTF_8);
    }

    /** One receipt as the format writes it; of a set, whose parts have one each, nothing. */
    private static String receipt(String format, int number, String... values) {
        return switch (format) {
            case "set" -> "";
            case "dbf", "fixed-width" ->
                (format.equals("dbf") ? " " : "")
                        + String.format("%-6s%-16s%8s%-8s", (Object[]) values)
                        + (format.equals("dbf") ? "" : "\n");
            case "csv" -> String.join(",", values) + "\n";
            case "xlsx" -> "<row r='" + (number + 1) + "'>" + cells(number + 1, values) + "</row>";
            case "xml" ->
                "<Sale kind=\"x\"><No>" + values[0] + "</No><At>" + values[1] + "</At><Total>" + values[2]
                        + "</Total><Card>" + values[3] + "</Card></Sale>\n";
            default ->
                (format.equals("json") && number > 1 ? "," : "") + "{\"No\":\"" + values[0] + "\",\"At\":\"" + values[1]
                        + "\",\"Total\":" + values[2] + ",\"Card\":\"" + values[3] + "\"}\n";
        };
    }

    private static String cells(int row, String... values) {
        StringBuilder cells = new StringBuilder();
        for (int index = 0; index < values.length; index++) {
            cells.append("<c r='").append((char) ('A' + index)).append(row).append("' t='inlineStr'><is><t>");
            cells.append(values[index]).append("</t></is></c>");
        }
        return cells.toString();
    }

    private static byte[] workbook(String rows) throws IOException {
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
                    "<workbook xmlns='" + main + "' xmlns:r='" + links
                            + "'><sheets><sheet name='A' sheetId='1' r:id='r1'/></sheets></workbook>");
            put(
                    zip,
                    "xl/_rels/workbook.xml.rels",
                    "<Relationships xmlns='" + packed + "'><Relationship Id='r1' Type='" + links
                            + "/worksheet' Target='worksheets/sheet1.xml'/><Relationship Id='r3' Type='" + links
                            + "/styles' Target='styles.xml'/></Relationships>");
            put(
                    zip,
                    "xl/styles.xml",
                    "<styleSheet xmlns='" + main + "'><cellXfs><xf numFmtId='0'/></cellXfs></styleSheet>");
            put(
                    zip,
                    "xl/worksheets/sheet1.xml",
                    "<worksheet xmlns='" + main + "'><sheetData>" + rows + "</sheetData></worksheet>");
        }
        return bytes.toByteArray();
    }

    private static byte[] zip(String[] names, String[] contents) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int index = 0; index < names.length; index++) {
                put(zip, names[index], contents[index]);
            }
        }
        return bytes.toByteArray();
    }

    /** A dBASE table of those records. */
    private static byte[] table(String records) {
        String[] names = {"No", "At", "Total", "Card"};
        int[] widths = {6, 16, 8, 8};
        ByteBuffer made =
                ByteBuffer.allocate(32 + 4 * 32 + 1 + records.length() + 1).order(ByteOrder.LITTLE_ENDIAN);
        made.put((byte) 3).put((byte) 126).put((byte) 1).put((byte) 31);
        made.putInt(RECEIPTS).putShort((short) (32 + 4 * 32 + 1)).putShort((short) 39);
        for (int index = 0; index < names.length; index++) {
            made.position(32 + index * 32);
            made.put(names[index].getBytes(StandardCharsets.US_ASCII));
            made.put(32 + index * 32 + 11, (byte) (index == 2 ? 'N' : 'C'));
            made.put(32 + index * 32 + 16, (byte) widths[index]);
        }
        made.position(32 + 4 * 32);
        made.put((byte) 0x0D).put(records.getBytes(StandardCharsets.US_ASCII)).put((byte) 0x1A);
        return made.array();
    }

    private static void put(ZipOutputStream zip, String name, String content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }
}
