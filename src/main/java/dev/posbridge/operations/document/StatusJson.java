package dev.posbridge.operations.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posbridge.ledger.HealthBook;
import dev.posbridge.ledger.LedgerAccount;
import dev.posbridge.ledger.NodeBook;
import dev.posbridge.ledger.Pauses;
import dev.posbridge.ledger.StatusBook.Waiting;
import dev.posbridge.operations.StatusNow;
import java.time.Duration;
import java.util.List;

/** The status as programs read it. */
public final class StatusJson {
    private StatusJson() {}

    /** All of it. */
    public static ObjectNode node(StatusNow now) {
        ObjectNode root = Json.about(now.account());
        root.put("holder", now.holder());
        root.put("outOfHours", now.outOfHours());
        if (now.health().isEmpty()) {
            root.putNull("health");
        } else {
            healthTree(now, root.putObject("health"));
        }
        ArrayNode raised = root.putArray("alarms");
        now.alarms().forEach(alarm -> raised.addObject()
                .put("concern", alarm.concern())
                .put("state", alarm.state().word())
                .put("since", alarm.since().toString())
                .put("toldAt", alarm.toldAt().toString()));
        pauses(root, now.status().pauses());
        readingTree(now, root.putArray("reading"));
        ArrayNode inbox = root.putArray("inbox");
        now.left().forEach(file -> inbox.addObject()
                .put("vendor", file.vendor())
                .put("path", file.file().toString())
                .put("why", file.word())
                .put("message", file.message()));
        ArrayNode next = root.putArray("next");
        now.next().forEach(line -> next.add(line.replaceFirst("^Next: ", "")));
        ArrayNode files = root.putArray("heldFiles");
        now.held().forEach(file -> files.add(HeldJson.node(file)));
        counts(root.putObject("all"), now.status().total());
        ObjectNode vendors = root.putObject("vendors");
        now.status().vendors().forEach((vendor, waiting) -> counts(vendors.putObject(vendor), waiting));
        root.putObject("deadMoney")
                .put("sales", now.deadMoney().sales())
                .put("refunds", now.deadMoney().refunds())
                .put("withoutTotal", now.deadWithoutTotal());
        root.put(
                "oldest",
                now.status().oldest() == null ? null : now.status().oldest().toString());
        now.status().lastFile().ifPresent(file -> root.putObject("lastFile")
                .put("vendor", file.vendor())
                .put("name", file.name())
                .put("state", file.state().word())
                .put("at", file.at().toString()));
        ObjectNode batches = root.putObject("batches");
        batches.put("lists", now.status().batches().lists());
        batches.put("objects", now.status().batches().objects());
        batches.put("callsSaved", now.status().batches().callsSaved());
        batches.put("underWay", now.status().batches().underWay());
        ObjectNode calls = root.putObject("callsOfLast30Seconds");
        now.status().callsOfWindow().forEach(calls::put);
        Duration toRead = now.readingLeft();
        root.put("readingSeconds", toRead == null ? null : toRead.toSeconds());
        if (!now.nodes().isEmpty()) {
            ArrayNode nodes = root.putArray("nodes");
            now.nodes().forEach(node -> node(nodes.addObject(), node));
        }
        root.put(
                "forecastSeconds",
                now.forecast() == null ? null : now.forecast().toSeconds());
        return root;
    }

    /** What is paused. */
    public static ObjectNode pauses(LedgerAccount account, List<Pauses.Pause> pauses) {
        ObjectNode root = Json.about(account);
        pauses(root, pauses);
        return root;
    }

    private static void pauses(ObjectNode root, List<Pauses.Pause> pauses) {
        ArrayNode array = root.putArray("pauses");
        pauses.forEach(pause -> pause(array.addObject(), pause));
    }

    private static void readingTree(StatusNow now, ArrayNode files) {
        now.reading().forEach(one -> files.addObject()
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

    private static void healthTree(StatusNow now, ObjectNode node) {
        node.put("state", HealthBook.worst(now.health()).word());
        ObjectNode concerns = node.putObject("concerns");
        now.health().forEach(concern -> concerns.putObject(concern.name())
                .put("state", concern.state().word())
                .put("message", concern.message())
                .put("since", concern.since().toString())
                .put(
                        "lastGreen",
                        concern.lastGreen() == null ? null : concern.lastGreen().toString()));
    }

    private static void node(ObjectNode tree, NodeBook.Node node) {
        tree.put("node", node.id());
        tree.put("name", node.name());
        tree.put("version", node.version());
        tree.put("role", node.role());
        tree.put("state", node.state().word());
        tree.put("problems", node.problems());
        tree.put("seen", node.seen().toString());
        tree.put("silent", node.isSilent());
        tree.put("clockAheadMillis", node.ahead().toMillis());
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
