import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Exchanger;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * Stands between the service and the sandbox, and does to answers what no server should. It never makes up a refusal or a
 * success that the sandbox did not say of that very call, for then nobody could keep books; all else is allowed. It also
 * looks at what the service sends: only Gameball's calls, with our keys. Thread-safe.
 */
final class HostileProxy implements AutoCloseable {
    /** Everything that goes wrong; those with UNSENT keep the call from the sandbox. */
    enum Trick {
        CUT, RESET, SLOW, ENDLESS_BODY, ENDLESS_LINE, ENDLESS_HEADERS, ENDLESS_BEGINNINGS, DOUBLED, SHUFFLED, FOREIGN, WRONG_TYPE,
        PACKED, BOMB, PACKED_LIE, DEEP, HUGE_NUMBER, WRONG_LENGTH, FAILING, EMPTY, LATER,
        CLOSED_UNSENT, SILENT_UNSENT, FAILING_UNSENT, FOREIGN_UNSENT, REDIRECT_UNSENT, PAGE_UNSENT
    }

    private static final Pattern ALLOWED = Pattern.compile("/api/v4\\.\\d/integrations/[A-Za-z0-9/._~%+-]+(\\?[A-Za-z0-9=&_%-]*)?");
    private static final Pattern CUSTOMER = Pattern.compile("\"customerId\":\"([^\"]*)\"");
    private static final int MOST_KEPT = 20;
    private static final int PATIENCE_MILLIS = 2_500;
    private static final int MOST_SENT = 64 << 20;
    /** An address that is not right stops delivery for a while: seldom, or nothing would ever be delivered. */
    private static final int SELDOM = 40;

    private final String sandbox;
    private final String apiKey;
    private final String secretKey;
    private final ServerSocket server;
    private final ServerSocket trap;
    private final HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Random random;
    private final Map<String, Queue<Call>> earlier = new ConcurrentHashMap<>();
    private final Map<String, Exchanger<byte[]>> meetings = new ConcurrentHashMap<>();
    private final Map<Trick, AtomicLong> played = new ConcurrentHashMap<>();
    private final AtomicLong calls = new AtomicLong();
    private final List<String> findings = new ArrayList<>();
    private volatile double rate;
    private volatile List<Trick> only = List.of(Trick.values());

    /** @param body of the answer, as the sandbox gave it */
    private record Call(String method, String path, String request, int status, byte[] body) {
        String kind() {
            return method + ' ' + path.replaceAll(".*/integrations/", "").replaceAll("(customers|orders|batches|hold)/[^/]+", "$1/x");
        }
    }

    HostileProxy(String sandbox, String apiKey, String secretKey, Random random) throws IOException {
        this.sandbox = sandbox;
        this.apiKey = apiKey;
        this.secretKey = secretKey;
        this.random = random;
        this.server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        this.trap = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        listen(server, this::serve);
        listen(trap, victim -> {
            found("somebody followed an answer or a header to the trap");
            victim.close();
        });
    }

    String uri() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** Where nobody may ever come. */
    String trap() {
        return "http://127.0.0.1:" + trap.getLocalPort();
    }

    /** @param share of calls that something is done to; 0 for a proxy as it should be */
    void hostile(double share) {
        rate = share;
    }

    void only(List<Trick> tricks) {
        only = tricks;
    }

    List<String> findings() {
        synchronized (findings) {
            return List.copyOf(findings);
        }
    }

    String summary() {
        Map<Trick, AtomicLong> sorted = new TreeMap<>(played);
        return calls + " calls, " + sorted;
    }

    private void found(String what) {
        synchronized (findings) {
            if (findings.size() < MOST_KEPT) {
                findings.add(what);
            }
        }
    }

