package dev.posbridge.watch;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.posbridge.ConfigurationException;
import dev.posbridge.ledger.HealthBook;
import dev.posbridge.ledger.HealthBook.State;
import dev.posbridge.settings.Operations;
import dev.posbridge.settings.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Answers whatever watches the service: {@code /live}, {@code /ready}, {@code /health} and {@code /metrics}. Which concerns
 * there are and how they are, no more: what was found is personal to the shop, and stays with {@code posbridge status}. Who
 * asks from another machine hears the probes alone, or brings the token.
 */
public final class ManagementDoor implements AutoCloseable {
    private static final int BACKLOG = 16;
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Set<String> PATHS = Set.of("/live", "/ready", "/health", "/metrics");
    private static final String JSON = "application/json";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(2, work -> {
        Thread thread = new Thread(work, "management");
        thread.setDaemon(true);
        return thread;
    });
    private final HealthBook health;
    private final Vital vital;
    private final Secret token;
    private volatile Watch watch;

    private ManagementDoor(HttpServer server, HealthBook health, Vital vital, Secret token) {
        this.server = server;
        this.health = health;
        this.vital = vital;
        this.token = token;
    }

    /**
     * @param where its port must be set
     * @throws ConfigurationException where the port is taken
     */
    public static ManagementDoor open(Operations.Management where, HealthBook health, Vital vital) {
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(where.address()), where.port());
            ManagementDoor door = new ManagementDoor(HttpServer.create(address, BACKLOG), health, vital, where.token());
            door.server.setExecutor(door.threads);
            door.server.createContext("/", door::answer);
            door.server.start();
            return door;
        } catch (IOException problem) {
            throw new ConfigurationException(
                    where.key() + " is " + where.port() + ", which cannot be opened on " + where.address() + " ("
                            + problem.getMessage() + "). Set another port, or none.",
                    problem);
        }
    }

    /** Whoever samples is there: from now on there are metrics. */
    public void show(Watch sampling) {
        watch = sampling;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (!PATHS.contains(path)) {
                exchange.sendResponseHeaders(404, -1);
            } else if (!"GET".equals(exchange.getRequestMethod())) {
                exchange.sendResponseHeaders(405, -1);
            } else if (!path.equals("/live") && !path.equals("/ready") && !mayAsk(exchange)) {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
                exchange.sendResponseHeaders(401, -1);
            } else {
                answer(exchange, path);
            }
        }
    }

    private void answer(HttpExchange exchange, String path) throws IOException {
        switch (path) {
            case "/live" -> probe(exchange, vital.stuck());
            case "/ready" -> probe(exchange, vital.notReady(health.reported()));
            case "/health" ->
                send(exchange, health.worst() == State.RED ? 503 : 200, JSON, MAPPER.writeValueAsBytes(state()));
            default -> {
                Watch sampling = watch;
                if (sampling == null) {
                    exchange.sendResponseHeaders(503, -1);
                } else {
                    send(
                            exchange,
                            200,
                            Metrics.CONTENT_TYPE,
                            Metrics.of(sampling.sample()).getBytes(StandardCharsets.UTF_8));
                }
            }
        }
    }

    /** @param problem null where there is none */
    private static void probe(HttpExchange exchange, String problem) throws IOException {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("state", problem == null ? "green" : "red");
        if (problem != null) {
            root.put("problem", problem);
        }
        send(exchange, problem == null ? 200 : 503, JSON, MAPPER.writeValueAsBytes(root));
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private boolean mayAsk(HttpExchange exchange) {
        return mayAsk(
                exchange.getRemoteAddress().getAddress(),
                exchange.getRequestHeaders().getFirst("Authorization"),
                token);
    }

    /**
     * @param brought the header that says who asks, or null
     * @param token read anew each time, so that it can be replaced; null where nobody from elsewhere may ask
     */
    static boolean mayAsk(InetAddress from, String brought, Secret token) {
        if (from.isLoopbackAddress()) {
            return true;
        }
        if (token == null || brought == null) {
            return false;
        }
        try {
            return MessageDigest.isEqual(
                    brought.getBytes(StandardCharsets.UTF_8),
                    ("Bearer " + token.read()).getBytes(StandardCharsets.UTF_8));
        } catch (ConfigurationException unreadable) {
            return false; // Nobody can bring what nobody knows.
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
