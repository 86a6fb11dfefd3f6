package dev.posbridge.cli;

import dev.posbridge.Count;
import dev.posbridge.ledger.HealthBook;
import dev.posbridge.ledger.NodeBook;
import dev.posbridge.ledger.Pauses;
import dev.posbridge.ledger.StatusBook;
import dev.posbridge.ledger.StatusBook.Waiting;
import dev.posbridge.operations.Forecast;
import dev.posbridge.operations.LeftInInbox;
import dev.posbridge.operations.ReadingNow;
import dev.posbridge.operations.StatusNow;
import java.io.PrintWriter;
import java.util.List;

/** The status, for people. */
record StatusView(StatusNow now) {
    private static final int MOST_LEFT = 10;
    private static final String LINE = "%-20s %9s %9s %9s %9s %9s %9s %9s%n";

    void print(PrintWriter out) {
        out.printf(
                "Account %s (%s, %s), data in %s%n",
                now.account().name(), now.account().environment(), now.account().currency(), now.data());
        out.println(now.holder() == null ? "Nothing runs here." : "Running: " + now.holder());
        nodes(out, now.nodes());
        healthLines(out);
        now.alarms()
                .forEach(alarm -> out.println("Alarm: " + alarm.concern() + " since " + TraceView.local(alarm.since())
                        + ", last told " + TraceView.local(alarm.toldAt())));
        now.status()
                .pauses()
                .forEach(pause -> out.println("Delivery is paused"
                        + Pauses.scope(pause.vendor(), pause.store(), pause.kind()) + ": " + pause.reason()
                        + " (since " + TraceView.local(pause.since()) + ")"));
        if (now.outOfHours() != null) {
            out.println(now.outOfHours());
        }
        out.printf("%n" + LINE, "vendor", "due", "sending", "later", "paused", "parked", "held", "dead");
        now.status().vendors().forEach((vendor, waiting) -> line(out, vendor, waiting));
        line(out, "all", now.status().total());
        out.println();
        String money = DeadMoney.words(
                now.deadMoney(), now.deadWithoutTotal(), now.account().currency());
        if (!money.isEmpty()) {
            out.println("Dead letters: " + now.status().total().dead() + ", of them " + money
                    + ".  See: posbridge dead-letters summary");
        }
        now.reading()
                .forEach(file -> out.println(
                        (file.goesOn() ? "Reading: " : "Interrupted: ") + file.words() + readingLeft(file)));
        now.left().stream().limit(MOST_LEFT).forEach(file -> out.println("In the inbox: " + file.words()));
        if (now.left().size() > MOST_LEFT) {
            out.println("In the inbox: " + (now.left().size() - MOST_LEFT) + " more; --json names "
                    + (now.left().size() < LeftInInbox.MOST ? "all." : LeftInInbox.MOST + "."));
        }
        now.held().forEach(file -> out.println("Held: " + HeldView.line(file) + "  See: posbridge held list"));
        if (now.status().oldest() != null) {
            out.println("Oldest waiting: since " + TraceView.local(now.status().oldest()));
        }
        now.status()
                .lastFile()
                .ifPresent(file -> out.println("Last file: " + file.vendor() + "/" + file.name() + " at "
                        + TraceView.local(file.at())
                        + ", " + file.state().sentence()));
        now.quotas().stream()
                .filter(quota -> quota.used() > 0)
                .forEach(quota -> out.println("Calls in the last 30 s: " + quota.used() + " of our share of "
                        + quota.share() + " (" + quota.resource() + ")"));
        StatusBook.Batches batches = now.status().batches();
        if (batches.lists() > 0) {
            out.println("By batch: "
                    + Count.of(batches.objects(), "order, customer or question", "orders, customers and questions")
                    + " in " + Count.of(batches.lists(), "list") + ", about "
                    + Count.of(batches.callsSaved(), "call") + " saved; " + Count.of(batches.underWay(), "job")
                    + " under way");
        }
        out.println(outlook());
        now.next().forEach(out::println);
    }

    /** Those that share the ledger, one a line. */
    static void nodes(PrintWriter out, List<NodeBook.Node> nodes) {
        nodes.forEach(node -> out.println("Node " + node.name() + " (" + node.id() + "), " + node.version() + ": "
                + (node.isSilent()
                        ? "nothing was heard of it since " + TraceView.local(node.seen())
                        : node.role() + ", " + node.state().word()
                                + (node.problems().isEmpty() ? "" : ": " + node.problems()))
                + (node.isClockOff() ? "; " + node.clockWords() : "")));
    }

    private String readingLeft(ReadingNow file) {
        if (!file.isThere()) {
            return "; it lies there no longer";
        }
        return file.left() == null ? "" : ", about " + Forecast.words(file.left()) + " left to read";
    }

    private void healthLines(PrintWriter out) {
        if (now.health().isEmpty()) {
            return;
        }
        out.println("Health: " + HealthBook.worst(now.health()).word());
        now.health().stream()
                .filter(concern -> concern.state() != HealthBook.State.GREEN)
                .forEach(concern -> out.println(
                        "  " + concern.name() + " is " + concern.state().word() + " since "
                                + TraceView.local(concern.since())
                                + lastGreen(concern) + ": " + concern.message()));
    }

    private static String lastGreen(HealthBook.Concern concern) {
        return concern.lastGreen() == null ? "" : " (last well " + TraceView.local(concern.lastGreen()) + ")";
    }

    private String outlook() {
        if (now.status().open().isEmpty()) {
            return now.reading().isEmpty()
                    ? "Nothing is left to deliver."
                    : "Nothing is due yet: delivery of a file begins when it is read to its end.";
        }
        return now.forecast() == null
                ? "How long delivery takes is unknown: no quotas are kept."
                : "Delivery of what is left takes about " + Forecast.words(now.forecast())
                        + " at our share of the quotas.";
    }

    private static void line(PrintWriter out, String name, Waiting waiting) {
        out.printf(
                LINE,
                name,
                waiting.due(),
                waiting.sending(),
                waiting.later(),
                waiting.paused(),
                waiting.parked(),
                waiting.held(),
                waiting.dead());
    }
}
