package dev.posbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.posbridge.sandbox.SandboxOrder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers that no server should give: too large, too long, packed, another's, twice. Every sale is there once, and the books are equal. */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HostileAnswersTest {
    private static final String JSON = "Content-Type: application/json\r\n";
    private static final int MUCH = 200 << 20;

    private EngineFixture engine;
    private HostileServer server;
    private int round;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        engine = EngineFixture.in(folder);
        server = new HostileServer(engine.sandbox().uri());
        engine.set("posbridge.gameball.url", server.uri())
                .set("posbridge.gameball.answer-timeout", "2s")
                .start();
    }

    @AfterAll
    void close() throws IOException {
        engine.close();
        server.close();
    }

    static Stream<Named<HostileServer.Answer>> answers() {
        return Stream.of(
                Named.of(
                        "a body over the bound",
                        (body, out) -> endless(out, "HTTP/1.1 200 OK\r\n" + JSON + "\r\n", " ")),
                Named.of(
                        "two hundred megabytes in a packed one",
                        (body, out) -> HostileServer.answer(
                                out, JSON + "Content-Encoding: gzip\r\n", packed(new byte[MUCH / 200], 200))),
                Named.of(
                        "packed, as it may be",
                        (body, out) -> HostileServer.answer(out, JSON + "Content-Encoding: gzip\r\n", packed(body, 1))),
                Named.of(
                        "not packed, though it says so",
                        (body, out) -> HostileServer.answer(out, JSON + "Content-Encoding: gzip\r\n", body)),
                Named.of("a line of its head without end", (body, out) -> endless(out, "HTTP/1.1 200 OK\r\nX: ", "x")),
                Named.of("a status without end", (body, out) -> endless(out, "HTTP/1.1 200 ", "x")),
                Named.of("headers without end", (body, out) -> endless(out, "HTTP/1.1 200 OK\r\n", "X: y\r\n")),
                Named.of("beginnings without end", (body, out) -> endless(out, "", "HTTP/1.1 103 x\r\n\r\n")),
                Named.of(
                        "another encoding than it has",
                        (body, out) ->
                                HostileServer.answer(out, "Content-Type: application/json; charset=utf-16\r\n", body)),
                Named.of(
                        "an encoding that nobody knows",
                        (body, out) -> HostileServer.answer(
                                out, "Content-Type: application/json; charset=none-such\r\n", body)),
                Named.of(
                        "another type",
                        (body, out) -> HostileServer.answer(
                                out, "Content-Type: application/x-java-serialized-object\r\n", body)),
                Named.of("no type", (body, out) -> HostileServer.answer(out, "", body)),
                Named.of(
                        "brackets without end",
                        (body, out) -> HostileServer.answer(
                                out, JSON, ("{\"x\":" + "[".repeat(1_000_000)).getBytes(StandardCharsets.UTF_8))),
                Named.of(
                        "points beyond all numbers",
                        (body, out) -> HostileServer.answer(
                                out,
                                JSON,
                                new String(body, StandardCharsets.UTF_8)
                                        .replaceAll("(Points\":)[0-9.]+", "$11e999999999")
                                        .getBytes(StandardCharsets.UTF_8))),
                Named.of("itself twice", (body, out) -> {
                    HostileServer.answer(out, JSON, body);
                    HostileServer.answer(out, JSON, body);
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    @Order(1)
    void deliversOnceWhateverAnAnswerIsLike(HostileServer.Answer answer) {
        String night = "N" + ++round + "x";
        server.next("/orders", answer);
        server.next("/transactions/refund", answer);

        engine.ingestAndSettle(
                night + ".csv",
                Till.sale(night + "-1", night + "-ann", "10.00"),
                Till.refund(night + "-2", night + "-1", night + "-ann", "4.00"),
                Till.sale(night + "-3", night + "-ann", "5.00"),
                Till.sale(night + "-4", night + "-bob", "6.00"));

        assertThat(server.isSpent()).as("the calls were made").isTrue();
        requireDelivered(night, 4);
    }

    @Test
    @Order(2)
    void doesNotTakeAnswersAboutOthersForItsOwn() {
        String night = "N" + ++round + "x";
        server.nextInstead(
                "/orders",
                (body, out) -> HostileServer.answer(
                        out,
                        JSON,
                        "{\"customerId\":\"somebody-else\",\"rewardedPoints\":1}".getBytes(StandardCharsets.UTF_8)));
        server.nextInstead(
                "/transactions/refund",
                (body, out) -> HostileServer.answer(
                        out,
                        JSON,
                        "{\"gameballTransactionId\":\"1\",\"refundTransactionId\":\"another\"}"
                                .getBytes(StandardCharsets.UTF_8)));

        engine.ingestAndSettle(
                night + ".csv",
                Till.sale(night + "-1", night + "-ann", "10.00"),
                Till.refund(night + "-2", night + "-1", night + "-ann", "4.00"));

        assertThat(server.isSpent()).as("the calls were made").isTrue();
        requireDelivered(night, 2);
    }

    @Test
    @Order(3)
    void followsNoRedirect() throws IOException {
        AtomicInteger led = new AtomicInteger();
        try (ServerSocket trap = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> {
                try {
                    trap.accept().close();
                    led.incrementAndGet();
                } catch (IOException nobodyCame) {
                    // As it should be.
                }
            });
            thread.setDaemon(true);
            thread.start();
            server.nextInstead(
                    "/orders",
                    (body, out) -> out.write(("HTTP/1.1 307 x\r\nLocation: http://127.0.0.1:" + trap.getLocalPort()
                                    + "/api/v4.0/integrations/orders\r\nContent-Length: 0\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1)));
            engine.ingest("redirected.csv", Till.sale("redirected-1", "dee", "5.00"));

            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(server.isSpent()).isTrue());
            // Delivery stops, since the address seems wrong, and goes on when a look ten seconds later finds Gameball.
            engine.awaitSettled();
        }
        assertThat(led).hasValue(0);
        requireDelivered("redirected", 1);
    }

    private void requireDelivered(String night, int records) {
        assertThat(engine.records().stream().filter(text -> text.contains(night + "-")))
                .hasSize(records)
                .allMatch(text -> text.endsWith(" delivered"));
        assertThat(engine.sandbox().book().orders())
                .filteredOn(order -> order.orderId().contains(night + "-"))
                .extracting(SandboxOrder::repeats)
                .containsOnly(0);
        engine.assertEqualBooks();
    }

    /** Until the other side hangs up, or has taken far too much. */
    private static void endless(OutputStream out, String beginning, String piece) throws IOException {
        byte[] pieces = piece.repeat(8_192 / piece.length()).getBytes(StandardCharsets.ISO_8859_1);
        out.write(beginning.getBytes(StandardCharsets.ISO_8859_1));
        for (long sent = 0; sent < 4L * MUCH; sent += pieces.length) {
            out.write(pieces);
        }
    }

    private static byte[] packed(byte[] piece, int times) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed)) {
            for (int time = 0; time < times; time++) {
                gzip.write(piece);
            }
        }
        return packed.toByteArray();
    }
}
