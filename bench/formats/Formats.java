import com.sun.management.OperatingSystemMXBean;
import de.siegmar.fastcsv.reader.CsvReader;
import dev.posbridge.vendor.Document;
import dev.posbridge.vendor.Profile;
import dev.posbridge.vendor.Profiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** How fast files become records, on one core, beside FastCSV alone on the same bytes; see bench/README.md. */
public final class Formats {
    private static final String RULES =
            """
            time-zone: UTC
            currency: GBP
            records:
              - kind: sale
                WHEN
                key: "{No}"
                sold-at: { from: At, patterns: "yyyy-MM-dd'T'HH:mm:ss" }
                total-paid: Total
                customer: { id: "{Card}" }
            """;

    private static final OperatingSystemMXBean MACHINE =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private Formats() {}

    public static void main(String[] arguments) throws IOException {
        int rows = arguments.length > 1 && arguments[0].equals("--rows") ? Integer.parseInt(arguments[1]) : 400_000;
        if (arguments.length != 0 && arguments.length != 2) {
            System.err.println("bench/run formats: expected --rows N. See bench/README.md.");
            System.exit(2);
        }
        byte[] csv = csv(rows);
        double alone = 0;
        for (int round = 0; round < 6; round++) {
            alone = Math.max(alone, rows / seconds(() -> {
                try (var reader = CsvReader.builder().ofCsvRecord(new String(csv, StandardCharsets.UTF_8))) {
                    reader.forEach(row -> {});
                }
            }));
        }
        System.out.printf(Locale.ROOT, "FastCSV alone       %,12.0f rows/s%n", alone);
        String plain = RULES.replace("WHEN", "when: \"row.Kind == 'S'\"");
        String cel = RULES.replace(
                "WHEN", "when: \"row.Kind.size() == 1 && row.Shop.size() < 9 && row.Card.size() + row.No.size() > 3\"");
        boolean held = row("csv, plain columns", "{ type: csv }", plain, csv, rows, alone, 400_000);
        held &= row("csv, CEL", "{ type: csv }", cel, csv, rows, alone, 150_000);
        held &= size("json-lines", paths("json-lines", ""), plain, json(rows), 60);
        held &= size("xml", paths("xml", "receipt: Sale, "), plain, xml(rows), 40);
        System.exit(held ? 0 : 3);
    }

    private static String paths(String type, String receipt) {
        return "{ type: " + type + ", " + receipt
                + "columns: { No: No, At: At, Total: Total, Card: Card/Number, Kind: Kind, Shop: Shop } }";
    }

    private static boolean row(
            String what, String format, String rules, byte[] bytes, int rows, double alone, double wanted)
            throws IOException {
        double found = rows / best(format, rules, bytes, rows);
        System.out.printf(
                Locale.ROOT, "%-19s %,12.0f rows/s, %.2f of FastCSV (wanted %,.0f)%n", what, found, found / alone, wanted);
        return found >= wanted;
    }

    private static boolean size(String what, String format, String rules, byte[] bytes, double wanted) throws IOException {
        double found = bytes.length / 1e6 / best(format, rules, bytes, -1);
        System.out.printf(Locale.ROOT, "%-19s %,12.1f MB/s (wanted %,.0f)%n", what, found, wanted);
        return found >= wanted;
    }

    private static double best(String format, String rules, byte[] bytes, int rows) throws IOException {
        Path folder = Files.createTempDirectory("posbridge-bench");
        Files.writeString(folder.resolve("bench.yaml"), "vendor: bench\nformat: " + format + "\n" + rules);
        Profile profile = Profiles.in(folder).named("bench");
        double best = Double.MAX_VALUE;
        for (int round = 0; round < 8; round++) {
            best = Math.min(best, seconds(() -> {
                long made = 0;
                try (Document document = profile.open("bench", new ByteArrayInputStream(bytes))) {
                    while (document.hasNext()) {
                        made += document.translate(document.next()).records().size();
                    }
                    document.finish();
                }
                if (rows >= 0 && made != rows) {
                    throw new IllegalStateException("made " + made + " records of " + rows + " rows");
                }
            }));
        }
        return best;
    }

    private interface Work {
        void run() throws IOException;
    }

    /** Of CPU, of all threads: on one core it is what the clock would show, and other work on the machine does not count. */
    private static double seconds(Work work) throws IOException {
        long before = MACHINE.getProcessCpuTime();
        work.run();
        return (MACHINE.getProcessCpuTime() - before) / 1e9;
    }

    private static byte[] csv(int rows) {
        StringBuilder text = new StringBuilder("No,Shop,Kind,At,Card,Total,Text\n");
        for (int row = 0; row < rows; row++) {
            text.append("R-").append(row).append(",7,S,2025-01-31T09:15:").append(10 + row % 50).append(",C-")
                    .append(row % 5000).append(',').append(row % 90).append(".50,something sold\n");
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] json(int rows) {
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < rows / 2; row++) {
            text.append("{\"No\":\"R-").append(row).append("\",\"Shop\":7,\"Kind\":\"S\",\"At\":\"2025-01-31T09:15:")
                    .append(10 + row % 50).append("\",\"Card\":{\"Number\":\"C-").append(row % 5000)
                    .append("\",\"Level\":\"gold\"},\"Total\":").append(row % 90).append(".50,\"Lines\":[");
            for (int line = 0; line < 4; line++) {
                text.append(line == 0 ? "" : ",").append("{\"Sku\":\"A-").append(line)
                        .append("\",\"Quantity\":1,\"Price\":1.25,\"Text\":\"something that is sold\"}");
            }
            text.append("]}\n");
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] xml(int rows) {
        StringBuilder text = new StringBuilder("<Day>");
        for (int row = 0; row < rows / 4; row++) {
            text.append("<Sale><No>R-").append(row).append("</No><Shop>7</Shop><Kind>S</Kind><At>2025-01-31T09:15:")
                    .append(10 + row % 50).append("</At><Card><Number>C-").append(row % 5000)
                    .append("</Number></Card><Total>").append(row % 90).append(".50</Total>");
            for (int line = 0; line < 6; line++) {
                text.append("<Line entry=\"scanned\"><Sku>A-").append(line)
                        .append("</Sku><Quantity>1</Quantity><Price>1.25</Price><Text>something sold</Text></Line>");
            }
            text.append("</Sale>");
        }
        return text.append("</Day>").toString().getBytes(StandardCharsets.UTF_8);
    }
}
