package dev.posbridge.cli;

import dev.posbridge.ledger.Attempt;
import dev.posbridge.ledger.DeadLetters.DeadLetter;
import dev.posbridge.ledger.TracedRecord;
import dev.posbridge.operations.AmountText;
import dev.posbridge.operations.AttemptText;
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

    static void print(PrintWriter out, TracedRecord record, List<Attempt> attempts, List<DeadLetter> deadLetters) {
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
        attempts.forEach(attempt -> field(out, "attempt " + attempt.number(), line(attempt)));
        deadLetters.forEach(letter -> field(
                out,
                "dead letter",
                letter.id() + " " + letter.state() + ", " + letter.reason() + ": " + letter.message()));
        out.println();
    }

    private static String line(Attempt attempt) {
        StringBuilder line = new StringBuilder();
        Instant when = attempt.sentAt() == null ? attempt.endedAt() : attempt.sentAt();
        line.append(when == null ? "" : local(when) + "  ").append(AttemptText.of(attempt));
        return line.toString();
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

    private static void field(PrintWriter out, String name, Object value) {
        if (value != null) {
            out.printf("  %-14s %s%n", name, value);
        }
    }
}
