package dev.posbridge.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posbridge.ledger.HoldBook.Held;
import dev.posbridge.operations.AmountText;

/** A held file for people, and for programs. */
final class HeldView {
    private HeldView() {}

    /** {@code acme/EOD_07.csv, 214 records, sales 120,400.00, refunds 0.00: outside-limits}. */
    static String line(Held held) {
        return held.vendor() + "/" + held.name() + ", " + held.records()
                + (held.isWhole() ? " records, sales " : " sales of " + held.customers() + " customers, ")
                + AmountText.shown(held.sales())
                + (held.isWhole() ? ", refunds " + AmountText.shown(held.refunds()) : "") + ": "
                + held.why()
                + (held.approved() == null || !held.isWhole()
                        ? ""
                        : " (released, not read again yet: release it once more)");
    }

    static ObjectNode node(Held held) {
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