    private void serve(Socket socket) throws Exception {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 65_536);
            while (one(in, out, socket)) {
                out.flush();
            }
            out.flush();
        }
    }

    /** @return whether the connection may be used again */
    private boolean one(InputStream in, OutputStream out, Socket socket) throws Exception {
        String head = head(in);
        if (head == null) {
            return false;
        }
        byte[] body = in.readNBytes(Integer.parseInt(header(head, "content-length", "0")));
        String[] words = head.lines().findFirst().orElse("").split(" ");
        look(head, words);
        calls.incrementAndGet();
        Trick trick = trick(words[1]);
        if (trick != null) {
            played.computeIfAbsent(trick, key -> new AtomicLong()).incrementAndGet();
            if (trick == Trick.CLOSED_UNSENT) {
                return false;
            }
            if (trick == Trick.SILENT_UNSENT) {
                TimeUnit.MILLISECONDS.sleep(PATIENCE_MILLIS);
                return false;
            }
            if (trick == Trick.FAILING_UNSENT) {
                return chance(4) == 0 ? spent(out) : failing(out);
            }
            if (trick == Trick.REDIRECT_UNSENT) {
                return redirect(out);
            }
            if (trick == Trick.PAGE_UNSENT) {
                return answer(out, List.of(200, 404, 405, 407).get(chance(4)), "text/html",
                        "<html><b>Sign in</b></html>".getBytes(StandardCharsets.UTF_8), "");
            }
            if (trick == Trick.FOREIGN_UNSENT) {
                Call other = other(new Call(words[0], words[1], text(body), 0, body));
                return other == null ? failing(out) : answer(out, other.status(), "application/json", other.body(), "");
            }
        }
        Call call = pass(words[0], words[1], head, body);
        if (call == null) {
            return failing(out);
        }
        boolean more = trick == null ? answer(out, call.status(), "application/json", call.body(), "") : play(trick, call, out, socket);
        if (call.status() == 200) {
            Queue<Call> queue = earlier.computeIfAbsent(call.kind(), key -> new ConcurrentLinkedQueue<>());
            queue.add(call);
            if (queue.size() > MOST_KEPT) {
                queue.poll();
            }
        }
        return more;
    }

    private void look(String head, String[] words) {
        if (words.length != 3 || !ALLOWED.matcher(words[1]).matches()) {
            found("the service called " + Arrays.toString(words));
        }
        if (!apiKey.equals(header(head, "apikey", "")) || !secretKey.equals(header(head, "secretkey", ""))) {
            found("the service called without our keys: " + Arrays.toString(words));
        }
        if (!header(head, "host", "").equals("127.0.0.1:" + server.getLocalPort())) {
            found("the service called with host \"" + header(head, "host", "") + "\"");
        }
        head.lines().skip(1).map(line -> line.split(":")[0].toLowerCase(java.util.Locale.ROOT)).forEach(name -> {
            if (name.startsWith("camel") || name.startsWith("jms") || name.startsWith("x-attack")) {
                found("the service sent the header " + name);
            }
        });
    }

    private Trick trick(String path) {
        synchronized (random) {
            if (random.nextDouble() >= rate) {
                return null;
            }
            Trick trick = only.get(random.nextInt(only.size()));
            boolean seldom = trick == Trick.REDIRECT_UNSENT || trick == Trick.PAGE_UNSENT;
            // What an event's call was told is not known afterwards, by design: it is not sent twice.
            return seldom && random.nextInt(SELDOM) > 0 || path.endsWith("/stop") ? null : trick;
        }
    }

    private int chance(int bound) {
        synchronized (random) {
            return random.nextInt(bound);
        }
    }

    private Call pass(String method, String path, String head, byte[] body) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(sandbox + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
        for (String name : List.of("Content-Type", "APIKey", "SecretKey")) {
            String value = header(head, name.toLowerCase(java.util.Locale.ROOT), "");
            if (!value.isEmpty()) {
                request.header(name, value);
            }
        }
        try {
            HttpResponse<byte[]> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Call(method, path, text(body), answer.statusCode(), answer.body());
        } catch (IOException broken) {
            return null;
        }
    }

    private boolean play(Trick trick, Call call, OutputStream out, Socket socket) throws Exception {
        byte[] whole = bytes(call.status(), "application/json", call.body(), "");
        switch (trick) {
            case CUT -> {
                out.write(whole, 0, chance(whole.length));
                return false;
            }
            case RESET -> {
                out.write(whole, 0, chance(whole.length));
                out.flush();
                socket.setSoLinger(true, 0);
                return false;
            }
            case SLOW -> {
                for (int index = 0; index < whole.length; index++) {
                    out.write(whole[index]);
                    out.flush();
                    TimeUnit.MILLISECONDS.sleep(100);
                }
                return true;
            }
            case ENDLESS_BODY -> endless(out, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n",
                    "1000\r\n" + " ".repeat(0x1000) + "\r\n");
            case ENDLESS_LINE -> endless(out, chance(2) == 0 ? "HTTP/1.1 200 " : "HTTP/1.1 200 OK\r\nX-Attack: ", "x".repeat(8_192));
            case ENDLESS_HEADERS -> endless(out, "HTTP/1.1 200 OK\r\n", ("X-Attack: " + "y".repeat(100) + "\r\n").repeat(80));
            case ENDLESS_BEGINNINGS -> endless(out, "", "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n".repeat(100));
            case DOUBLED -> {
                out.write(whole);
                out.write(whole);
                return true;
            }
            case SHUFFLED -> {
                return answer(out, call.status(), "application/json", swapped(call), "");
            }
            case FOREIGN -> {
                Call other = other(call);
                return answer(out, call.status(), "application/json", other == null ? call.body() : other.body(), "");
            }
            case WRONG_TYPE -> {
                String[] types = {"text/html", "image/png", "application/json; charset=utf-16", "application/json; charset=none-such",
                    "", ";;;=", "application/x-java-serialized-object", "application/json; charset=\"utf-8\"; q=\"\\\""};
                return answer(out, call.status(), types[chance(types.length)], call.body(), "");
            }
            case PACKED -> {
                return answer(out, call.status(), "application/json", packed(call.body(), 1), "Content-Encoding: gzip\r\n");
            }
            case BOMB -> {
                boolean twice = chance(2) == 0;
                return answer(out, call.status(), "application/json", twice ? Bombs.TWICE : Bombs.ONCE,
                        twice ? "Content-Encoding: gzip, gzip\r\n" : "Content-Encoding: gzip\r\n");
            }
            case PACKED_LIE -> {
                String[] lies = {"gzip", "deflate", "br", "gzip, gzip, gzip, gzip", "none-such"};
                return answer(out, call.status(), "application/json", call.body(), "Content-Encoding: " + lies[chance(lies.length)] + "\r\n");
            }
            case DEEP -> {
                String deep = (chance(2) == 0 ? "[" : "{\"a\":").repeat(300_000);
                return answer(out, call.status(), "application/json", ("{\"x\":" + deep).getBytes(StandardCharsets.UTF_8), "");
            }
            case HUGE_NUMBER -> {
                String body = text(call.body()).replaceAll("(\"(?:rewardedPoints|redeemedPoints|refundEquivalentPoints|totalCount)\":)[0-9.]+",
                        "$1" + (chance(2) == 0 ? "1e999999999" : "-1e-999999999"));
                return answer(out, call.status(), "application/json", body.getBytes(StandardCharsets.UTF_8), "");
            }
            case WRONG_LENGTH -> {
                int wrong = chance(2) == 0 ? call.body().length / 2 : call.body().length + 100;
                out.write(("HTTP/1.1 " + call.status() + " OK\r\nContent-Type: application/json\r\nContent-Length: " + wrong + "\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
                out.write(call.body());
                return false;
            }
            case EMPTY -> {
                return answer(out, chance(2) == 0 ? 200 : 204, "application/json", new byte[0], "");
            }
            case LATER -> {
                TimeUnit.MILLISECONDS.sleep(chance(PATIENCE_MILLIS));
                return answer(out, call.status(), "application/json", call.body(), "");
            }
            default -> {
                return failing(out);
            }
        }
        return false;
    }

    private boolean redirect(OutputStream out) throws IOException {
        String[] places = {trap() + "/api/v4.0/integrations/orders", "//" + trap().substring(7) + "/x", "/elsewhere", "file:///etc/hostname"};
        return answer(out, List.of(301, 302, 303, 307, 308).get(chance(5)), "text/html", new byte[0],
                "Location: " + places[chance(places.length)] + "\r\n");
    }

    private boolean failing(OutputStream out) throws IOException {
        return failing(out, List.of(500, 502, 503, 504, 408).get(chance(5)));
    }

    /** Only of a call that was not passed on: it says that nothing was done. */
    private boolean spent(OutputStream out) throws IOException {
        return failing(out, 429);
    }

    private boolean failing(OutputStream out, int status) throws IOException {
        String[] waits = {"", "Retry-After: 0\r\n", "Retry-After: 1\r\n", "Retry-After: -5\r\n", "Retry-After: soon\r\n"};
        return answer(out, status, "text/html", "<html>\u001b[31mno\r\n2026-11-27 ERROR forged</html>".getBytes(StandardCharsets.UTF_8),
                waits[chance(waits.length)]);
    }

    /** Goes on until the other side hangs up, or has taken more than anybody should. */
    private static void endless(OutputStream out, String beginning, String piece) throws IOException {
        byte[] bytes = piece.getBytes(StandardCharsets.ISO_8859_1);
        out.write(beginning.getBytes(StandardCharsets.ISO_8859_1));
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(2L * PATIENCE_MILLIS);
        for (long sent = 0; sent < MOST_SENT && System.nanoTime() < until; sent += bytes.length) {
            out.write(bytes);
        }
    }

    /** The answer of another call of the same kind that is under way just now, where there is one. */
    private byte[] swapped(Call call) throws InterruptedException {
        try {
            return meetings.computeIfAbsent(call.kind(), key -> new Exchanger<>()).exchange(call.body(), 400, TimeUnit.MILLISECONDS);
        } catch (TimeoutException alone) {
            return call.body();
        }
    }

    /** An earlier answer to the same kind of call about somebody else, or null. */
    private Call other(Call call) {
        String own = customer(call.request());
        return earlier.getOrDefault(call.kind(), new ConcurrentLinkedQueue<>()).stream()
                .filter(one -> !one.path().equals(call.path()) || !customer(one.request()).equals(own))
                .findFirst()
                .orElse(null);
    }

    private static String customer(String json) {
        var matcher = CUSTOMER.matcher(json);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static boolean answer(OutputStream out, int status, String type, byte[] body, String more) throws IOException {
        out.write(bytes(status, type, body, more));
        return true;
    }

    private static byte[] bytes(int status, String type, byte[] body, String more) throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(("HTTP/1.1 " + status + " x\r\n" + (type.isEmpty() ? "" : "Content-Type: " + type + "\r\n") + more
                + "Content-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
        whole.writeBytes(body);
        return whole.toByteArray();
    }

    static byte[] packed(byte[] bytes, int times) throws IOException {
        byte[] packed = bytes;
        for (int time = 0; time < times; time++) {
            ByteArrayOutputStream made = new ByteArrayOutputStream();
            try (OutputStream gzip = new java.util.zip.GZIPOutputStream(made)) {
                gzip.write(packed);
            }
            packed = made.toByteArray();
        }
        return packed;
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int ends = 0;
        for (int read = in.read(); read >= 0; read = in.read()) {
            head.write(read);
            ends = read == '\n' ? ends + 1 : read == '\r' ? ends : 0;
            if (ends == 2) {
                return head.toString(StandardCharsets.ISO_8859_1);
            }
        }
        return null;
    }

    private static String header(String head, String name, String otherwise) {
        return head.lines()
                .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse(otherwise);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private interface Service {
        void serve(Socket socket) throws Exception;
    }

    private static void listen(ServerSocket server, Service service) {
        daemon(() -> {
            while (!server.isClosed()) {
                Socket socket = server.accept();
                daemon(() -> service.serve(socket));
            }
        });
    }

    private interface Work {
        void run() throws Exception;
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException hungUp) {
                // The service does not take everything from us, and is right.
            } catch (Exception problem) {
                problem.printStackTrace();
            }
        }, "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        trap.close();
    }
}
