package dev.posbridge.console;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.posbridge.ConfigurationException;
import dev.posbridge.PosbridgeException;
import dev.posbridge.settings.ConsoleAccess;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The JDK's own HTTP server, with what holds for every answer: nothing is cached, nothing is framed, no script or style but
 * ours runs. Who may have what is {@link Entrance}'s.
 */
final class ConsoleServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleServer.class);
    private static final int BACKLOG = 64;
    private static final int THREADS = 16;
    private static final String CONTENT_SECURITY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                    + " connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    static {
        // Read once, by the JDK's server, when the first one is made: who sends a request byte by byte is hung up on.
        for (String limit : new String[] {"sun.net.httpserver.maxReqTime=60", "jdk.httpserver.maxConnections=200"}) {
            String key = limit.substring(0, limit.indexOf('='));
            if (System.getProperty(key) == null) {
                System.setProperty(key, limit.substring(key.length() + 1));
            }
        }
    }

    private final HttpServer server;
    private final Entrance entrance;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, named("console"));
    /** As many as there are listeners, which {@link LiveEvents} bounds; none while nobody listens. */
    private final ExecutorService streams = Executors.newCachedThreadPool(named("console-events"));

    private ConsoleServer(HttpServer server, Entrance entrance) {
        this.server = server;
        this.entrance = entrance;
    }

    private static ThreadFactory named(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** @throws ConfigurationException where the port is taken, or the key store cannot be used */
    static ConsoleServer open(ConsoleAccess access, Entrance entrance) {
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(access.address()), access.port());
            HttpServer http = access.keyStore() == null ? HttpServer.create(address, BACKLOG) : https(access, address);
            ConsoleServer server = new ConsoleServer(http, entrance);
            http.setExecutor(server.threads);
            http.createContext("/", server::answer);
            http.start();
            return server;
        } catch (IOException problem) {
            throw new ConfigurationException(
                    "posbridge.console.port is " + access.port() + ", which cannot be opened on " + access.address()
                            + " (" + problem.getMessage() + "). Set another port, or none.",
                    problem);
        }
    }

    private static HttpsServer https(ConsoleAccess access, InetSocketAddress address) throws IOException {
        try (InputStream stored = Files.newInputStream(access.keyStore())) {
            char[] password = access.keyStorePassword() == null
                    ? new char[0]
                    : access.keyStorePassword().read().toCharArray();
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(stored, password);
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, password);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            HttpsServer server = HttpsServer.create(address, BACKLOG);
            server.setHttpsConfigurator(new HttpsConfigurator(context));
            return server;
        } catch (GeneralSecurityException | IOException problem) {
            throw new ConfigurationException(
                    "posbridge.console.key-store is " + access.keyStore() + ", which cannot be used ("
                            + problem.getMessage()
                            + "), expected a PKCS12 file with key and certificate, and its password"
                            + " in posbridge.console.key-store-password-file.",
                    problem);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    @SuppressWarnings("PMD.CloseResource") // what is told to the end closes it there
    private void answer(HttpExchange exchange) throws IOException {
        Answer answer = answerOf(exchange);
        if (answer.stream() != null && "GET".equals(exchange.getRequestMethod())) {
            streams.execute(() -> tell(exchange, answer));
            return;
        }
        try (exchange) {
            head(exchange, answer);
            boolean empty = answer.body().length == 0 || "HEAD".equals(exchange.getRequestMethod());
            exchange.sendResponseHeaders(answer.status(), empty ? -1 : answer.body().length);
            if (!empty) {
                exchange.getResponseBody().write(answer.body());
            }
        }
    }

    private static void tell(HttpExchange exchange, Answer answer) {
        try (exchange) {
            head(exchange, answer);
            exchange.sendResponseHeaders(answer.status(), 0);
            answer.stream().tell(exchange.getResponseBody());
        } catch (IOException gone) {
            // Nobody listens any more.
        }
    }

    private Answer answerOf(HttpExchange exchange) {
        String path = String.valueOf(exchange.getRequestURI().getPath());
        try {
            return entrance.answer(Asked.of(exchange));
        } catch (RefusedException refused) {
            return entrance.problem(path, refused.status(), refused.getMessage());
        } catch (PosbridgeException known) {
            return entrance.problem(path, 409, known.getMessage());
        } catch (IOException | RuntimeException unknown) {
            LOG.error("console: {} {} failed", exchange.getRequestMethod(), path, unknown);
            return entrance.problem(
                    path, 500, "That failed, and nothing is known of it here. The log has the details.");
        }
    }

    private static void head(HttpExchange exchange, Answer answer) {
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", answer.type());
        headers.set("Content-Security-Policy", CONTENT_SECURITY);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        // Without any referrer browsers send no origin with our own forms either.
        headers.set("Referrer-Policy", "same-origin");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Cache-Control", "no-store");
        answer.headers().forEach(headers::set);
    }

    @Override
    public void close() {
        server.stop(0);
        streams.shutdownNow();
        threads.shutdownNow();
    }
}
