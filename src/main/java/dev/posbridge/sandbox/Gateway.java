package dev.posbridge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The way of a call: endpoint, key, quota, body, faults, one call a customer, the work, faults again, the answer. */
final class Gateway {
    private static final Pattern BASE = Pattern.compile("/api/v4\\.([01])/integrations/(.+)");

    private final SandboxSettings settings;
    private final Time time;
    private final Endpoints endpoints;
    private final Keys keys;
    private final Quotas quotas;
    private final Faults faults;
    private final CallLog log;
    private final CustomerGate gate = new CustomerGate();
    private final AtomicLong requests = new AtomicLong();

    Gateway(SandboxSettings settings, Time time, Endpoints endpoints, Quotas quotas, Faults faults, CallLog log) {
        this.settings = settings;
        this.time = time;
        this.endpoints = endpoints;
        this.keys = new Keys(settings);
        this.quotas = quotas;
        this.faults = faults;
        this.log = log;
    }

    void handle(HttpExchange exchange) throws IOException {
        String requestId = requestId();
        Route route = new Route();
        Reply reply;
        try {
            reply = reply(exchange, route, requestId);
        } catch (Refusal refusal) {
            reply = Reply.plain(Answer.error(refusal, requestId));
        }
        String path = exchange.getRequestURI().getRawPath();
        log.note(time.clock().millis(), exchange.getRequestMethod(), path, route.endpoint, reply.status());
        Wire.send(exchange, reply);
    }

    /** Where the call went, for the log, as far as it came. */
    private static final class Route {
        private String endpoint = "unknown";
    }

    private Reply reply(HttpExchange exchange, Route route, String requestId) throws IOException {
        // Always to its end: an answer sent over an unread body reaches the client as a reset connection.
        byte[] body = Wire.read(exchange);
        Matcher base = BASE.matcher(exchange.getRequestURI().getRawPath());
        if (!base.matches()) {
            throw new Refusal(404, 404, "path \"" + exchange.getRequestURI().getRawPath() + "\" is not known");
        }
        String path = base.group(2);
        Endpoints.Match match = endpoints.find(exchange.getRequestMethod(), path);
        route.endpoint = match.endpoint().method() + " " + match.endpoint().template();
        keys.check(exchange.getRequestHeaders(), base.group(1).equals("1"));
        if (settings.quotas() == SandboxSettings.QuotaRule.DOCUMENTED) {
            quotas.take(match.endpoint().resource());
        }
        Call call = new Call(
                match.endpoint(),
                path,
                match.parameters(),
                Query.of(exchange.getRequestURI().getRawQuery()),
                json(exchange, match.endpoint(), body));
        Faults.Target target = call.target();
        Fault fault = faults.ofCall(target).orElse(null);
        if (fault != null && isBeforeWork(fault)) {
            return Reply.spoiled(fault, null, requestId);
        }
        Answer answer = answer(call, target, requestId);
        return fault == null ? Reply.plain(answer) : Reply.spoiled(fault, answer, requestId);
    }

    private Answer answer(Call call, Faults.Target target, String requestId) {
        try {
            return work(call, target);
        } catch (Refusal refusal) {
            return Answer.error(refusal, requestId);
        }
    }

    private Answer work(Call call, Faults.Target target) {
        String customerId = call.customerId();
        gate.enter(customerId);
        try {
            Duration pause = settings.latency();
            for (Fault slow : faults.pauses(target)) {
                pause = pause.plus(slow.delay());
            }
            Wire.pause(pause.toNanos());
            return call.endpoint().work().apply(call);
        } finally {
            // Before the answer leaves: whoever has it may call again.
            gate.leave(customerId);
        }
    }

    private static boolean isBeforeWork(Fault fault) {
        return switch (fault.kind()) {
            case RATE_LIMIT, KEY_REVOKED -> true;
            case CUT_ANSWER, SLOW_DRIP, TRUNCATED_JSON, EMPTY_JSON -> false;
            default -> fault.when() == Fault.When.BEFORE;
        };
    }

    /** Null where the call has none: only to stop a job may be asked by an empty POST. */
    private static JsonNode json(HttpExchange exchange, Endpoint endpoint, byte[] body) {
        if (!endpoint.method().equals("POST")
                || body.length == 0 && endpoint.template().endsWith("/stop")) {
            return null;
        }
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            throw new Refusal(415, 3000, "Content-Type must be application/json, found " + type);
        }
        return Json.parse(body);
    }

    /** Repeatable: the same seed and the same calls give the same ids. */
    private String requestId() {
        long mixed = (settings.seed() * 31 + requests.incrementAndGet()) * 0x9E3779B97F4A7C15L;
        return HexFormat.of().toHexDigits(mixed ^ mixed >>> 32);
    }
}
