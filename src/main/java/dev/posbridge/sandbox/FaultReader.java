package dev.posbridge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Faults as JSON: {@code {"kind": "error", "status": 503, "rate": 0.1}}. Names are lower case, with hyphens. */
final class FaultReader {
    private static final Set<String> KNOWN =
            Set.of("kind when method path ids rate count status code message delay retryAfter".split(" "));
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m)");

    private FaultReader() {}

    static Fault read(JsonNode node) {
        Fields fields = Fields.of(node).only(KNOWN);
        Fault fault = Fault.of(choice(Fault.Kind.class, "kind", fields.requiredText("kind")));
        fields.texts("ids");
        if (fields.has("when")) {
            fault = fault.withWhen(choice(Fault.When.class, "when", fields.text("when")));
        }
        if (fields.has("method")) {
            fault = fault.withMethod(fields.text("method"));
        }
        if (fields.has("path")) {
            fault = fault.withPath(fields.text("path"));
        }
        if (fields.has("ids")) {
            ArrayNode ids = (ArrayNode) fields.list("ids");
            String[] texts = new String[ids.size()];
            Arrays.setAll(texts, i -> ids.get(i).textValue());
            fault = fault.withIds(texts);
        }
        return details(fault, fields);
    }

    static ObjectNode toJson(Fault fault) {
        ObjectNode node = Json.object()
                .put("kind", name(fault.kind()))
                .put("when", name(fault.when()))
                .put("method", fault.method())
                .put("path", fault.path())
                .put("rate", fault.rate())
                .put("count", fault.count())
                .put("status", fault.status())
                .put("code", fault.code())
                .put("message", fault.message())
                .put("delay", fault.delay().toMillis() + "ms")
                .put("retryAfter", fault.retryAfter());
        ArrayNode ids = node.putArray("ids");
        fault.ids().forEach(ids::add);
        return node;
    }

    private static Fault details(Fault read, Fields fields) {
        Fault fault = read;
        BigDecimal rate = fields.amount("rate");
        if (rate != null && rate.compareTo(BigDecimal.ONE) > 0) {
            throw Refusal.invalid("rate must be from 0 to 1, found " + rate);
        }
        if (rate != null) {
            fault = fault.withRate(rate.doubleValue());
        }
        Long count = fields.whole("count", 1, Long.MAX_VALUE);
        if (count != null) {
            fault = fault.withCount(count);
        }
        Long status = fields.whole("status", 200, 599);
        Long code = fields.whole("code", 0, 99_999);
        fault = fault.withError(
                status == null ? fault.status() : status.intValue(), code == null ? fault.code() : code.intValue());
        String delay = fields.text("delay");
        if (delay != null) {
            fault = fault.withDelay(duration(delay));
        }
        return fault.withMessage(fields.text("message")).withRetryAfter(fields.text("retryAfter"));
    }

    private static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw Refusal.invalid("delay must be a duration like 200ms, 2s or 1m, found \"" + text + "\"");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            default -> Duration.ofMinutes(number);
        };
    }

    private static <E extends Enum<E>> E choice(Class<E> type, String field, String text) {
        for (E constant : type.getEnumConstants()) {
            if (name(constant).equals(text)) {
                return constant;
            }
        }
        String known =
                Arrays.stream(type.getEnumConstants()).map(FaultReader::name).collect(Collectors.joining(", "));
        throw Refusal.invalid(field + " must be one of " + known + ", found \"" + text + "\"");
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
