package dev.posbridge.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.posbridge.ConfigurationException;
import dev.posbridge.Daemons;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Gameball's stand-in, on loopback. It runs from {@link #start} to {@link #close}, keeps everything in memory, and is
 * safe for any thread. It sets the JDK's {@code sun.net.httpserver} properties for the whole process, where they are
 * not set.
 */
public final class Sandbox implements AutoCloseable {
    private static final int BACKLOG = 1_024;
    /** Each call in work holds a thread; more at once than this are closed without an answer. */
    private static final int MOST_CALLS_AT_ONCE = 1_024;

    static {
        // Without nodelay every answer waits 40 ms for an acknowledgement. An idle connection outlives a client's pool.
        tune("nodelay", "true");
        tune("maxIdleConnections", "1024");
        tune("idleInterval", "300");
        tune("maxReqTime", "120");
        // So much of a body that is too large is still read, for the refusal to arrive.
        tune("drainAmount", Integer.toString(64 * 1024 * 1024));
    }

    private final HttpServer server;
    private final ExecutorService threads;
    private final Jobs jobs;
    private final SandboxBook book;
    private final Faults faults;

    private Sandbox(HttpServer server, ExecutorService threads, Jobs jobs, SandboxBook book, Faults faults) {
        this.server = server;
        this.threads = threads;
        this.jobs = jobs;
        this.book = book;
        this.faults = faults;
    }

    /** Answers once it can be called. Throws {@link ConfigurationException} where the port cannot be had. */
    public static Sandbox start(SandboxSettings settings) {
        return start(settings, Time.system());
    }

    static Sandbox start(SandboxSettings settings, Time time) {
        HttpServer server = bind(settings.port());
        SandboxBook book = new SandboxBook();
        Faults faults = new Faults(settings.seed(), settings.faults());
        Jobs jobs = new Jobs(settings.jobLatency());
        Quotas quotas = new Quotas(time.nanos());
        CallLog log = new CallLog();
        Bookkeeper bookkeeper = new Bookkeeper(book, time, settings.pointsPerUnit());
        Endpoints endpoints = new Endpoints(
                new CustomerCalls(book, bookkeeper, settings),
                new ActivityCalls(book, bookkeeper),
                new TransactionCalls(bookkeeper, settings.merging()),
                new HoldCalls(bookkeeper, settings),
                new BatchCalls(bookkeeper, jobs, faults, settings));
        Gateway gateway = new Gateway(settings, time, endpoints, quotas, faults, log);
        ControlDesk desk = new ControlDesk(book, faults, log, () -> {
            jobs.clear();
            book.clear();
            quotas.clear();
            log.clear();
        });
        ExecutorService threads = threads();
        server.createContext("/", exchange -> safely(exchange, gateway::handle));
        server.createContext("/sandbox", exchange -> safely(exchange, desk::handle));
        server.setExecutor(threads);
        server.start();
        return new Sandbox(server, threads, jobs, book, faults);
    }

    /** Where it listens, without a path: {@code http://127.0.0.1:8085}. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What it holds. */
    public SandboxBook book() {
        return book;
    }

    /** What goes wrong in it; may be changed at any time. */
    public Faults faults() {
        return faults;
    }

    /** Closes every connection at once, also those in the middle of an answer. */
    @Override
    public void close() {
        jobs.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private interface Work {
        void handle(HttpExchange exchange) throws IOException;
    }

    /** A mistake of the sandbox itself must look like one: a 500 with its name, not a connection that hangs. */
    private static void safely(HttpExchange exchange, Work work) throws IOException {
        try {
            work.handle(exchange);
        } catch (RuntimeException e) {
            Refusal refusal = new Refusal(500, 5000, "the sandbox itself failed: " + e);
            Wire.send(exchange, Reply.plain(Answer.error(refusal, "sandbox")));
        } catch (IOException e) {
            exchange.close();
            throw e;
        }
    }

    private static HttpServer bind(int port) {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), BACKLOG);
        } catch (IOException e) {
            throw new ConfigurationException(
                    "sandbox port " + port + ": " + e.getMessage()
                            + ", expected a free port. Name another one, or 0 for any free one, or end the program that"
                            + " listens there.",
                    e);
        }
    }

    private static ExecutorService threads() {
        return new ThreadPoolExecutor(
                0, MOST_CALLS_AT_ONCE, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), Daemons.named("sandbox-call"));
    }

    private static void tune(String name, String value) {
        String property = "sun.net.httpserver." + name;
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
