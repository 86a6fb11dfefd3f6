import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Opens the console on a data folder as it is and asks for each page and document by turns; prints the first answer and the
 * median. {@code bench/run console --data-dir data --rounds 5 --customer mobile_447700900123 --phone 07700900123 --mail
 * somebody%40example.org}, of whom the last three are looked for. It judges nothing.
 */
public final class ConsoleBench {
    private static final List<String> QUESTIONS = List.of(
            "/", "/tonight/live", "/files/FILE", "/files/FILE?after=LATE", "/files/FILE?outcome=dead", "/dead-letters", "/dead-letters/LETTER", "/held", "/vendors",
            "/trace?q=KEY", "/trace?q=ORDER", "/trace?q=CUSTOMER", "/trace?q=PHONE", "/trace?q=MAIL", "/trace?q=nobody-of-that-name", "/trace?q=nobody%40example.org",
            "/trace?store=STORE&day=DAY&amount=TOTAL", "/trace?q=SHORT&store=STORE&day=DAY", "/trace?amount=TOTAL", "/report", "/report?by=business-date", "/report?by=store&by=kind", "/report?by=delivered-date",
            "/api/v1/status", "/api/v1/files", "/api/v1/files/FILE", "/api/v1/files/FILE/records?after=LATE", "/api/v1/dead-letters",
            "/api/v1/report", "/api/v1/report?by=business-date", "/api/v1/report?by=store&by=delivered-date");

    private final HttpClient client = HttpClient.newBuilder().cookieHandler(new CookieManager()).followRedirects(HttpClient.Redirect.NORMAL).build();
    private final String address;

    private final Process console;
    private final Map<String, String> options;

    private ConsoleBench(String address, Process console, Map<String, String> options) {
        this.console = console;
        this.options = options;
        this.address = address;
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i], arguments[i + 1]);
        }
        Path data = Path.of(options.getOrDefault("--data-dir", "data"));
        int port = Integer.parseInt(options.getOrDefault("--port", "24086"));
        int rounds = Integer.parseInt(options.getOrDefault("--rounds", "5"));
        Path key = data.resolve("console.key");
        Files.deleteIfExists(key);
        Process console = new ProcessBuilder(Path.of("posbridge").toAbsolutePath().toString(), "console", "--port", Integer.toString(port), "--data-dir", data.toString())
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        try {
            String address = "http://127.0.0.1:" + port;
            while (console.isAlive() && !isUp(address)) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            new ConsoleBench(address, console, options).measure(Files.readString(key).strip(), rounds);
            System.out.printf("console: %s kB resident%n", resident(console));
        } finally {
            console.destroy();
            console.waitFor();
        }
    }

    private static boolean isUp(String address) throws InterruptedException {
        try {
            HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(address + "/sign-in")).build(), HttpResponse.BodyHandlers.discarding());
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private void measure(String key, int rounds) throws Exception {
        get("/sign-in?key=" + key);
        String file = found(get("/api/v1/files?limit=1").body(), "\"id\" : (\\d+)");
        String records = get("/api/v1/files/" + file + "/records?limit=1").body();
        String first = found(records, "\"id\" : (\\d+)");
        Map<String, String> names = new LinkedHashMap<>(Map.of("CUSTOMER", options.getOrDefault("--customer", "somebody"),
                "PHONE", options.getOrDefault("--phone", "07700900999"), "MAIL", options.getOrDefault("--mail", "somebody%40example.org")));
        names.putAll(Map.of("FILE", file, "LATE", Long.toString(Long.parseLong(first) + 100_000), "KEY", text(records, "key"), "ORDER", text(records, "orderId"),
                "STORE", text(records, "store"), "DAY", text(records, "happenedAt").split("T")[0], "TOTAL", text(records, "amount"), "SHORT", text(records, "key"),
                "LETTER", found(get("/api/v1/dead-letters?limit=1").body(), "\"id\" : (\\d+)")));
        Map<String, List<Double>> took = new LinkedHashMap<>();
        Map<String, List<Double>> cpu = new LinkedHashMap<>();
        Map<String, Integer> bytes = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (String question : QUESTIONS) {
                String path = question;
                for (Map.Entry<String, String> name : names.entrySet()) {
                    path = path.replace(name.getKey(), name.getValue());
                }
                double before = cpuMillis();
                long began = System.nanoTime();
                HttpResponse<String> answer = get(path);
                took.computeIfAbsent(question, one -> new ArrayList<>()).add((System.nanoTime() - began) / 1e6);
                cpu.computeIfAbsent(question, one -> new ArrayList<>()).add(cpuMillis() - before);
                bytes.put(question, answer.body().length());
                if (answer.statusCode() != 200) {
                    System.out.println(path + ": " + answer.statusCode());
                }
            }
        }
        System.out.printf("%-42s %10s %10s %10s %10s%n", "page or document", "first ms", "median ms", "CPU ms", "bytes");
        took.forEach((question, all) -> System.out.printf("%-42s %10.0f %10.0f %10.0f %10d%n", question, all.get(0), median(all), median(cpu.get(question)), bytes.get(question)));
    }

    private static double median(List<Double> all) {
        double[] sorted = all.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Of the whole process, in hundredths of a second: on a busy machine it says more than the clock on the wall. */
    private double cpuMillis() throws IOException {
        String stat = Files.readString(Path.of("/proc/" + console.pid() + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return 10 * (Double.parseDouble(fields[11]) + Double.parseDouble(fields[12]));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create(address + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String found(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        return matcher.find() ? matcher.group(1) : "0";
    }

    private static String text(String document, String field) {
        return found(document, '"' + field + "\" : \"?([^\",]+)");
    }

    private static String resident(Process process) throws IOException {
        return found(Files.readString(Path.of("/proc/" + process.pid() + "/status")), "VmRSS:\\s+(\\d+)");
    }
}
