package dev.posbridge.sandbox;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.locks.LockSupport;

/** Reads what was sent, within bounds, and sends replies, well or badly. */
final class Wire {
    private static final int MOST_BYTES = 16 * 1024 * 1024;

    private Wire() {}

    /** Refuses (413) a body of more than 16 MiB without reading it to its end. */
    static byte[] read(HttpExchange exchange) throws IOException {
        try (InputStream stream = exchange.getRequestBody()) {
            byte[] body = stream.readNBytes(MOST_BYTES + 1);
            if (body.length > MOST_BYTES) {
                throw new Refusal(413, 3000, "body is larger than " + MOST_BYTES + " bytes");
            }
            return body;
        }
    }

    static void send(HttpExchange exchange, Reply reply) throws IOException {
        switch (reply.manner()) {
            case CLOSE -> exchange.close();
            case HANG -> {
                // The exchange stays open without a thread until the client or the sandbox closes it.
            }
            case PLAIN -> {
                head(exchange, reply.answer());
                exchange.getResponseBody().write(reply.answer().body());
                exchange.close();
            }
            case CUT -> {
                head(exchange, reply.answer());
                byte[] body = reply.answer().body();
                exchange.getResponseBody().write(body, 0, body.length / 2);
                exchange.getResponseBody().flush();
                exchange.close();
            }
            case DRIP -> drip(exchange, reply);
        }
    }

    static void pause(long nanos) {
        long until = System.nanoTime() + nanos;
        for (long left = nanos; left > 0 && !Thread.currentThread().isInterrupted(); left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static void head(HttpExchange exchange, Answer answer) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", answer.contentType());
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(answer.status(), answer.body().length);
    }

    private static void drip(HttpExchange exchange, Reply reply) throws IOException {
        head(exchange, reply.answer());
        OutputStream out = exchange.getResponseBody();
        for (byte one : reply.answer().body()) {
            out.write(one);
            out.flush();
            pause(reply.pause().toNanos());
            if (Thread.currentThread().isInterrupted()) {
                break;
            }
        }
        exchange.close();
    }
}
