package dev.posbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.posbridge.ledger.HealthBook.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Somebody else than Gameball answers every call where the settings say that it is: nothing dies, and it is named. */
class WrongServerTest {
    private static final Set<String> OURS = Set.of("connection", "content-length", "host", "upgrade", "http2-settings");

    @TempDir
    private Path folder;

    private EngineFixture engine;
    private HttpServer server;
    private final AtomicInteger status = new AtomicInteger();
    private volatile String body;

    @BeforeEach
    void start() throws IOException {
        engine = EngineFixture.in(folder);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 16);
        server.createContext("/", this::answer);
        server.start();
        engine.set(
                "posbridge.gameball.url",
                "http://127.0.0.1:" + server.getAddress().getPort());
    }

    @AfterEach
    void close() {
        engine.close();
        server.stop(0);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "404, Not Found, 30",
        "404, '', 3",
        "404, '{\"code\":404,\"message\":\"no such route\"}', 30",
        "405, '{\"title\":\"Method Not Allowed\",\"status\":405}', 3",
        "200, '<!doctype html><html>Welcome</html>', 30",
        "400, '<html>The plain HTTP request was sent to HTTPS port</html>', 3"
    })
    void killsNoRecordAndIsNamedAndItGoesOnByItselfWhereTheServerBecomesGameball(int first, String text, int sales) {
        status.set(first);
        body = text;
        engine.start(Engine.Mode.SERVICE);
        engine.drop(
                "night.csv",
                IntStream.range(0, sales)
                        .mapToObj(n -> Till.sale("R" + n, "c" + n, "10.00"))
                        .toArray(Till.Row[]::new));

        await().until(() -> engine.engine().health().reported().stream()
                .anyMatch(concern -> concern.name().equals("gameball")
                        && concern.state() == State.RED
                        && concern.message().contains("(" + first + ", ")
                        && concern.message().contains("Correct posbridge.gameball.url, or the proxy")));
        assertThat(engine.engine().isMisdirected()).isTrue();
        assertThat(engine.deadLetters()).isEmpty();
        assertThat(engine.held().orders()).isZero();

        status.set(0);
        engine.awaitSettled().assertEqualBooks();
        assertThat(engine.held().orders()).isEqualTo(sales);
        assertThat(engine.held().repeatedOrders()).isZero();
        assertThat(engine.deadLetters()).isEmpty();
        await().until(() -> engine.engine().health().reported().stream()
                .anyMatch(concern -> concern.name().equals("gameball") && concern.state() == State.GREEN));
        assertThat(engine.engine().isMisdirected()).isFalse();
    }

    /** With status 0 it is Gameball after all. */
    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] asked = exchange.getRequestBody().readAllBytes();
            int code = status.get();
            byte[] answer = body.getBytes(StandardCharsets.UTF_8);
            if (code == 0) {
                HttpResponse<byte[]> real = pass(exchange, asked);
                code = real.statusCode();
                answer = real.body();
            }
            exchange.getResponseHeaders().set("Content-Type", body.startsWith("<") ? "text/html" : "application/json");
            exchange.sendResponseHeaders(code, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private HttpResponse<byte[]> pass(HttpExchange exchange, byte[] asked) throws IOException {
        URI uri = URI.create(engine.sandbox().uri().toString() + exchange.getRequestURI());
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(asked));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OURS.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        try {
            return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException stopped) {
            throw new IOException(stopped);
        }
    }
}
