package dev.posbridge.operations.document;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posbridge.ledger.FileRecords;
import dev.posbridge.ledger.NightBook.NightFile;

/** Files and their records, as programs read them. */
public final class FileJson {
    private FileJson() {}

    /** A file, or a day of messages. */
    public static ObjectNode node(NightFile file) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", file.id())
                .put("vendor", file.vendor())
                .put("name", file.name())
                .put("path", file.path())
                .put("messages", file.messages())
                .put("state", file.state().word())
                .put("businessDate", file.businessDate())
                .put("receivedAt", Json.time(file.came()))
                .put("endedAt", Json.time(file.ended()))
                .put("rows", file.rows())
                .put("receipts", file.receipts())
                .put("duplicates", file.duplicates())
                .put("held", file.held())
                .put("reason", file.reason())
                .put("message", file.message());
    }

    /** One of its records. */
    public static ObjectNode record(FileRecords.Shown record) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", record.id())
                .put("line", record.line())
                .put("place", record.place())
                .put("kind", record.kind())
                .put("key", record.key())
                .put("orderId", record.orderId())
                .put("customerId", record.customer())
                .put("store", record.store())
                .put("outcome", record.outcome())
                .put("reason", record.reason())
                .put("amount", record.amount())
                .put("happenedAt", Json.time(record.happenedAt()))
                .put("settledAt", Json.time(record.settledAt()))
                .put("points", record.points());
    }
}
