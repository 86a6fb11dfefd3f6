package dev.posbridge.operations.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posbridge.ledger.AuditBook.Audited;
import dev.posbridge.ledger.LedgerAccount;
import java.util.List;

/** Who did what, when and why, as programs read it. */
public final class AuditJson {
    private AuditJson() {}

    /** All of these. */
    public static ObjectNode node(LedgerAccount account, List<Audited> found) {
        ObjectNode root = Json.about(account);
        ArrayNode array = root.putArray("audit");
        found.forEach(one -> array.addObject()
                .put("id", one.id())
                .put("at", Json.time(one.at()))
                .put("who", one.who())
                .put("command", one.command())
                .put("count", one.count())
                .put("reason", one.reason()));
        return root;
    }
}
