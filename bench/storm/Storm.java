import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Delivers one file at the documented quotas, with a storm of 503 in the middle, and watches quota use, answers 429, order
 * and memory. Needs nothing but a JDK and the built program:
 *
 * <pre>java bench/storm/Storm.java --sales 50000 --storm-after 20m --storm 10m</pre>
 *
 * Without a storm ({@code --storm 0m}) it is the endurance run of the quotas.
 */
public final class Storm {
    private static final Pattern TIME = Pattern.compile("(\\d+)(s|m)");
    private static final int CUSTOMERS = 2_000;
    private static final Duration TICK = Duration.ofSeconds(30);

    private final Path home = Path.of("").toAbsolutePath();
    private final Path work = Files.createTempDirectory("posbridge-storm");
    private final HttpClient client = HttpClient.newHttpClient();
    private final Options options;
    private String sandbox;

    private Storm(String[] arguments) throws IOException {
        options = new Options(
                arguments, Set.of("--sales", "--storm-after", "--storm-at", "--storm", "--share", "--set", "--header"));
    }

    public static void main(String[] arguments) throws Exception {
        System.exit(new Storm(arguments).run() ? 0 : 1);
    }

    private boolean run() throws Exception {
        int sales = (int) options.number("--sales", 50_000);
        Duration after = time(options.text("--storm-after", "20m"));
        Duration storm = time(options.text("--storm", "10m"));
        String share = options.text("--share", "80%");
        double perSecond = 12.0 * Integer.parseInt(share.replace("%", "")) / 100;
        Process stand = start("sandbox", "sandbox", "--port", "0", "--quotas", "documented");
        try {
            sandbox = address(stand);
            Path file = write(sales);
            List<String> command = new ArrayList<>(List.of("ingest", "--vendor", "generic-csv", "--data-dir", work.resolve("data").toString(),
                    "--set", "posbridge.gameball.url=" + sandbox, "--set", "posbridge.account.quota-share=" + share,
                    "--set", "posbridge.account.currency=GBP", "--timeout", "10h", "--json", file.toString()));
            options.words("--set").forEach(setting -> command.addAll(List.of("--set", setting)));
            Process ingest = start("ingest", command.toArray(String[]::new));
            watch(ingest, after, storm, perSecond, sales);
            System.out.println("ingest ended with " + ingest.exitValue() + ", data in " + work);
            return ingest.exitValue() == 0 && verdict(sales);
        } finally {
            stand.destroy();
        }
    }

    private void watch(Process ingest, Duration after, Duration storm, double perSecond, int sales) throws Exception {
        long began = System.nanoTime();
        boolean stormy = false;
        boolean over = storm.isZero();
        long calm = 0;
        long calmOrders = 0;
        long lastOrders = 0;
        long lastTime = began;
        System.out.println("minute  orders  rate/s  of our share  429  503  resident MB");
        long at = options.number("--storm-at", Long.MAX_VALUE);
        Duration stormBegan = Duration.ZERO;
        while (!ingest.waitFor(100, TimeUnit.MILLISECONDS)) {
            long now = System.nanoTime();
            Duration passed = Duration.ofNanos(now - began);
            String state = send("GET", "/sandbox/state", null);
            long orders = number(state, "orders");
            if (!stormy && !over && (passed.compareTo(after) > 0 || orders >= at)) {
                send("POST", "/sandbox/faults", "{\"kind\":\"error\",\"status\":503,\"rate\":1.0}");
                stormy = true;
                stormBegan = passed;
                System.out.printf("the storm begins after %d orders%n", orders);
            } else if (stormy && passed.compareTo(stormBegan.plus(storm)) > 0) {
                send("DELETE", "/sandbox/faults", "");
                stormy = false;
                over = true;
            }
            if (now - lastTime < TICK.toNanos()) {
                continue;
            }
            double rate = (orders - lastOrders) * 1e9 / (now - lastTime);
            System.out.printf("%6.1f %7d %7.2f %12.1f%% %4d %4d %8d%s%n", passed.toSeconds() / 60.0, orders, rate, 100 * rate / perSecond,
                    number(state, "429"), number(state, "503"), resident(ingest), stormy ? "  storm" : "");
            if (!stormy && passed.toSeconds() > 60 && orders < sales - 500 && rate > 0.5 * perSecond) {
                calm += now - lastTime;
                calmOrders += orders - lastOrders;
            }
            lastOrders = orders;
            lastTime = now;
        }
        System.out.printf("share of our quota used while work waited and no storm blew: %.1f%%%n",
                100.0 * calmOrders / (calm / 1e9) / perSecond);
    }

