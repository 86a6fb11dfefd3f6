package dev.posbridge.watch;

import dev.posbridge.ledger.Backlog;
import dev.posbridge.ledger.HealthBook.Concern;
import java.util.Map;
import java.util.Map.Entry;

/**
 * A sample in the text format of Prometheus. Labels are names that somebody has set (vendors, sources, stores) and codes of
 * ours, so there are few of them and no person is among them. Three dozen lines need no library.
 */
final class Metrics {
    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final StringBuilder text = new StringBuilder(4_096);

    private Metrics() {}

    static String of(Sample sample) {
        Metrics metrics = new Metrics();
        metrics.concerns(sample);
        metrics.backlog(sample);
        metrics.work(sample);
        metrics.nodes(sample);
        return metrics.text.toString();
    }

    private void concerns(Sample sample) {
        family("posbridge_concern_state", "gauge", "How a concern is: 0 green, 1 yellow, 2 red.");
        for (Concern concern : sample.concerns()) {
            line("posbridge_concern_state", concern.state().ordinal(), "concern", concern.name());
        }
        family(
                "posbridge_concern_last_good_seconds",
                "gauge",
                "When a concern was last well, such as a source's poll.");
        for (Concern concern : sample.concerns()) {
            if (concern.lastGreen() != null) {
                line(
                        "posbridge_concern_last_good_seconds",
                        concern.lastGreen().getEpochSecond(),
                        "concern",
                        concern.name());
            }
        }
        family("posbridge_last_good_file_seconds", "gauge", "When the last good file came, by source and store.");
        sample.lastFiles().entrySet().stream()
                .sorted(Entry.comparingByKey())
                .forEach(file -> line(
                        "posbridge_last_good_file_seconds",
                        file.getValue().getEpochSecond(),
                        "vendor",
                        file.getKey().vendor(),
                        "source",
                        file.getKey().source(),
                        "store",
                        file.getKey().store()));
    }

    private void nodes(Sample sample) {
        if (sample.nodes().isEmpty()) {
            return;
        }
        family("posbridge_node_up", "gauge", "1 where a node that shares the ledger was heard of in the last seconds.");
        sample.nodes()
                .forEach(node -> line(
                        "posbridge_node_up",
                        node.isSilent() ? 0 : 1,
                        "node",
                        node.id(),
                        "version",
                        node.version(),
                        "role",
                        node.role()));
        family("posbridge_node_clock_ahead_milliseconds", "gauge", "How far a node's clock is before the database's.");
        sample.nodes()
                .forEach(node -> line(
                        "posbridge_node_clock_ahead_milliseconds", node.ahead().toMillis(), "node", node.id()));
    }

    private void backlog(Sample sample) {
        Backlog backlog = sample.backlog();
        family("posbridge_oldest_undelivered_age_seconds", "gauge", "Age of the oldest record to deliver; 0 for none.");
        line("posbridge_oldest_undelivered_age_seconds", sample.oldestSeconds());
        family("posbridge_backlog_records", "gauge", "Records to deliver, by vendor and kind.");
        backlog.open()
                .forEach((kind, count) -> line(
                        "posbridge_backlog_records",
                        count,
                        "vendor",
                        kind.vendor(),
                        "kind",
                        kind.kind().word()));
        byVendor("posbridge_parked_records", "Records that wait for what may still come.", backlog.parked());
        byVendor("posbridge_held_records", "Records that wait for a person's word.", backlog.held());
        family("posbridge_held_files", "gauge", "Files that wait for a person's word.");
        line("posbridge_held_files", backlog.heldFiles());
        family("posbridge_reading_files", "gauge", "Files that are being read.");
        line("posbridge_reading_files", backlog.reading());
        family("posbridge_dead_letters", "gauge", "Open dead letters; level file: whole files that were rejected.");
        backlog.deadLetters()
                .forEach((dead, count) -> line(
                        "posbridge_dead_letters",
                        count,
                        "vendor",
                        dead.vendor(),
                        "level",
                        dead.file() ? "file" : "record",
                        "reason",
                        dead.reason()));
        family("posbridge_backlog_counted_seconds", "gauge", "When the numbers of what waits were counted.");
        line("posbridge_backlog_counted_seconds", backlog.at().getEpochSecond());
    }

    private void work(Sample sample) {
        family("posbridge_records_total", "counter", "Records by how they ended, since the process began.");
        sample.outcomes()
                .forEach((ended, count) ->
                        line("posbridge_records_total", count, "outcome", ended.outcome(), "reason", ended.reason()));
        family("posbridge_calls_of_window", "gauge", "Calls of the last 30 seconds, by Gameball's resource.");
        sample.calls()
                .forEach((resource, calls) -> line("posbridge_calls_of_window", calls.used(), "resource", resource));
        family("posbridge_calls_allowed", "gauge", "Calls in 30 seconds that are our share; 0 where no limit is kept.");
        sample.calls()
                .forEach((resource, calls) -> line("posbridge_calls_allowed", calls.share(), "resource", resource));
    }

    private void byVendor(String name, String help, Map<String, Long> counts) {
        family(name, "gauge", help);
        counts.forEach((vendor, count) -> line(name, count, "vendor", vendor));
    }

    private void family(String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    /** @param labels name, value, name, value ... */
    private void line(String name, long value, String... labels) {
        text.append(name);
        for (int label = 0; label < labels.length; label += 2) {
            text.append(label == 0 ? '{' : ',')
                    .append(labels[label])
                    .append("=\"")
                    .append(escaped(labels[label + 1]))
                    .append('"');
        }
        text.append(labels.length == 0 ? " " : "} ").append(value).append('\n');
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
