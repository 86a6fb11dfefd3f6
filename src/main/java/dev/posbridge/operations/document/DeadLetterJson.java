package dev.posbridge.operations.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posbridge.ledger.DeadLetters.DeadLetter;
import dev.posbridge.ledger.LedgerAccount;
import dev.posbridge.pos.Reason;
import java.util.List;

/** Dead letters as programs read them. */
public final class DeadLetterJson {
    private DeadLetterJson() {}

    /** Some of as many as there are. */
    public static ObjectNode list(LedgerAccount account, long count, List<DeadLetter> letters) {
        ObjectNode root = Json.about(account).put("count", count);
        ArrayNode array = root.putArray("deadLetters");
        letters.forEach(letter -> array.add(node(letter)));
        return root;
    }

    /** One alone. */
    public static ObjectNode one(LedgerAccount account, DeadLetter letter) {
        ObjectNode root = Json.about(account);
        root.set("deadLetter", node(letter));
        return root;
    }

    public static ObjectNode node(DeadLetter letter) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("id", letter.id())
                .put("state", letter.state())
                .put("discardReason", letter.discardReason())
                .put("createdAt", Json.time(letter.createdAt()))
                .put("closedAt", Json.time(letter.closedAt()))
                .put("vendor", letter.vendor())
                .put("level", letter.level())
                .put("position", letter.position())
                .put("file", letter.fileName())
                .put("filePath", letter.filePath())
                .put("reason", letter.reason())
                .put("message", letter.message())
                .put("remedy", Reason.ofCode(letter.reason()).remedy())
                .put("attempts", letter.attempts())
                .put("status", letter.status())
                .put("apiCode", letter.apiCode())
                .put("requestId", letter.requestId())
                .put("recordId", letter.recordId())
                .put("header", letter.header())
                .put("raw", letter.raw());
        node.set("canonical", letter.canonical() == null ? null : Json.tree(letter.canonical()));
        return node;
    }
}
