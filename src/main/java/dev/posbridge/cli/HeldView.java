package dev.posbridge.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posbridge.ledger.FileState;
import dev.posbridge.ledger.HoldBook.Held;
import dev.posbridge.pos.Reason;

/** A held file for people, and for programs. */
final class HeldView {
    private HeldView() {}

    /** {@code acme/EOD_07.csv, 214 records, sales 120,400.00, refunds 0.00: outside-limits}. */
    static String line(Held held) {
        return held.vendor() + "/" + held.name() + ", " + held.records()
                + (held.state() == FileState.HELD
                        ? " records, sales "
                        : " sales of " + held.customers() + " customers, ")
                + ReportText.money(held.sales())
                + (held.state() == FileState.HELD ? ", refunds " + ReportText.money(held.refunds()) : "") + ": "
                + reason(held)
                + (held.approved() == null || held.state() != FileState.HELD
                        ? ""
                        : " (released, not read again yet: release it once more)");
    }

    static String reason(Held held) {
        return held.state() == FileState.HELD ? held.reason() : Reason.SUSPICIOUS_CUSTOMER.code();
    }

    static String message(Held held) {
        return held.state() == FileState.HELD
                ? held.message()
                : held.name() + ": " + held.records() + " sales of " + held.customers()
                        + " customers who bought more often on one day, or in more stores, than one person can."
                        + " Release or reject them.";
    }

    static ObjectNode node(Held held) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("id", held.id());
        node.put("vendor", held.vendor());
        node.put("name", held.name());
        node.put("path", held.path());
        node.put("state", held.state() == FileState.HELD ? "held" : "customers-held");
        node.put("reason", reason(held));
        node.put("message", message(held));
        node.put("since", Json.time(held.since()));
        node.put("released", held.approved() != null);
        node.put("records", held.records());
        node.put("sales", held.sales());
        node.put("refunds", held.refunds());
        return node;
    }
}
