package dev.posbridge.operations.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posbridge.ledger.Attempt;
import dev.posbridge.ledger.DeadLetters;
import dev.posbridge.ledger.DeadLetters.DeadLetter;
import dev.posbridge.ledger.LedgerAccount;
import dev.posbridge.ledger.LedgerDatabase;
import dev.posbridge.ledger.TraceBook;
import dev.posbridge.ledger.TracedRecord;
import dev.posbridge.operations.TraceSearch;
import java.util.List;

/** What became of a record, as programs read it. */
public final class TraceJson {
    private TraceJson() {}

    /** What was found. */
    public static ObjectNode node(LedgerAccount account, TraceSearch.Found found, LedgerDatabase database) {
        DeadLetters deadLetters = new DeadLetters(database);
        TraceBook book = new TraceBook(database);
        ObjectNode root = Json.about(account);
        ArrayNode records = root.putArray("records");
        found.records().forEach(one -> records.add(node(one, book.attempts(one), deadLetters.ofRecord(one.id()))));
        ArrayNode rows = root.putArray("badRows");
        found.rows().forEach(letter -> rows.add(DeadLetterJson.node(letter)));
        root.put("searchCutShort", found.isCutShort());
        return root;
    }

    private static ObjectNode node(TracedRecord record, List<Attempt> attempts, List<DeadLetter> deadLetters) {
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
        ArrayNode history = node.putArray("history");
        attempts.forEach(attempt -> history.add(node(attempt)));
        ArrayNode letters = node.putArray("deadLetters");
        deadLetters.forEach(letter -> letters.addObject()
                .put("id", letter.id())
                .put("state", letter.state())
                .put("reason", letter.reason())
                .put("message", letter.message()));
        return node;
    }

    private static ObjectNode node(Attempt attempt) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("number", attempt.number())
                .put("sentAt", Json.time(attempt.sentAt()))
                .put("endedAt", Json.time(attempt.endedAt()))
                .put("call", attempt.call())
                .put("outcome", attempt.outcome())
                .put("reason", attempt.reason())
                .put("message", attempt.message())
                .put("status", attempt.status())
                .put("apiCode", attempt.apiCode())
                .put("requestId", attempt.requestId());
        if (attempt.list() == null) {
            return node.putNull("list");
        }
        node.putObject("list")
                .put("id", attempt.list().id())
                .put("kind", attempt.list().kind().word())
                .put("gameballId", attempt.list().gameballId())
                .put("size", attempt.list().size())
                .put("result", attempt.list().result());
        return node;
    }
}
