import java.io.BufferedWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * A wrong night was delivered, is taken back and sent as it should have been, with {@code kill -9} in the middle; then goods of
 * it are returned: {@code bench/run correct --orders 40000 --kills 2}. bench/README.md lists the options. Ends with 0 only if
 * every order was taken back once and sent once, the money is right to the cent and later returns reached what stands for the
 * order.
 */
public final class Correct {
    private static final Set<String> KNOWN =
            Set.of("--orders", "--kills", "--returns", "--latency", "--quotas", "--set", "--java", "--class-path");
    private static final String HEADER = "kind,id,occurred_at,store_id,customer_id,total,product_id,quantity,unit_price,original_id\n";
    private static final String VENDOR = "generic-csv";

    private final Lab lab;
    private final int orders;
    private final int kills;
    /** One in so many is returned in part: before the correction, and another one after it. */
    private final int returns;

    private Correct(Options options) throws IOException {
        lab = new Lab("correct", options.text("--class-path", null)).with(options.text("--java", ""));
        orders = (int) options.number("--orders", 40_000);
        kills = (int) options.number("--kills", 2);
        returns = (int) options.number("--returns", 100);
        lab.set(List.of("posbridge.account.name=bench", "posbridge.account.environment=test", "posbridge.account.currency=GBP",
                "posbridge.gameball.quotas=" + options.text("--quotas", "off")));
        lab.set(options.words("--set"));
    }

    public static void main(String[] arguments) throws Exception {
        Options options = new Options(arguments, KNOWN);
        System.exit(new Correct(options).run(options) ? 0 : 1);
    }

    private boolean run(Options options) throws Exception {
        try (lab) {
            lab.startSandbox(List.of("--quotas", options.text("--quotas", "off").equals("off") ? "off" : "documented", "--latency",
                    options.text("--latency", "0ms")));
            System.out.printf("%d orders, %d kills, data in %s%n", orders, kills, lab.work);
            Path wrong = write("wrong.csv", order -> sale(order, 100) + returned(order, 0, "early", 100));
            Path fixed = write("fixed.csv", order -> sale(order, 1) + returned(order, 0, "early", 100));
            Path late = write("late.csv", order -> returned(order, 1, "late", 1));
            timed("wrong night delivered", "ingest", "--vendor", VENDOR, wrong.toString());
            check("delivered wrong", money(100).subtract(early()));
            String[] correct = {"correct", "--file", "wrong.csv", "--with", fixed.toString(), "--reason", "pence"};
            long began = System.nanoTime();
            for (int kill = 1; kill <= kills; kill++) {
                killed((long) orders * kill / (kills + 1), correct);
            }
            timed("last life of the correction", correct);
            System.out.printf("%-34s %.1f s%n", "corrected, with the kills", seconds(began));
            timed("later returns", "ingest", "--vendor", VENDOR, late.toString());
            return judge();
        }
    }

    /** Ends it once the sandbox has so many refunds. */
    private void killed(long refunds, String... command) throws Exception {
        Process process = lab.command("", command);
        while (process.isAlive() && Long.parseLong(Comparison.text(lab.get("state"), "refunds")) < refunds) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        boolean inTheMiddle = process.isAlive();
        process.destroyForcibly().waitFor();
        System.out.printf("%-34s %s refunds there%n", inTheMiddle ? "killed in the middle" : "ended before it was killed",
                Comparison.text(lab.get("state"), "refunds"));
    }

    private void timed(String what, String... command) throws Exception {
        long began = System.nanoTime();
        Process process = lab.command("", command);
        int exit = process.waitFor();
        System.out.printf("%-34s %.1f s, exit %d%n", what, seconds(began), exit);
        if (exit != 0) {
            throw new IllegalStateException(what + " ended with " + exit + ", see " + lab.log(command[0]));
        }
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    private Path write(String name, IntFunction<String> rows) throws IOException {
        Path file = lab.work.resolve(name);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write(HEADER);
            for (int order = 0; order < orders; order++) {
                out.write(rows.apply(order));
            }
        }
        return file;
    }

    /** In pence: odd amounts, so that nothing is right by chance. */
    private static long pence(int order) {
        return 137 + order * 31L % 4_000;
    }

