package dev.posbridge.engine;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** The sandbox as a house with a strict network has it: by TLS, under a name of its own, and only through a proxy. */
final class GuardedGameball implements AutoCloseable {
    static final String HOST = "gameball.example";
    static final String USER = "posbridge";
    static final String PASSWORD = "way-out";

    private static final char[] STORE_PASSWORD = "of the test".toCharArray();

    private final HttpsServer server;
    private final ServerSocket proxy;
    private final Path certificate;
    private final URI sandbox;
    private final HttpClient onwards = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    static GuardedGameball before(URI sandbox, Path folder) throws Exception {
        return new GuardedGameball(sandbox, folder);
    }

    private GuardedGameball(URI sandbox, Path folder) throws Exception {
        this.sandbox = sandbox;
        Path store = folder.resolve("server.p12");
        this.certificate = folder.resolve("authority.pem");
        keytool(
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + HOST,
                "-ext",
                "san=dns:" + HOST,
                "-validity",
                "1",
                "-keystore",
                store.toString());
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "server",
                "-file",
                certificate.toString(),
                "-keystore",
                store.toString());
        this.server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls(store)));
        server.createContext("/", this::passOn);
        server.setExecutor(threads);
        server.start();
        this.proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    String proxy() {
        return "http://127.0.0.1:" + proxy.getLocalPort();
    }

    Path certificate() {
        return certificate;
    }

    /** To whom the proxy was asked to lead, host and port. */
    List<String> asked() {
        return asked;
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storepass", new String(STORE_PASSWORD)));
        Process made = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (made.waitFor() != 0) {
            throw new IllegalStateException(said);
        }
    }

    private static SSLContext tls(Path store) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, STORE_PASSWORD);
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, STORE_PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    private void passOn(HttpExchange exchange) throws IOException {
        try (exchange) {
            HttpRequest.Builder request = HttpRequest.newBuilder(sandbox.resolve(exchange.getRequestURI()))
                    .method(
                            exchange.getRequestMethod(),
                            HttpRequest.BodyPublishers.ofByteArray(
                                    exchange.getRequestBody().readAllBytes()));
            for (String header : List.of("APIKey", "SecretKey", "Content-Type")) {
                if (exchange.getRequestHeaders().getFirst(header) != null) {
                    request.header(header, exchange.getRequestHeaders().getFirst(header));
                }
            }
            HttpResponse<byte[]> answer = onwards.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            answer.headers().firstValue("Content-Type").ifPresent(type -> exchange.getResponseHeaders()
                    .set("Content-Type", type));
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept() {
        while (!proxy.isClosed()) {
            try {
                Socket caller = proxy.accept();
                threads.execute(() -> lead(caller));
            } catch (IOException closed) {
                return;
            }
        }
    }

    /** One CONNECT, or as many as it takes until the caller has said who it is. */
    private void lead(Socket caller) {
        try (caller) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(caller.getInputStream(), StandardCharsets.ISO_8859_1));
            String wanted = "Proxy-Authorization: Basic "
                    + Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
            for (String first = in.readLine(); first != null; first = in.readLine()) {
                boolean known = false;
                for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                    known |= line.equals(wanted);
                }
                if (!known) {
                    say(caller, "407 Who are you\r\nProxy-Authenticate: Basic realm=\"test\"\r\nContent-Length: 0");
                    continue;
                }
                asked.add(first.split(" ")[1]);
                say(caller, "200 Go ahead");
                join(caller);
                return;
            }
        } catch (IOException gone) {
            // Whoever called has seen it as well.
        }
    }

    private static void say(Socket caller, String text) throws IOException {
        caller.getOutputStream().write(("HTTP/1.1 " + text + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    private void join(Socket caller) throws IOException {
        try (Socket inside =
                new Socket(InetAddress.getLoopbackAddress(), server.getAddress().getPort())) {
            threads.execute(() -> copy(inside, caller));
            copy(caller, inside);
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException gone) {
            // The other end sees it.
        }
    }

    @Override
    public void close() {
        try {
            proxy.close();
            server.stop(0);
            threads.shutdownNow();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
