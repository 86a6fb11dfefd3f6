package dev.posbridge.engine;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.posbridge.ConfigurationException;
import dev.posbridge.ledger.HealthBook;
import dev.posbridge.ledger.HealthBook.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * {@code GET /health} for whatever watches the service on this machine: 200, or 503 while a concern is red. Which concerns
 * there are and how they are, no more: what was found is personal to the shop, and stays with {@code posbridge status}.
 */
final class HealthDoor implements AutoCloseable {
    private static final int BACKLOG = 16;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(2, work -> {
        Thread thread = new Thread(work, "health");
        thread.setDaemon(true);
        return thread;
    });
    private final HealthBook health;

    private HealthDoor(HttpServer server, HealthBook health) {
        this.server = server;
        this.health = health;
    }

    /** @throws ConfigurationException where the port is taken */
    static HealthDoor open(int port, HealthBook health) {
        try {
            InetSocketAddress address =
                    new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
            HealthDoor door = new HealthDoor(HttpServer.create(address, BACKLOG), health);
            door.server.setExecutor(door.threads);
            door.server.createContext("/", door::answer);
            door.server.start();
            return door;
        } catch (IOException problem) {
            throw new ConfigurationException(
                    "posbridge.health.port is " + port + ", which cannot be opened on 127.0.0.1 ("
                            + problem.getMessage() + "). Set another port, or none.",
                    problem);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!"/health".equals(exchange.getRequestURI().getPath())) {
                exchange.sendResponseHeaders(404, -1);
            } else if (!"GET".equals(exchange.getRequestMethod())) {
                exchange.sendResponseHeaders(405, -1);
            } else {
                byte[] body = MAPPER.writeValueAsBytes(state());
                boolean red = health.worst() == State.RED;
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(red ? 503 : 200, body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    private ObjectNode state() {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("schemaVersion", 1);
        root.put("state", health.worst().word());
        ObjectNode concerns = root.putObject("concerns");
        health.reported().forEach(concern -> concerns.putObject(concern.name())
                .put("state", concern.state().word())
                .put("since", concern.since().toString()));
        return root;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
