package dev.posbridge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/** {@code /sandbox/...}: what the sandbox holds and saw, and what goes wrong in it. No key is asked for. */
final class ControlDesk {
    private static final int PAGE = 1_000;
    private static final String HELP =
            """
            This is the Posbridge sandbox, a stand-in for Gameball. It forgets everything when it ends.

            /api/v4.0/integrations/..., /api/v4.1/integrations/...   Gameball's calls

            GET    /sandbox/state      counts, sums, calls and answers
            GET    /sandbox/orders     every order it holds, one JSON object a line, in order of arrival
            GET    /sandbox/refunds    every refund
            GET    /sandbox/customers  every customer
            GET    /sandbox/events     every event
            GET    /sandbox/calls      the last 1,000 calls
            GET    /sandbox/faults     what goes wrong at the moment
            POST   /sandbox/faults     {"kind": "error", "status": 503, "rate": 0.1}: one more thing that goes wrong
            DELETE /sandbox/faults     nothing goes wrong any more
            DELETE /sandbox/state      forget everything but the faults
            """;

    private final SandboxBook book;
    private final Faults faults;
    private final CallLog log;
    private final Runnable forget;

    /** @param forget empties whatever the sandbox remembers */
    ControlDesk(SandboxBook book, Faults faults, CallLog log, Runnable forget) {
        this.book = book;
        this.faults = faults;
        this.log = log;
        this.forget = forget;
    }

    void handle(HttpExchange exchange) throws IOException {
        try {
            byte[] body = Wire.read(exchange);
            String call = exchange.getRequestMethod() + " "
                    + exchange.getRequestURI().getRawPath().replaceFirst("^/sandbox/?", "");
            switch (call) {
                case "GET orders" -> stream(exchange, book::orders, JsonLines::order);
                case "GET refunds" -> stream(exchange, book::refunds, JsonLines::refund);
                case "GET customers" -> stream(exchange, book::customers, JsonLines::customer);
                case "GET events" -> stream(exchange, book::events, JsonLines::event);
                default -> Wire.send(exchange, Reply.plain(answer(call, body)));
            }
        } catch (Refusal refusal) {
            Wire.send(exchange, Reply.plain(Answer.error(refusal, "sandbox")));
        }
    }

    private Answer answer(String call, byte[] body) {
        switch (call) {
            case "GET ":
                return Answer.text(200, "text/plain; charset=utf-8", HELP);
            case "GET state":
                return Answer.ok(state());
            case "DELETE state":
                forget.run();
                return Answer.ok(state());
            case "GET calls":
                return Answer.ok(log.toJson());
            case "GET faults":
                return Answer.ok(faults());
            case "POST faults":
                read(Json.parse(body)).forEach(faults::add);
                return Answer.ok(faults());
            case "DELETE faults":
                faults.clear();
                return Answer.ok(faults());
            default:
                throw new Refusal(404, 404, "\"" + call + "\" is no call of the sandbox: GET /sandbox/ lists them");
        }
    }

    /** One fault, or several under {@code faults}: all are read before the first one is added. */
    private static List<Fault> read(JsonNode body) {
        if (!body.has("faults")) {
            return List.of(FaultReader.read(body));
        }
        List<Fault> read = new ArrayList<>();
        body.get("faults").forEach(one -> read.add(FaultReader.read(one)));
        return read;
    }

    private ObjectNode faults() {
        ObjectNode body = Json.object();
        ArrayNode list = body.putArray("faults");
        faults.list().forEach(fault -> list.add(FaultReader.toJson(fault)));
        return body;
    }

    private ObjectNode state() {
        ObjectNode state = JsonLines.totals(book.totals());
        log.totals(state);
        return state;
    }

    private static <T> void stream(
            HttpExchange exchange, BiFunction<Integer, Integer, List<T>> pages, Function<T, ObjectNode> line)
            throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/x-ndjson");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = new BufferedOutputStream(exchange.getResponseBody(), 1 << 16)) {
            int from = 0;
            for (List<T> page = pages.apply(0, PAGE); !page.isEmpty(); page = pages.apply(from, PAGE)) {
                for (T one : page) {
                    out.write(Json.bytes(line.apply(one)));
                    out.write('\n');
                }
                from += page.size();
            }
        }
        exchange.close();
    }
}
