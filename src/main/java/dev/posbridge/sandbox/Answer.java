package dev.posbridge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What goes back over the wire. */
record Answer(int status, String contentType, byte[] body, Map<String, String> headers) {
    private static final String JSON = "application/json; charset=utf-8";

    static Answer ok(JsonNode body) {
        return new Answer(200, JSON, Json.bytes(body), Map.of());
    }

    static Answer text(int status, String contentType, String body) {
        return new Answer(status, contentType, body.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    /** Gameball's error shape. */
    static Answer error(Refusal refusal, String requestId) {
        ObjectNode body = Json.object();
        body.put("code", refusal.code());
        body.put("type", type(refusal.code()));
        body.put("message", refusal.getMessage());
        body.put("documentationUrl", "https://developer.gameball.co");
        body.put("requestId", requestId);
        return new Answer(refusal.status(), JSON, Json.bytes(body), Map.of());
    }

    Answer withHeader(String name, String value) {
        return new Answer(status, contentType, body, Map.of(name, value));
    }

    private static String type(int code) {
        return switch (code / 1000) {
            case 0 -> code == 429 ? "rate_limit_error" : "request_error";
            case 1, 8 -> "authentication_error";
            case 2 -> "concurrency_error";
            case 3 -> "validation_error";
            case 5 -> "server_error";
            case 6 -> "account_error";
            case 7 -> "customer_error";
            default -> "transaction_error";
        };
    }
}
