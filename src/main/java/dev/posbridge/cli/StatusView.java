package dev.posbridge.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posbridge.gameball.Resource;
import dev.posbridge.ledger.AlarmBook;
import dev.posbridge.ledger.DeadLetters;
import dev.posbridge.ledger.HealthBook;
import dev.posbridge.ledger.HoldBook;
import dev.posbridge.ledger.LedgerAccount;
import dev.posbridge.ledger.Pauses;
import dev.posbridge.ledger.StatusBook;
import dev.posbridge.ledger.StatusBook.Waiting;
import dev.posbridge.ledger.Tally;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The status, for people and programs.
 *
 * @param holder who holds the data folder, or null
 * @param forecast how long delivery takes; null where nobody knows
 * @param health what the running service says of itself; empty where nothing runs
 * @param alarms that nobody has called off
 * @param reading files that are not read to their end
 * @param left files in the inbox, and why
 * @param dead open dead letters
 * @param held files that a person has to look at
 * @param outOfHours that delivery is closed now and when it opens, as a sentence; null while it is open
 */
record StatusView(
        LedgerAccount account,
        Path data,
        String holder,
        StatusBook.Status status,
        Duration forecast,
        List<HealthBook.Concern> health,
        List<AlarmBook.Alarm> alarms,
        String outOfHours,
        List<DeadLetters.Group> dead,
        List<HoldBook.Held> held,
        List<ReadingNow> reading,
        List<LeftInInbox> left) {
    private static final int MOST_LEFT = 10;
    private static final int SCHEMA_VERSION = 1;
    private static final String LINE = "%-20s %9s %9s %9s %9s %9s %9s %9s%n";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    void print(PrintWriter out, boolean json) {
        if (json) {
            out.println(json());
        } else {
            text(out);
        }
    }

    private void text(PrintWriter out) {
        out.printf(
                "Account %s (%s, %s), data in %s%n", account.name(), account.environment(), account.currency(), data);
        out.println(holder == null ? "Nothing runs here." : "Running: " + holder);
        healthLines(out);
        alarms.forEach(alarm -> out.println("Alarm: " + alarm.concern() + " since " + TraceView.local(alarm.since())
                + ", last told " + TraceView.local(alarm.toldAt())));
        status.pauses()
                .forEach(pause -> out.println("Delivery is paused"
                        + Pauses.scope(pause.vendor(), pause.store(), pause.kind()) + ": " + pause.reason()
                        + " (since " + TraceView.local(pause.since()) + ")"));
        if (outOfHours != null) {
            out.println(outOfHours);
        }
        out.printf("%n" + LINE, "vendor", "due", "sending", "later", "paused", "parked", "held", "dead");
        status.vendors().forEach((vendor, waiting) -> line(out, vendor, waiting));
        line(out, "all", status.total());
        out.println();
        String money = DeadMoney.words(deadMoney(), deadWithoutTotal(), account.currency());
        if (!money.isEmpty()) {
            out.println("Dead letters: " + money + ".  See: posbridge dead-letters summary");
        }
        reading.forEach(file ->
                out.println((file.goesOn() ? "Reading: " : "Interrupted: ") + file.words() + readingLeft(file)));
        left.stream().limit(MOST_LEFT).forEach(file -> out.println("In the inbox: " + file.words()));
        if (left.size() > MOST_LEFT) {
            out.println("In the inbox: " + (left.size() - MOST_LEFT) + " more; --json names "
                    + (left.size() < LeftInInbox.MOST ? "all." : LeftInInbox.MOST + "."));
        }
        held.forEach(file -> out.println("Held: " + HeldView.line(file) + "  See: posbridge held list"));
        if (status.oldest() != null) {
            out.println("Oldest waiting: since " + TraceView.local(status.oldest()));
        }
        status.lastFile()
                .ifPresent(file -> out.println("Last file: " + file.vendor() + "/" + file.name() + " at "
                        + TraceView.local(file.at())
                        + ", " + file.state().word()));
        status.callsOfWindow()
                .forEach((resource, calls) -> out.println("Calls in the last 30 s: " + calls + " of "
                        + Resource.valueOf(resource).perThirtySeconds() + " (" + words(resource) + ")"));
        StatusBook.Batches batches = status.batches();
        if (batches.lists() > 0) {
            out.println("By batch: " + batches.objects() + " orders, customers and questions in " + batches.lists()
                    + " lists, about " + batches.callsSaved() + " calls saved; " + batches.underWay()
                    + " jobs under way");
        }
        out.println(outlook());
        next().forEach(out::println);
    }

    private Tally deadMoney() {
        return dead.stream().map(DeadLetters.Group::tally).reduce(Tally.NONE, Tally::plus);
    }

    private long deadWithoutTotal() {
        return dead.stream().mapToLong(DeadLetters.Group::withoutTotal).sum();
    }

    private String readingLeft(ReadingNow file) {
        if (!file.isThere()) {
            return "; it lies there no longer";
        }
        return file.left() == null ? "" : ", about " + Forecast.words(file.left()) + " left to read";
    }

    /** How long it takes to read what is being read; null where nobody knows. Delivery begins after a file's end. */
    private Duration readingLeft() {
        return reading.stream()
                .map(ReadingNow::left)
                .filter(java.util.Objects::nonNull)
                .reduce(Duration::plus)
                .orElse(null);
    }

    /** What to type where something was interrupted. */
    private List<String> next() {
        List<String> next = new ArrayList<>();
        reading.stream()
                .filter(file -> !file.goesOn())
                .forEach(file -> next.add(
                        file.isThere()
                                ? "Next: posbridge ingest --vendor "
                                        + file.file().vendor() + " "
                                        + file.file().path() + "  (goes on after receipt "
                                        + file.file().receipts()
                                        + "; posbridge run does it too where it lies in the inbox)"
                                : "Next: deliver " + file.file().name()
                                        + " again; nothing of it leaves before it is read to its end"));
        if (holder == null && !status.open().isEmpty()) {
            next.add(
                    "Next: posbridge run  (delivers what waits; so does the next posbridge ingest, which ends when all is"
                            + " settled)");
        }
        return next;
    }

    private static String words(String resource) {
        return resource.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private void healthLines(PrintWriter out) {
        if (health.isEmpty()) {
            return;
        }
        out.println("Health: " + HealthBook.worst(health).word());
        health.stream()
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
        if (status.open().isEmpty()) {
            return reading.isEmpty()
                    ? "Nothing is left to deliver."
                    : "Nothing is due yet: delivery of a file begins when it is read to its end.";
        }
        return forecast == null
                ? "How long delivery takes is unknown: no quotas are kept."
                : "Delivery of what is left takes about " + Forecast.words(forecast) + " at our share of the quotas.";
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

    private String json() {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("schemaVersion", SCHEMA_VERSION);
        root.put("account", account.name());
        root.put("environment", account.environment());
        root.put("currency", account.currency());
        root.put("holder", holder);
        root.put("outOfHours", outOfHours);
        if (health.isEmpty()) {
            root.putNull("health");
        } else {
            healthTree(root.putObject("health"));
        }
        ArrayNode raised = root.putArray("alarms");
        alarms.forEach(alarm -> raised.addObject()
                .put("concern", alarm.concern())
                .put("state", alarm.state().word())
                .put("since", alarm.since().toString())
                .put("toldAt", alarm.toldAt().toString()));
        ArrayNode pauses = root.putArray("pauses");
        status.pauses().forEach(pause -> pause(pauses.addObject(), pause));
        readingTree(root.putArray("reading"));
        ArrayNode inbox = root.putArray("inbox");
        left.forEach(file -> inbox.addObject()
                .put("vendor", file.vendor())
                .put("path", file.file().toString())
                .put("why", file.word())
                .put("message", file.message()));
        ArrayNode next = root.putArray("next");
        next().forEach(line -> next.add(line.replaceFirst("^Next: ", "")));
        ArrayNode files = root.putArray("heldFiles");
        held.forEach(file -> files.add(HeldView.node(file)));
        counts(root.putObject("all"), status.total());
        ObjectNode vendors = root.putObject("vendors");
        status.vendors().forEach((vendor, waiting) -> counts(vendors.putObject(vendor), waiting));
        root.putObject("deadMoney")
                .put("sales", deadMoney().sales())
                .put("refunds", deadMoney().refunds())
                .put("withoutTotal", deadWithoutTotal());
        root.put("oldest", status.oldest() == null ? null : status.oldest().toString());
        status.lastFile().ifPresent(file -> root.putObject("lastFile")
                .put("vendor", file.vendor())
                .put("name", file.name())
                .put("state", file.state().word())
                .put("at", file.at().toString()));
        ObjectNode batches = root.putObject("batches");
        batches.put("lists", status.batches().lists());
        batches.put("objects", status.batches().objects());
        batches.put("callsSaved", status.batches().callsSaved());
        batches.put("underWay", status.batches().underWay());
        ObjectNode calls = root.putObject("callsOfLast30Seconds");
        status.callsOfWindow().forEach(calls::put);
        Duration toRead = readingLeft();
        root.put("readingSeconds", toRead == null ? null : toRead.toSeconds());
        root.put("forecastSeconds", forecast == null ? null : forecast.toSeconds());
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree is always writable", impossible);
        }
    }

    private void readingTree(ArrayNode files) {
        reading.forEach(one -> files.addObject()
                .put("vendor", one.file().vendor())
                .put("name", one.file().name())
                .put("path", one.file().path().toString())
                .put("since", one.file().since().toString())
                .put("receipts", one.file().receipts())
                .put("bytesRead", one.file().bytesRead())
                .put("bytes", one.bytes())
                .put("percent", one.percent())
                .put("secondsLeft", one.left() == null ? null : one.left().toSeconds()));
    }

    private void healthTree(ObjectNode node) {
        node.put("state", HealthBook.worst(health).word());
        ObjectNode concerns = node.putObject("concerns");
        health.forEach(concern -> concerns.putObject(concern.name())
                .put("state", concern.state().word())
                .put("message", concern.message())
                .put("since", concern.since().toString())
                .put(
                        "lastGreen",
                        concern.lastGreen() == null ? null : concern.lastGreen().toString()));
    }

    private static void pause(ObjectNode node, Pauses.Pause pause) {
        node.put("vendor", pause.vendor());
        node.put("store", pause.store());
        node.put("kind", pause.kind());
        node.put("reason", pause.reason());
        node.put("since", pause.since().toString());
    }

    private static void counts(ObjectNode node, Waiting waiting) {
        node.put("due", waiting.due());
        node.put("sending", waiting.sending());
        node.put("later", waiting.later());
        node.put("paused", waiting.paused());
        node.put("parked", waiting.parked());
        node.put("held", waiting.held());
        node.put("dead", waiting.dead());
    }
}
