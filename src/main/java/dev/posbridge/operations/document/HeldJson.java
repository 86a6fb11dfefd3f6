package dev.posbridge.operations.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posbridge.ledger.HoldBook.Held;
import dev.posbridge.ledger.LedgerAccount;
import java.util.List;

/** Held files as programs read them. */
public final class HeldJson {
    private HeldJson() {}

    /** All of them. */
    public static ObjectNode list(LedgerAccount account, List<Held> files) {
        ObjectNode root = Json.about(account);
        ArrayNode array = root.putArray("held");
        files.forEach(file -> array.add(node(file)));
        return root;
    }

    /** One alone. */
    public static ObjectNode one(LedgerAccount account, Held file) {
        ObjectNode root = Json.about(account);
        root.set("held", node(file));
        return root;
    }

    public static ObjectNode node(Held held) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("id", held.id());
        node.put("vendor", held.vendor());
        node.put("name", held.name());
        node.put("path", held.path());
        node.put("state", held.isWhole() ? "held" : "customers-held");
        node.put("reason", held.why());
        node.put("message", held.told());
        node.put("since", Json.time(held.since()));
        node.put("released", held.approved() != null);
        node.put("records", held.records());
        node.put("sales", held.sales());
        node.put("refunds", held.refunds());
        return node;
    }
}
