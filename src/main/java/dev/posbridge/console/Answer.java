package dev.posbridge.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.posbridge.operations.document.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a browser gets.
 *
 * @param stream what is told for as long as somebody listens, instead of a body; null for none
 */
record Answer(int status, String type, byte[] body, Map<String, String> headers, Stream stream) {
    private static final Map<Integer, String> TITLES = Map.of(
            400, "Bad request",
            401, "Not signed in",
            403, "Not allowed",
            404, "Not found",
            405, "Not asked in this way",
            409, "Conflict",
            415, "Not JSON",
            429, "Too many wrong answers",
            500, "Failed",
            503, "Busy");
    private static final String HTML = "text/html; charset=utf-8";

    /** Told by a thread of its own, until it returns or nobody listens any more. */
    interface Stream {
        void tell(OutputStream out) throws IOException;
    }

    private Answer(int status, String type, byte[] body, Map<String, String> headers) {
        this(status, type, body, headers, null);
    }

    static Answer page(int status, String html) {
        return new Answer(status, HTML, html.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    static Answer stream(String type, Stream stream) {
        return new Answer(200, type, new byte[0], Map.of(), stream);
    }

    /** A document, as programs read it. */
    static Answer json(JsonNode document) {
        return of("application/json", Json.text(document).getBytes(StandardCharsets.UTF_8));
    }

    /** Why something was not done, as programs read it (RFC 9457). */
    static Answer problem(int status, String message) {
        String body = Json.text(JsonNodeFactory.instance
                .objectNode()
                .put("type", "about:blank")
                .put("title", TITLES.getOrDefault(status, "Not done"))
                .put("status", status)
                .put("detail", message));
        return new Answer(status, "application/problem+json", body.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    static Answer of(String type, byte[] body) {
        return new Answer(200, type, body, Map.of());
    }

    /** After a change: the browser asks for a page, so that reloading it does nothing twice. */
    static Answer see(String path) {
        return new Answer(303, HTML, new byte[0], Map.of("Location", path));
    }

    Answer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, type, body, more, stream);
    }
}
