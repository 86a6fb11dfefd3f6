package dev.posbridge.gameball;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

/** What Gameball says of a failure. Each part may be null: proxies and failing servers say what they like. */
public record ErrorAnswer(Integer code, String type, String message, String documentationUrl, String requestId) {
    static final ErrorAnswer NONE = new ErrorAnswer(null, null, null, null, null);
    /** A page for people in place of an answer. */
    static final ErrorAnswer PAGE = new ErrorAnswer(null, "page for people", null, null, null);

    private static final int LONGEST_CODE = 9;

    boolean isPage() {
        return PAGE.equals(this);
    }

    /** Never fails: a body that is missing, HTML or broken says nothing. */
    static ErrorAnswer of(String body) {
        if (body == null || body.isBlank()) {
            return NONE;
        }
        try {
            JsonNode answer = GameballJson.mapper().readTree(body);
            return new ErrorAnswer(
                    code(answer.path("code").asText("")),
                    answer.path("type").asText(null),
                    answer.path("message").asText(null),
                    answer.path("documentationUrl").asText(null),
                    answer.path("requestId").asText(null));
        } catch (JsonProcessingException notJson) {
            return NONE;
        }
    }

    /** Whether the body begins as JSON and does not end so: what it would have said is not known. */
    static boolean isCut(String body) {
        if (body == null || !body.stripLeading().startsWith("{")) {
            return false;
        }
        try {
            GameballJson.mapper().readTree(body);
            return false;
        } catch (JsonProcessingException cut) {
            return true;
        }
    }

    /** A number, also where it is written as text. */
    private static Integer code(String text) {
        String trimmed = text.trim();
        boolean number = !trimmed.isEmpty()
                && trimmed.length() <= LONGEST_CODE
                && trimmed.chars().allMatch(digit -> digit >= '0' && digit <= '9');
        return number ? Integer.valueOf(trimmed) : null;
    }
}