    private boolean verdict(int sales) throws Exception {
        String state = send("GET", "/sandbox/state", null);
        long disorder = 0;
        Map<String, String> last = new HashMap<>();
        for (String line : send("GET", "/sandbox/orders", null).split("\n")) {
            if (!line.isBlank()) {
                String customer = text(line, "customerId");
                String date = text(line, "orderDate");
                disorder += date.compareTo(last.getOrDefault(customer, "")) < 0 ? 1 : 0;
                last.put(customer, date);
            }
        }
        System.out.println("orders " + number(state, "orders") + ", out of order " + disorder + ", answers 429: " + number(state, "429")
                + ", repeats " + number(state, "repeatedOrders"));
        return number(state, "orders") == sales && disorder == 0 && number(state, "429") == 0;
    }

    private Path write(int sales) throws IOException {
        Path file = work.resolve("storm.csv");
        StringBuilder text = new StringBuilder(options.text("--header", "kind,id,customer_id,occurred_at,total") + "\n");
        LocalDateTime time = LocalDateTime.of(2026, 1, 1, 8, 0);
        for (int sale = 0; sale < sales; sale++) {
            text.append("sale,R").append(sale).append(",c").append(sale % CUSTOMERS).append(',')
                    .append(time.plusSeconds(sale).format(DateTimeFormatter.ISO_LOCAL_DATE_TIME)).append("Z,")
                    .append(1 + sale % 90).append(".50\n");
        }
        Files.writeString(file, text, StandardCharsets.UTF_8);
        return file;
    }

    private Process start(String log, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(home.resolve("posbridge").toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(work.resolve(log + ".log").toFile())
                .start();
    }

    private String address(Process stand) throws Exception {
        Pattern address = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");
        for (int look = 0; look < 200 && stand.isAlive(); look++) {
            Matcher matcher = address.matcher(Files.readString(work.resolve("sandbox.log")));
            if (matcher.find()) {
                return matcher.group();
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        throw new IllegalStateException("the sandbox does not start, see " + work);
    }

    private String send(String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(sandbox + path))
                .header("Content-Type", "application/json")
                .method(method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private static long resident(Process process) throws IOException {
        Path status = Path.of("/proc/" + process.pid() + "/status");
        if (!Files.exists(status)) {
            return 0;
        }
        Matcher matcher = Pattern.compile("VmRSS:\\s+(\\d+) kB").matcher(Files.readString(status));
        return matcher.find() ? Long.parseLong(matcher.group(1)) / 1024 : 0;
    }

    private static Duration time(String text) {
        Matcher matcher = TIME.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(text + ": expected a time such as 90s or 10m");
        }
        long number = Long.parseLong(matcher.group(1));
        return matcher.group(2).equals("s") ? Duration.ofSeconds(number) : Duration.ofMinutes(number);
    }

    private static String text(String json, String field) {
        Matcher matcher = Pattern.compile("\"" + field + "\":\"?([^\",}]*)").matcher(json);
        return matcher.find() ? matcher.group(1) : null;
    }

    private static long number(String json, String field) {
        String text = text(json, field);
        return text == null ? 0 : Long.parseLong(text);
    }
}
