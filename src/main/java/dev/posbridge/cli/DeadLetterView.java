package dev.posbridge.cli;

import dev.posbridge.ledger.DeadLetters.DeadLetter;
import dev.posbridge.operations.document.Json;
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
