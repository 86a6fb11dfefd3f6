package dev.posbridge.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posbridge.ledger.LedgerAccount;
import dev.posbridge.ledger.Pauses;
import dev.posbridge.ledger.StatusBook;
import dev.posbridge.ledger.StatusBook.Waiting;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The status, for people and programs.
 *
 * @param holder who holds the data folder, or null
 * @param forecast how long delivery takes; null where nobody knows
 * @param outOfHours that delivery is closed now and when it opens, as a sentence; null while it is open
 */
record StatusView(
        LedgerAccount account,
        Path data,
        String holder,
        StatusBook.Status status,
        Duration forecast,
        String outOfHours) {
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
        status.pauses()
                .forEach(pause -> out.println("Delivery is paused"
                        + PauseCommand.scope(pause.vendor(), pause.store(), pause.kind()) + ": " + pause.reason()
                        + " (since " + pause.since() + ")"));
        if (outOfHours != null) {
            out.println(outOfHours);
        }
        out.printf("%n" + LINE, "vendor", "due", "sending", "later", "paused", "parked", "held", "dead");
        status.vendors().forEach((vendor, waiting) -> line(out, vendor, waiting));
        line(out, "all", status.total());
        out.println();
        if (status.oldest() != null) {
            out.println("Oldest waiting: since " + status.oldest());
        }
        status.lastFile()
                .ifPresent(file -> out.println("Last file: " + file.vendor() + "/" + file.name() + " at " + file.at()
                        + ", " + file.state().word()));
        out.println(outlook());
    }

    private String outlook() {
        if (status.open().isEmpty()) {
            return "Nothing is left to deliver.";
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
        ArrayNode pauses = root.putArray("pauses");
        status.pauses().forEach(pause -> pause(pauses.addObject(), pause));
        counts(root.putObject("all"), status.total());
        ObjectNode vendors = root.putObject("vendors");
        status.vendors().forEach((vendor, waiting) -> counts(vendors.putObject(vendor), waiting));
        root.put("oldest", status.oldest() == null ? null : status.oldest().toString());
        status.lastFile().ifPresent(file -> root.putObject("lastFile")
                .put("vendor", file.vendor())
                .put("name", file.name())
                .put("state", file.state().word())
                .put("at", file.at().toString()));
        root.put("forecastSeconds", forecast == null ? null : forecast.toSeconds());
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree is always writable", impossible);
        }
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
