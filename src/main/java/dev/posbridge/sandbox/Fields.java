package dev.posbridge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads one JSON object strictly: what has the wrong type is refused (code 3000) by a message that begins with the
 * field's path. A null counts as absent.
 */
final class Fields {
    private static final int LONGEST_VALUE_QUOTED = 80;
    /** Bounds what an amount may cost: 1e999999999 is valid JSON, and a gigabyte when written out. */
    private static final int MOST_INTEGER_DIGITS = 15;

    private static final int MOST_DECIMALS = 10;
    private static final Set<String> CHANNELS = Set.of("mobile", "pos", "web", "callcenter");

    private final JsonNode node;
    private final String prefix;

    private Fields(JsonNode node, String prefix) {
        this.node = node;
        this.prefix = prefix;
    }

    static Fields of(JsonNode object) {
        return new Fields(object, "");
    }

    /** Refuses every field but these: a misspelt name would be ignored silently by a lenient server. */
    Fields only(Set<String> known) {
        Iterator<String> names = node.fieldNames();
        while (names.hasNext()) {
            String name = names.next();
            if (!known.contains(name)) {
                throw Refusal.invalid(prefix + name + " is not a field of this call");
            }
        }
        return this;
    }

    boolean has(String name) {
        return node.hasNonNull(name);
    }

    String requiredText(String name) {
        String text = text(name);
        if (text == null || text.isBlank()) {
            throw Refusal.invalid(prefix + name + " is required");
        }
        return text;
    }

    String text(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        if (!value.isTextual()) {
            throw wrong(name, value, "a string");
        }
        return value.textValue();
    }

    BigDecimal requiredAmount(String name) {
        BigDecimal amount = amount(name);
        if (amount == null) {
            throw Refusal.invalid(prefix + name + " is required");
        }
        return amount;
    }

    /** An amount that must not be negative, or null. */
    BigDecimal amount(String name) {
        BigDecimal amount = number(name);
        if (amount != null && amount.signum() < 0) {
            throw Refusal.invalid(prefix + name + " must not be negative, found " + amount);
        }
        return amount;
    }

    BigDecimal number(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        if (!value.isNumber()) {
            throw wrong(name, value, "a number");
        }
        BigDecimal number = value.decimalValue();
        if (number.precision() - number.scale() > MOST_INTEGER_DIGITS || number.scale() > MOST_DECIMALS) {
            throw wrong(name, value, "a number of at most 15 digits and 10 decimals");
        }
        return number;
    }

    Long whole(String name, long least, long most) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        if (!value.canConvertToLong()
                || !value.isIntegralNumber()
                || value.longValue() < least
                || value.longValue() > most) {
            throw wrong(name, value, "a whole number from " + least + " to " + most);
        }
        return value.longValue();
    }

    boolean flag(String name) {
        JsonNode value = value(name);
        if (value != null && !value.isBoolean()) {
            throw wrong(name, value, "true or false");
        }
        return value != null && value.booleanValue();
    }

    /** UTC, ISO 8601, ending in Z. */
    Instant requiredTime(String name) {
        return utc(requiredText(name))
                .orElseThrow(() -> wrong(name, node.get(name), "a UTC time like 2026-01-31T08:13:29.290Z"));
    }

    void channel() {
        String channel = text("channel");
        if (channel != null && !CHANNELS.contains(channel)) {
            throw Refusal.invalid(prefix + "channel must be one of mobile, pos, web, callcenter, found "
                    + quoted(node.get("channel")));
        }
    }

    /** The nested object, or null. */
    Fields object(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        if (!value.isObject()) {
            throw wrong(name, value, "an object");
        }
        return new Fields(value, prefix + name + ".");
    }

    List<Fields> objects(String name) {
        List<Fields> objects = new ArrayList<>();
        JsonNode list = list(name);
        for (int i = 0; list != null && i < list.size(); i++) {
            if (!list.get(i).isObject()) {
                throw wrong(name + "[" + i + "]", list.get(i), "an object");
            }
            objects.add(new Fields(list.get(i), prefix + name + "[" + i + "]."));
        }
        return objects;
    }

    void texts(String... names) {
        for (String name : names) {
            JsonNode list = list(name);
            for (int i = 0; list != null && i < list.size(); i++) {
                if (!list.get(i).isTextual()) {
                    throw wrong(name + "[" + i + "]", list.get(i), "a string");
                }
            }
        }
    }

    /** An object whose values are strings or numbers, nothing nested. */
    void flat(String name) {
        Fields object = object(name);
        if (object == null) {
            return;
        }
        for (Map.Entry<String, JsonNode> entry : object.node.properties()) {
            if (!entry.getValue().isTextual() && !entry.getValue().isNumber()) {
                throw wrong(name + "." + entry.getKey(), entry.getValue(), "a string or a number");
            }
        }
    }

    List<String> names() {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    JsonNode list(String name) {
        JsonNode value = value(name);
        if (value != null && !value.isArray()) {
            throw wrong(name, value, "a list");
        }
        return value;
    }

    private JsonNode value(String name) {
        JsonNode value = node.get(name);
        return value == null || value.isNull() ? null : value;
    }

    private static Optional<Instant> utc(String text) {
        try {
            return text.endsWith("Z") ? Optional.of(Instant.parse(text)) : Optional.empty();
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private Refusal wrong(String name, JsonNode value, String expected) {
        return Refusal.invalid(prefix + name + " must be " + expected + ", found " + quoted(value));
    }

    private static String quoted(JsonNode value) {
        String text = value.toString();
        return text.length() <= LONGEST_VALUE_QUOTED ? text : text.substring(0, LONGEST_VALUE_QUOTED) + "...";
    }
}
