package dev.posbridge.settings;

import java.util.regex.Pattern;

/** Reads one source that is a queue. */
final class QueueReader {
    private static final Pattern QUEUE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final long MOST_BODY_BYTES = 48L << 20;

    private final SourcesReader.Group group;
    private final Values values;

    QueueReader(SourcesReader.Group group) {
        this.group = group;
        this.values = group.values();
    }

    QueueSource read() {
        String queue = group.text("queue");
        if (!QUEUE.matcher(queue).matches() || queue.startsWith("posbridge.")) {
            values.problem(
                    group.key("queue"),
                    "a name of letters, digits, dots, hyphens and underlines that does not begin with posbridge.");
        }
        long maxBody = values.size(group.key("max-body"), "16MiB");
        if (maxBody > MOST_BODY_BYTES) {
            values.problem(group.key("max-body"), "at most 48MiB; what is larger goes into the inbox as a file");
        }
        QueueSource.Body body = values.source().choice(group.key("body"), QueueSource.Body.RECEIPT);
        return new QueueSource(group.name(), group.text("vendor"), queue, body, maxBody);
    }
}
