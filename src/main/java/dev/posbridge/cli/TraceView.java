package dev.posbridge.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posbridge.ledger.DeadLetters.DeadLetter;
import dev.posbridge.ledger.TracedRecord;
import dev.posbridge.operations.AmountText;
import dev.posbridge.operations.PointsText;
import dev.posbridge.pos.Position;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** A traced record for people, and for programs. */
final class TraceView {
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss z");

    private TraceView() {}

    static void print(PrintWriter out, TracedRecord record, List<DeadLetter> deadLetters) {
        out.printf(
                "%s %s  %s%s%n",
                record.kind(),
                record.key(),
                record.state(),
                record.reason() == null ? "" : " (" + record.reason() + ")");
        field(out, "from", record.vendor() + "/" + Position.ofRow(record.file(), record.line()));
        field(out, "order id", record.orderId());
        field(out, "customer", record.customerId());
        field(out, "amount", record.amount().signum() == 0 ? null : AmountText.shown(record.amount()));
        field(out, "takes back", original(record));
        field(out, "happened", local(record.happenedAt()));
        field(out, "attempts", record.attempts());
        field(out, "last sent", local(record.sentAt()));
        field(out, "settled", local(record.settledAt()));
        field(
                out,
                "points",
                record.points() == null && !hasPoints(record) ? null : PointsText.ofRecord(record.points()));
        field(out, "Gameball code", record.apiCode());
        field(out, "request id", record.requestId());
        deadLetters.forEach(letter -> field(
                out,
                "dead letter",
                letter.id() + " " + letter.state() + ", " + letter.reason() + ": " + letter.message()));
        out.println();
    }

    /** Whether Gameball has given or taken points for it, known or not. */
    private static boolean hasPoints(TracedRecord record) {
        return "delivered".equals(record.state()) && ("sale".equals(record.kind()) || "refund".equals(record.kind()));
    }

    /** As the clock on the wall here shows it; programs are told UTC. */
    static String local(Instant time) {
        return time == null ? null : LOCAL.format(time.atZone(ZoneId.systemDefault()));
    }

    private static String original(TracedRecord record) {
        return record.original() == null || !record.matched()
                ? record.original()
                : record.original() + " (matched by product, not named by the till)";
    }

    static ObjectNode node(TracedRecord record, List<DeadLetter> deadLetters) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("id", record.id())
                .put("vendor", record.vendor())
                .put("file", record.file())
                .put("line", record.line())
                .put("kind", record.kind())
                .put("key", record.key())
                .put("orderId", record.orderId())
                .put("customerId", record.customerId())
                .put("amount", record.amount())
                .put("original", record.original())
                .put("matchedByProduct", record.matched())
                .put("state", record.state())
                .put("reason", record.reason())
                .put("attempts", record.attempts())
                .put("happenedAt", Json.time(record.happenedAt()))
                .put("sentAt", Json.time(record.sentAt()))
                .put("settledAt", Json.time(record.settledAt()))
                .put("points", record.points())
                .put("pointsKnown", record.points() != null)
                .put("apiCode", record.apiCode())
                .put("requestId", record.requestId());
        ArrayNode letters = node.putArray("deadLetters");
        deadLetters.forEach(letter -> letters.addObject()
                .put("id", letter.id())
                .put("state", letter.state())
                .put("reason", letter.reason())
                .put("message", letter.message()));
        return node;
    }

    private static void field(PrintWriter out, String name, Object value) {
        if (value != null) {
            out.printf("  %-14s %s%n", name, value);
        }
    }
}
