import java.io.BufferedWriter;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Measures whole processes: the built program and the peers of {@code bench/peers}, each against a sandbox of its own in
 * another process, by turns; prints medians. {@code bench/run speed --rows 200000 --customers 40000 --rounds 5}.
 */
public final class Bench {
    private static final Pattern NUMBER = Pattern.compile("\"([^\"]+)\":(\\d+)");
    private static final String ON_POSTGRES = "-postgresql";

    private final Path home = Path.of("").toAbsolutePath();
    private final Path work = Files.createTempDirectory("posbridge-speed");
    private final Map<String, String> options;
    private long rows;
    /** Started with the first contender whose ledger lies there. */
    private PostgresServer postgres;

    /** One run of one contender. */
    private record Run(double wall, double cpu, double sandboxCpu, double residentMegabytes, long calls, long orders, long statements) {}

    private Bench(Map<String, String> options) throws IOException {
        this.options = options;
        this.rows = Long.parseLong(options.getOrDefault("--rows", "200000"));
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i], arguments[i + 1]);
        }
        Bench bench = new Bench(options);
        try {
            bench.run();
        } finally {
            if (bench.postgres != null) {
                bench.postgres.close();
            }
        }
    }

    private void run() throws Exception {
        int rounds = Integer.parseInt(options.getOrDefault("--rounds", "5"));
        Path file = options.containsKey("--nights")
                ? days(Path.of(options.get("--nights")), Integer.parseInt(options.getOrDefault("--days", "305")))
                : write(Integer.parseInt(options.getOrDefault("--customers", Long.toString(rows / 5))));
        if (file == null) {
            System.out.println(options.get("--nights") + ": found no *.csv, expected the days of a shop. Nothing was measured.");
            return;
        }
        Map<String, List<Run>> runs = new LinkedHashMap<>();
        List<String> contenders = List.of(options.getOrDefault("--contenders", "posbridge-batch,intake,node-batch").split(","));
        for (int round = 1; round <= rounds; round++) {
            for (String contender : contenders) {
                Run run = measure(contender, file, round);
                runs.computeIfAbsent(contender, key -> new ArrayList<>()).add(run);
                System.out.printf("round %d %-27s %6.1f s, %6.1f s CPU, %d orders, %d calls, %d statements%n", round, contender, run.wall(), run.cpu(), run.orders(), run.calls(), run.statements());
            }
        }
        System.out.printf("%n%d rows, medians of %d rounds by turns%n", rows, rounds);
        System.out.printf("%-27s %8s %9s %11s %14s %9s %8s %9s %11s%n", "contender", "wall s", "rows/s", "CPU us/row", "sandbox us/row", "peak MB", "calls", "orders", "statements");
        runs.forEach((contender, its) -> System.out.printf(
                "%-27s %8.1f %9.0f %11.1f %14.1f %9.0f %8.0f %9.0f %11.0f%n",
                contender,
                median(its, Run::wall),
                rows / median(its, Run::wall),
                median(its, Run::cpu) * 1e6 / rows,
                median(its, Run::sandboxCpu) * 1e6 / rows,
                median(its, Run::residentMegabytes),
                median(its, Run::calls),
                median(its, Run::orders),
                median(its, Run::statements)));
    }

    private Run measure(String contender, Path file, int round) throws Exception {
        int port = freePort();
        Watched sandbox = new Watched(start("sandbox.log", Map.of("POSBRIDGE_JAVA_OPTS", "-Xmx1500m"), home.resolve("posbridge").toString(),
                "sandbox", "--port", Integer.toString(port), "--quotas", options.getOrDefault("--quotas", "off"),
                "--job-latency", options.getOrDefault("--job-latency", "0ms")));
        String url = "http://127.0.0.1:" + port;
        try {
            awaitUp(url);
            sandbox.look();
            double before = sandbox.cpu();
            long began = System.nanoTime();
            Path statements = work.resolve("statements");
            Files.deleteIfExists(statements);
            Watched contestant = new Watched(start(contender + ".log", Map.of("POSBRIDGE_JAVA_OPTS",
                    "-Dposbridge.statements=" + statements + " " + options.getOrDefault("--java", "")), command(contender, file, url, round)));
            while (!contestant.process().waitFor(20, TimeUnit.MILLISECONDS)) {
                contestant.look();
            }
            double wall = (System.nanoTime() - began) / 1e9;
            sandbox.look();
            Map<String, Long> state = numbers(get(url + "/sandbox/state"));
            long calls = state.entrySet().stream().filter(entry -> entry.getKey().matches("(GET|POST|DELETE) .*")).mapToLong(Map.Entry::getValue).sum();
            return new Run(wall, contestant.cpu(), sandbox.cpu() - before, contestant.megabytes(), calls, state.getOrDefault("orders", -1L),
                    Files.exists(statements) ? Long.parseLong(Files.readAllLines(statements).get(0)) : 0);
        } finally {
            sandbox.process().destroy();
            sandbox.process().waitFor();
        }
    }

    /** Each run has a database of its own, as the others have a file. */
    private List<String> ledger(String contender, int round) throws Exception {
        if (postgres == null) {
            postgres = new PostgresServer(options.get("--postgres"), freePort());
        }
        String database = (contender + round).replace('-', '_');
        postgres.create(database);
        return PostgresServer.settings(postgres.port(), database).stream().flatMap(pair -> Stream.of("--set", pair)).toList();
    }

    private String[] command(String contender, Path file, String url, int round) throws Exception {
        List<String> ours = new ArrayList<>(List.of(home.resolve("posbridge").toString(), "ingest", "--vendor", options.getOrDefault("--profile", "generic-csv"), file.toString(),
                "--data-dir", work.resolve(contender + round).toString(), "--quiet", "--set", "posbridge.gameball.url=" + url,
                "--set", "posbridge.gameball.quotas=" + options.getOrDefault("--quotas", "off"), "--set", "posbridge.account.currency=GBP"));
        boolean onPostgres = contender.endsWith(ON_POSTGRES);
        if (onPostgres) {
            ours.addAll(ledger(contender, round));
        }
        switch (onPostgres ? contender.substring(0, contender.length() - ON_POSTGRES.length()) : contender) {
            case "posbridge-batch" -> ours.addAll(List.of("--set", "posbridge.delivery.mode=auto"));
            case "posbridge-single" -> ours.addAll(List.of("--set", "posbridge.delivery.mode=single"));
            case "intake" -> ours.addAll(List.of("--wait", "stored"));
            case "node-batch" -> ours = List.of("node", home.resolve("bench/peers/node/batch.js").toString(), file.toString(), url);
            case "camel-single" -> ours = List.of("java", "-Xmx256m", "-XX:+UseSerialGC", "-cp", home.resolve("bench/peers/camel/target") + "/camel-peer.jar:"
                    + home.resolve("bench/peers/camel/target/lib") + "/*", "peer.TextbookRoute", file.toString(), url);
            default -> throw new IllegalArgumentException(contender + ": expected posbridge-batch, posbridge-single or intake, each also with " + ON_POSTGRES + ", node-batch or camel-single");
        }
        return ours.toArray(String[]::new);
    }

    private Process start(String log, Map<String, String> environment, String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(work.resolve(log).toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    /**
     * As many days of a shop as are wanted, made of those that are there ({@code 2010-12-01.csv}, ...; invoice first, a time somewhere):
     * other dates, other invoices, the same customers and goods.
     *
     * @return their folder, or null where there are none
     */
    private Path days(Path nights, int days) throws IOException {
        List<Path> there = new ArrayList<>();
        if (Files.isDirectory(nights)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(nights, "*.csv")) {
                files.forEach(there::add);
            }
        }
        if (there.isEmpty()) {
            return null;
        }
        Collections.sort(there);
        Path folder = Files.createDirectory(work.resolve("nights"));
        LocalDate first = LocalDate.of(2011, 1, 1);
        rows = 0;
        for (int day = 0; day < days; day++) {
            Path from = there.get(day % there.size());
            String date = first.plusDays(day).toString();
            String was = from.getFileName().toString().replace(".csv", "");
            List<String> lines = Files.readAllLines(from);
            try (BufferedWriter out = Files.newBufferedWriter(folder.resolve(date + ".csv"))) {
                out.write(lines.get(0) + '\n');
                for (String line : lines.subList(1, lines.size())) {
                    out.write(renumbered(line, day / there.size()).replace(was, date) + '\n');
                }
            }
            rows += lines.size() - 1;
        }
        return folder;
    }

    /** Another invoice, credit notes too, for each time around. */
    private static String renumbered(String line, int round) {
        int end = line.indexOf(',');
        int begin = Character.isDigit(line.charAt(0)) ? 0 : 1;
        return line.substring(0, begin) + (Long.parseLong(line.substring(begin, end)) + 10_000L * round) + line.substring(end);
    }

    /** The same rows for the same number of rows and customers, always. */
    private Path write(int customers) throws IOException {
        Random random = new Random(1);
        Path file = work.resolve("night.csv");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("kind,id,occurred_at,store_id,mobile,total,product_id,title,quantity,unit_price\n");
            for (long row = 0; row < rows; row++) {
                long cents = 100 + random.nextInt(20_000);
                String price = String.format("%d.%02d", cents / 100, cents % 100);
                out.write(String.format("sale,R%08d,2026-01-31 %02d:%02d:%02d,%d,077%08d,%s,SKU%d,Tea and biscuits,1,%s%n", row, 8 + row * 12 / rows,
                        row / 60 % 60, row % 60, row % 50, 10_000_000 + random.nextInt(customers), price, row % 977, price));
            }
        }
        return file;
    }

    private static void awaitUp(String url) throws Exception {
        for (int look = 0; look < 1200; look++) {
            try {
                get(url + "/sandbox/state");
                return;
            } catch (IOException notYet) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
        throw new IllegalStateException("the sandbox does not start");
    }

    private static String get(String url) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString()).body();
    }

    private static Map<String, Long> numbers(String json) {
        Map<String, Long> numbers = new LinkedHashMap<>();
        Matcher matcher = NUMBER.matcher(json);
        while (matcher.find()) {
            numbers.putIfAbsent(matcher.group(1), Long.valueOf(matcher.group(2)));
        }
        return numbers;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static double median(List<Run> runs, ToDoubleFunction<Run> of) {
        double[] sorted = runs.stream().mapToDouble(of).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
