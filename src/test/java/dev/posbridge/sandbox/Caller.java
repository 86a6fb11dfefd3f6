package dev.posbridge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Calls the sandbox as a client would, with both keys. */
final class Caller {
    static final String V40 = "/api/v4.0/integrations/";
    static final String V41 = "/api/v4.1/integrations/";
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final URI base;
    private final Map<String, String> headers = new TreeMap<>(Map.of("APIKey", "key", "SecretKey", "secret"));

    Caller(Sandbox sandbox) {
        this.base = sandbox.uri();
    }

    record Got(int status, String text, HttpResponse<String> response) {
        JsonNode json() {
            return tree(text);
        }

        /** Status and code, and the message of an error: {@code 422/9004 a transaction ...}. */
        String error() {
            return status + "/" + json().get("code").asText() + " "
                    + json().get("message").asText();
        }
    }

    /** An empty value takes the header away. */
    Caller withHeader(String name, String value) {
        headers.remove(name);
        if (!value.isEmpty()) {
            headers.put(name, value);
        }
        return this;
    }

    Got get(String path) {
        return send(request(path).GET());
    }

    Got delete(String path) {
        return send(request(path).DELETE());
    }

    /** Single quotes become double quotes, so that JSON can be read in Java. */
    Got post(String path, String json) {
        return send(posting(path, json));
    }

    HttpRequest.Builder posting(String path, String json) {
        return request(path)
                .setHeader("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json.replace('\'', '"')));
    }

    Got send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
            return new Got(response.statusCode(), response.body(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    HttpRequest.Builder request(String path) {
        String whole = path.startsWith("/") ? path : V40 + path;
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(whole)).timeout(Duration.ofSeconds(20));
        headers.forEach(request::setHeader);
        return request;
    }

    static JsonNode tree(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String order(String customerId, String orderId, String time, String totalPaid) {
        return "{'customerId':'" + customerId + "','orderId':'" + orderId + "','orderDate':'2026-01-31T" + time
                + "Z','totalPaid':" + totalPaid + "}";
    }

    static String refund(String customerId, String refundId, String orderId, String time, String amount) {
        return "{'customerId':'" + customerId + "','refundTransactionId':'" + refundId + "','reverseTransactionId':'"
                + orderId + "','transactionTime':'2026-02-01T" + time + "Z','refundAmount':" + amount + "}";
    }
}
