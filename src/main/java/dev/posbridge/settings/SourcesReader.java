package dev.posbridge.settings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Reads the sources; what kind one is follows from its keys: {@code queue}, {@code host}, or only {@code expects-file}. */
final class SourcesReader {
    private final Values values;

    SourcesReader(Values values) {
        this.values = values;
    }

    Sources read() {
        TreeSet<String> names = new TreeSet<>();
        values.source().keys().forEach(key -> SourceKeys.nameIn(key).ifPresent(names::add));
        List<Source> sources = new ArrayList<>();
        for (String name : names) {
            Group group = new Group(values, name);
            boolean queue = group.has("queue");
            boolean server = group.has("host");
            if (queue && server) {
                group.problem("has both host and queue, expected host for an SFTP server or queue for a queue.");
            } else if (!queue && !server && !group.has("expects-file")) {
                group.problem("has neither host nor queue, expected host for an SFTP server or queue for a queue; or "
                        + "expects-file for what has to come into the inbox.");
            } else if (group.required("vendor") != null) {
                sources.add(source(group, queue, server));
            }
        }
        refuseSharedQueues(sources);
        return new Sources(List.copyOf(sources));
    }

    private static Source source(Group group, boolean queue, boolean server) {
        if (queue) {
            group.refuse(SourceKeys.SFTP, "a queue");
            group.refuse(SourceKeys.EXPECTED, "a queue");
            return new QueueReader(group).read();
        }
        group.refuse(SourceKeys.QUEUE, server ? "an SFTP server" : "a source without queue");
        if (server) {
            return new SftpReader(group).read();
        }
        group.refuse(SourceKeys.SFTP, "a source without host");
        return new ExpectedSource(group.name(), group.text("vendor"), new ExpectsReader(group).read());
    }

    private void refuseSharedQueues(List<Source> sources) {
        Map<String, String> owners = new HashMap<>();
        for (Source source : sources) {
            if (source instanceof QueueSource queue) {
                String owner = owners.putIfAbsent(queue.queue(), queue.name());
                if (owner != null) {
                    new Group(values, queue.name())
                            .problem("has the queue of source " + owner + ". Give each its own.");
                }
            }
        }
    }

    /** The values of one source by their short keys. */
    record Group(Values values, String name) {
        /** The whole key. */
        String key(String last) {
            return SourceKeys.PREFIX + name + "." + last;
        }

        boolean has(String last) {
            return text(last) != null;
        }

        /** @return null where nobody set it */
        String text(String last) {
            return values.text(key(last));
        }

        /** @return null where nobody set it, which is a problem */
        String required(String last) {
            if (!has(last)) {
                problem("has no " + last + ". Set " + key(last) + ".");
            }
            return text(last);
        }

        /** Notes a problem of the source as a whole. */
        void problem(String problem) {
            values.source().problem(SourceKeys.PREFIX + name, "source " + name + " " + problem);
        }

        /** Notes each of these keys that is set although it means nothing here. */
        void refuse(List<String> keys, String kind) {
            keys.stream().filter(this::has).forEach(last -> values.source()
                    .problem(key(last), key(last) + " means nothing to " + kind + ". Remove the key."));
        }
    }
}
