package dev.posbridge.watch;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posbridge.PrivateFiles;
import dev.posbridge.ledger.Backlog;
import dev.posbridge.ledger.HealthBook;
import dev.posbridge.ledger.LedgerAccount;
import dev.posbridge.ledger.NodeBook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/** {@code data/health.json}: the sample as a file that is always whole and that only its owner reads. */
public final class HealthFile {
    private static final int SCHEMA_VERSION = 1;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path file;
    private final LedgerAccount account;

    HealthFile(Path data, LedgerAccount account) {
        this.file = data.resolve("health.json");
        this.account = account;
    }

    void write(Sample sample) throws IOException {
        Path whole = file.resolveSibling("health.json.new");
        Files.deleteIfExists(whole);
        Files.createFile(whole);
        PrivateFiles.restrict(whole);
        Files.write(
                whole,
                MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(tree(sample, account)),
                StandardOpenOption.WRITE);
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The sample as a tree of JSON. */
    public static ObjectNode tree(Sample sample, LedgerAccount account) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("schemaVersion", SCHEMA_VERSION);
        root.put("at", sample.at().toString());
        root.put("account", account.name());
        root.put("environment", account.environment());
        root.put("state", HealthBook.worst(sample.concerns()).word());
        concerns(root.putObject("concerns"), sample);
        backlog(root.putObject("backlog"), sample);
        ObjectNode calls = root.putObject("callsOfLast30Seconds");
        sample.calls()
                .forEach((resource, made) ->
                        calls.putObject(resource).put("used", made.used()).put("allowed", made.share()));
        ArrayNode outcomes = root.putArray("outcomesSinceStart");
        sample.outcomes().forEach((ended, count) -> outcomes.addObject()
                .put("outcome", ended.outcome())
                .put("reason", ended.reason())
                .put("records", count));
        ArrayNode files = root.putArray("lastGoodFiles");
        sample.lastFiles().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> files.addObject()
                        .put("vendor", entry.getKey().vendor())
                        .put("source", entry.getKey().source())
                        .put("store", entry.getKey().store())
                        .put("at", entry.getValue().toString()));
        if (!sample.nodes().isEmpty()) {
            nodes(root.putArray("nodes"), sample.nodes());
        }
        return root;
    }

    private static void nodes(ArrayNode array, List<NodeBook.Node> nodes) {
        nodes.forEach(node -> array.addObject()
                .put("node", node.id())
                .put("name", node.name())
                .put("version", node.version())
                .put("role", node.role())
                .put("silent", node.isSilent())
                .put("state", node.state().word())
                .put("problems", node.problems())
                .put("seen", node.seen().toString())
                .put("clockAheadMillis", node.ahead().toMillis()));
    }

    private static void concerns(ObjectNode concerns, Sample sample) {
        sample.concerns().forEach(concern -> concerns.putObject(concern.name())
                .put("state", concern.state().word())
                .put("message", concern.message())
                .put("since", concern.since().toString())
                .put(
                        "lastGood",
                        concern.lastGreen() == null ? null : concern.lastGreen().toString())
                .put("runbook", Runbook.page(concern.name())));
    }

    private static void backlog(ObjectNode node, Sample sample) {
        Backlog backlog = sample.backlog();
        node.put("countedAt", backlog.at().toString());
        node.put("oldest", backlog.oldest() == null ? null : backlog.oldest().toString());
        node.put("oldestAgeSeconds", sample.oldestSeconds());
        ArrayNode open = node.putArray("open");
        backlog.open().forEach((kind, count) -> open.addObject()
                .put("vendor", kind.vendor())
                .put("kind", kind.kind().word())
                .put("records", count));
        node.put("parked", sum(backlog.parked()));
        node.put("held", sum(backlog.held()));
        node.put("deadLetters", backlog.dead(false));
        node.put("rejectedFiles", backlog.dead(true));
        node.put("heldFiles", backlog.heldFiles());
        node.put("readingFiles", backlog.reading());
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
