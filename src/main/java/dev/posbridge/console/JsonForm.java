package dev.posbridge.console;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A JSON object as a form has it: names with one value each, or a list of values. */
final class JsonForm {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonForm() {}

    /** @throws RefusedException for anything else */
    static Map<String, List<String>> of(byte... body) {
        Map<String, List<String>> form = new HashMap<>();
        JsonNode root = root(body);
        root.properties().forEach(field -> {
            List<String> values = new ArrayList<>();
            if (field.getValue().isArray()) {
                field.getValue().forEach(value -> values.add(text(field.getKey(), value)));
            } else if (!field.getValue().isNull()) {
                values.add(text(field.getKey(), field.getValue()));
            }
            if (!values.isEmpty()) {
                form.put(field.getKey(), values);
            }
        });
        return form;
    }

    private static JsonNode root(byte... body) {
        try {
            JsonNode root = body.length == 0 ? MAPPER.createObjectNode() : MAPPER.readTree(body);
            if (!root.isObject()) {
                throw new RefusedException(400, "What is sent is no JSON object, expected one.");
            }
            return root;
        } catch (IOException malformed) {
            throw new RefusedException(
                    400, "What is sent cannot be read as JSON" + place(malformed) + ", expected an object.", malformed);
        }
    }

    private static String place(IOException malformed) {
        if (malformed instanceof JsonProcessingException problem && problem.getLocation() != null) {
            JsonLocation at = problem.getLocation();
            String what = problem.getOriginalMessage().replaceFirst(" \\(start marker.*", "");
            return " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ": " + what + ")";
        }
        return "";
    }

    private static String text(String name, JsonNode value) {
        if (!value.isValueNode() || value.isNull()) {
            throw new RefusedException(
                    400,
                    name + " holds " + value.getNodeType().name().toLowerCase(java.util.Locale.ROOT)
                            + ", expected texts or numbers.");
        }
        return value.asText();
    }
}