    private String sale(int order, int times) {
        String total = BigDecimal.valueOf(pence(order) * times, 2).toPlainString();
        return "sale,S" + order + ",2026-01-30T12:00:00Z,07,c" + order % 9_000 + ',' + total + ",A," + 1 + ',' + total + ",\n";
    }

    /** A penny of it, so many times. */
    private String returned(int order, int rest, String name, int times) {
        String total = BigDecimal.valueOf(times, 2).toPlainString();
        return order % returns != rest
                ? ""
                : "refund," + name + order + ",2026-01-31T12:00:00Z,07,c" + order % 9_000 + ',' + total + ",,,,S" + order + '\n';
    }

    private BigDecimal money(int times) {
        long sum = 0;
        for (int order = 0; order < orders; order++) {
            sum += pence(order) * times;
        }
        return BigDecimal.valueOf(sum, 2);
    }

    private long returnedOnes(int rest) {
        return (orders - rest + returns - 1) / returns;
    }

    /** A pound each. */
    private BigDecimal early() {
        return BigDecimal.valueOf(returnedOnes(0));
    }

    private boolean check(String what, Object expected, Object found) {
        boolean well = expected instanceof BigDecimal money ? money.compareTo((BigDecimal) found) == 0 : expected.equals(found);
        System.out.printf("%-34s %s%s%n", what, found, well ? "" : ", expected " + expected + "  WRONG");
        return well;
    }

    private boolean check(String what, BigDecimal expected) throws Exception {
        String state = lab.get("state");
        return check(what, expected, new BigDecimal(Comparison.text(state, "totalPaid")).subtract(new BigDecimal(Comparison.text(state, "totalRefunded"))));
    }

    private boolean judge() throws Exception {
        Map<String, BigDecimal> left = new HashMap<>();
        Map<String, Integer> times = new HashMap<>();
        try (Stream<String> lines = lab.lines("orders")) {
            lines.forEach(line -> {
                String id = Comparison.text(line, "orderId");
                left.put(id, new BigDecimal(Comparison.text(line, "totalPaid")).subtract(new BigDecimal(Comparison.text(line, "refunded"))));
                times.merge(id, 1, Integer::sum);
            });
        }
        List<String> odd = new ArrayList<>();
        for (int order = 0; order < orders; order++) {
            long pence = pence(order) - (order % returns == 0 ? 100 : order % returns == 1 ? 1 : 0);
            expect(odd, left, VENDOR + "-S" + order, 0);
            expect(odd, left, VENDOR + "-S" + order + "~2", pence);
        }
        String report = lab.report().replaceAll("\\s", "");
        String all = report.substring(report.lastIndexOf("\"outcomes\""));
        BigDecimal net = money(1).subtract(early()).subtract(BigDecimal.valueOf(returnedOnes(1), 2));
        String state = lab.get("state");
        boolean well = check("orders", 2L * orders, Long.parseLong(Comparison.text(state, "orders")));
        // Taken back: each order once; what was returned early is returned of the corrected one again; then the late ones.
        well &= check("refunds", orders + 2 * returnedOnes(0) + returnedOnes(1), Long.parseLong(Comparison.text(state, "refunds")));
        well &= check("orders held twice", 0L, times.values().stream().filter(count -> count > 1).count());
        System.out.printf("%-34s %s orders, %s refunds%n", "offered again and refused", Comparison.text(state, "repeatedOrders"),
                Comparison.text(state, "repeatedRefunds"));
        well &= check("money", net);
        well &= check("orders with other money", 0, odd.size());
        odd.stream().limit(10).forEach(line -> System.out.println("    " + line));
        for (String word : List.of("dead", "held", "pending", "parked")) {
            well &= check(word, 0L, Long.parseLong(Comparison.text(all, word)));
        }
        System.out.println(well ? "all right" : "WRONG");
        return well;
    }

    private static void expect(List<String> odd, Map<String, BigDecimal> left, String id, long pence) {
        BigDecimal found = left.get(id);
        if (found == null || found.compareTo(BigDecimal.valueOf(pence, 2)) != 0) {
            odd.add(id + ": " + found + ", expected " + BigDecimal.valueOf(pence, 2));
        }
    }
}
