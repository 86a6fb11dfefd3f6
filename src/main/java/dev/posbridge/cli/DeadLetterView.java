package dev.posbridge.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posbridge.ledger.DeadLetters.DeadLetter;
import dev.posbridge.pos.Reason;
import java.io.PrintWriter;

/** A dead letter for people, and for programs. */
final class DeadLetterView {
    private DeadLetterView() {}

    static String line(DeadLetter letter) {
        String closed = letter.isOpen() ? "" : "(" + letter.state() + ") ";
        return String.format("%6d  %-22s %s%s", letter.id(), letter.reason(), closed, letter.message());
    }

    static void print(PrintWriter out, DeadLetter letter) {
        field(out, "dead letter", letter.id());
        field(out, "state", letter.state() + (letter.closedAt() == null ? "" : " at " + letter.closedAt()));
        field(out, "why discarded", letter.discardReason());
        field(out, "since", letter.createdAt());
        field(out, "vendor", letter.vendor());
        field(out, "level", letter.level());
        field(out, "position", letter.position());
        field(out, "file", letter.filePath());
        field(out, "reason", letter.reason());
        field(out, "message", letter.message());
        field(out, "remedy", Reason.ofCode(letter.reason()).remedy());
        field(out, "attempts", letter.attempts());
        field(out, "HTTP status", letter.status());
        field(out, "Gameball code", letter.apiCode());
        field(out, "request id", letter.requestId());
        field(out, "record", letter.recordId());
        block(out, "The rows as they were read:", letter.header(), letter.raw());
        String canonical = letter.canonical() == null ? null : Json.text(Json.tree(letter.canonical()));
        block(out, "What Posbridge made of them:", null, canonical);
    }

    static ObjectNode node(DeadLetter letter) {
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

    private static void field(PrintWriter out, String name, Object value) {
        if (value != null) {
            out.printf("%-14s %s%n", name, value);
        }
    }

    private static void block(PrintWriter out, String title, String header, String text) {
        if (text != null) {
            out.printf("%n%s%n", title);
            if (header != null) {
                out.println("  " + header);
            }
            text.lines().forEach(line -> out.println("  " + line));
        }
    }
}
