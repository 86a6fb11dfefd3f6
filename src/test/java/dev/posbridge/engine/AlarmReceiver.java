package dev.posbridge.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Whoever is called at night: takes what is posted, and can be out of order. */
final class AlarmReceiver implements AutoCloseable {
    private final HttpServer server;
    private final List<JsonNode> heard = new CopyOnWriteArrayList<>();
    private final List<String> beats = new CopyOnWriteArrayList<>();
    private volatile int status = 204;

    private AlarmReceiver(HttpServer server) {
        this.server = server;
    }

    static AlarmReceiver start() {
        try {
            HttpServer server = HttpServer.create(
                    new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 16);
            AlarmReceiver receiver = new AlarmReceiver(server);
            server.createContext("/hook", exchange -> {
                try (exchange) {
                    JsonNode body = new ObjectMapper().readTree(exchange.getRequestBody());
                    if (receiver.status == 204) {
                        receiver.heard.add(body);
                    }
                    exchange.sendResponseHeaders(receiver.status, -1);
                }
            });
            server.createContext("/beat", exchange -> {
                try (exchange) {
                    receiver.beats.add(exchange.getRequestMethod());
                    exchange.sendResponseHeaders(200, -1);
                }
            });
            server.start();
            return receiver;
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    void answer(int newStatus) {
        status = newStatus;
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** Each as {@code raised gameball}, in the order in which they came. */
    List<String> events() {
        return heard.stream()
                .map(one ->
                        one.path("event").asText() + " " + one.path("concern").asText())
                .toList();
    }

    /** Those of one concern. */
    List<String> events(String concern) {
        return heard.stream()
                .filter(one -> one.path("concern").asText().equals(concern))
                .map(one -> one.path("event").asText())
                .toList();
    }

    List<JsonNode> heard() {
        return heard;
    }

    int beats() {
        return beats.size();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
