package dev.posbridge.checkout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.posbridge.Nearest;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads a JSON object strictly: what has the wrong type, and every field that nobody asked for, is a problem, and all
 * problems are told at once. A null counts as absent. What is problematic reads as absent.
 */
final class RequestFields {
    private static final int LONGEST_ID = 100;
    private static final int LONGEST_TEXT = 1_000;
    private static final int MOST_ELEMENTS = 500;
    private static final int MOST_DIGITS = 15;
    private static final int MOST_DECIMALS = 4;
    private static final int LONGEST_QUOTE = 60;

    private final JsonNode node;
    private final String path;
    private final List<String> problems;
    private final Set<String> known = new LinkedHashSet<>();
    private final List<RequestFields> parts = new ArrayList<>();

    RequestFields(JsonNode node) {
        this(node, "", new ArrayList<>());
    }

    private RequestFields(JsonNode node, String path, List<String> problems) {
        this.node = node;
        this.path = path;
        this.problems = problems;
    }

    /** @throws CheckoutException with every problem, those of unknown fields included */
    void check() {
        lookForUnknown();
        if (!problems.isEmpty()) {
            throw new CheckoutException(CheckoutError.INVALID_REQUEST, String.join(" ", problems));
        }
    }

    private void lookForUnknown() {
        node.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                problems.add("unknown field \"" + path + shortened(name) + "\"." + Nearest.hint(name, known));
            }
        });
        parts.forEach(RequestFields::lookForUnknown);
    }

    void problem(String name, String expected) {
        JsonNode value = node.path(name);
        String found = value.isMissingNode() || value.isNull() ? "nothing" : shortened(value.toString());
        problems.add("\"" + path + name + "\": found " + found + ", expected " + expected + ".");
    }

    boolean has(String name) {
        return value(name) != null;
    }

    String text(String name) {
        return text(name, LONGEST_TEXT);
    }

    String id(String name) {
        return text(name, LONGEST_ID);
    }

    String requiredId(String name) {
        return required(name, "a text of 1 to " + LONGEST_ID + " characters", this::id);
    }

    private String text(String name, int longest) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        String text = value.isTextual() ? value.textValue().strip() : "";
        boolean plain = text.codePoints().noneMatch(Character::isISOControl);
        if (text.isEmpty() || text.length() > longest || !plain) {
            problem(name, "a text of 1 to " + longest + " characters");
            return null;
        }
        return text;
    }

    /** Zero or more, exact; a number, or a text that holds one. */
    BigDecimal amount(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        BigDecimal amount = number(value);
        if (amount == null
                || amount.signum() < 0
                || amount.scale() > MOST_DECIMALS
                || amount.precision() - amount.scale() > MOST_DIGITS) {
            problem(name, "an amount of zero or more, with at most " + MOST_DECIMALS + " decimals");
            return null;
        }
        return amount;
    }

    BigDecimal requiredAmount(String name) {
        return required(name, "an amount", this::amount);
    }

    private static BigDecimal number(JsonNode value) {
        if (value.isNumber()) {
            return value.decimalValue();
        }
        boolean plain = value.isTextual() && value.textValue().matches("\\d{1,15}(\\.\\d{1,10})?");
        return plain ? new BigDecimal(value.textValue()) : null;
    }

    Long whole(String name, long least, long most) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < least
                || value.longValue() > most) {
            problem(name, "a whole number from " + least + " to " + most);
            return null;
        }
        return value.longValue();
    }

    boolean flag(String name) {
        JsonNode value = value(name);
        if (value != null && !value.isBoolean()) {
            problem(name, "true or false");
        }
        return value != null && value.booleanValue();
    }

    /** ISO 8601 with an offset, or Z. */
    Instant time(String name) {
        String expected = "a time with an offset, like 2026-01-31T18:22:07+01:00";
        return parsed(name, expected, text -> OffsetDateTime.parse(text).toInstant());
    }

    LocalDate date(String name) {
        return parsed(name, "a date like 2026-01-31", LocalDate::parse);
    }

    private <T> T parsed(String name, String expected, Function<String, T> parser) {
        String text = text(name);
        try {
            return text == null ? null : parser.apply(text);
        } catch (DateTimeParseException wrong) {
            problem(name, expected);
            return null;
        }
    }

    /** The nested object, or null. */
    RequestFields object(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        if (!value.isObject()) {
            problem(name, "an object");
            return null;
        }
        return part(value, path + name + ".");
    }

    List<RequestFields> objects(String name) {
        List<RequestFields> objects = new ArrayList<>();
        for (JsonNode element : list(name)) {
            if (element.isObject()) {
                objects.add(part(element, path + name + "[" + objects.size() + "]."));
            } else {
                problem(name, "a list of objects");
                return List.of();
            }
        }
        return objects;
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : list(name)) {
            if (!element.isTextual()
                    || element.textValue().isBlank()
                    || element.textValue().length() > LONGEST_ID) {
                problem(name, "a list of texts");
                return List.of();
            }
            texts.add(element.textValue());
        }
        return texts;
    }

    /** An object of texts and numbers; empty where it is absent. */
    Map<String, String> pairs(String name) {
        Map<String, String> pairs = new LinkedHashMap<>();
        JsonNode value = value(name);
        if (value == null) {
            return pairs;
        }
        boolean plain = value.isObject() && value.size() <= MOST_ELEMENTS;
        for (Map.Entry<String, JsonNode> pair : value.properties()) {
            plain &= pair.getValue().isTextual() || pair.getValue().isNumber();
            pairs.put(pair.getKey(), pair.getValue().asText());
        }
        if (!plain) {
            problem(name, "an object of texts and numbers");
            return Map.of();
        }
        return pairs;
    }

    private JsonNode list(String name) {
        JsonNode value = value(name);
        if (value != null && (!value.isArray() || value.size() > MOST_ELEMENTS)) {
            problem(name, "a list of at most " + MOST_ELEMENTS);
        }
        return value == null || !value.isArray() || value.size() > MOST_ELEMENTS
                ? JsonNodeFactory.instance.arrayNode()
                : value;
    }

    private RequestFields part(JsonNode value, String itsPath) {
        RequestFields part = new RequestFields(value, itsPath, problems);
        parts.add(part);
        return part;
    }

    private <T> T required(String name, String expected, Function<String, T> reader) {
        if (!has(name)) {
            problem(name, expected);
        }
        return reader.apply(name);
    }

    private JsonNode value(String name) {
        known.add(name);
        JsonNode value = node.get(name);
        return value == null || value.isNull() ? null : value;
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "...";
    }
}
