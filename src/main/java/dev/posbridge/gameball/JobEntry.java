package dev.posbridge.gameball;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a job's status says of one object. Any part may be null: no more is promised.
 *
 * @param customerId of the object; in a job of {@code batch/orders/transactions} the <em>order</em> id
 * @param orderId where we are lucky
 * @param message why it failed
 * @param transactions an order's history; empty where the entry has none
 */
public record JobEntry(String customerId, String orderId, String message, List<OrderTransaction> transactions) {

    /** Words by which servers say that they, not the object, are at fault. */
    private static final Pattern TROUBLE = Pattern.compile(
            "server error|internal error|time[d]? ?out|try again|unavailable|too many requests",
            Pattern.CASE_INSENSITIVE);

    /** Words by which servers say that a time is taken; the code 9003 is not in these answers. */
    private static final Pattern TIME_TAKEN = Pattern.compile(
            "9003|\\btime\\b.*\\b(exist|taken|already|duplicate)|\\b(exist|duplicate)\\w*\\b.*\\btime\\b",
            Pattern.CASE_INSENSITIVE);

    /** Whether the message reads as if Gameball itself had failed, so that it says nothing of the object. */
    public boolean isTrouble() {
        return message != null && TROUBLE.matcher(message).find();
    }

    /** Whether the message reads as if another transaction of the customer had its very time: the next millisecond is free. */
    public boolean isTimeTaken() {
        return message != null && TIME_TAKEN.matcher(message).find();
    }

    static JobEntry of(JsonNode entry) {
        if (entry.isValueNode()) {
            return new JobEntry(entry.asText(null), null, null, List.of());
        }
        return new JobEntry(text(entry, "customerId"), text(entry, "orderId"), message(entry), transactions(entry));
    }

    private static String message(JsonNode entry) {
        String message = text(entry, "message");
        if (message != null) {
            return message;
        }
        JsonNode error = entry.path("error");
        return error.isObject() ? text(error, "message") : text(entry, "error");
    }

    /** How deep the history lies is not documented. */
    private static List<OrderTransaction> transactions(JsonNode entry) {
        JsonNode found = entry.findValue("transactions");
        if (found == null || !found.isArray()) {
            return List.of();
        }
        OrderTransaction[] history = GameballJson.mapper().convertValue(found, OrderTransaction[].class);
        return List.of(history);
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText(null);
    }
}
