package dev.posbridge.settings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Reads the sources; what kind one is follows from its keys: {@code queue} or {@code host}. */
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
            if (queue == group.has("host")) {
                group.problem((queue ? "has both host and queue" : "has neither host nor queue")
                        + ", expected host for an SFTP server or queue for a queue.");
            } else if (group.required("vendor") != null) {
                group.refuse(queue ? SourceKeys.SFTP : SourceKeys.QUEUE, queue ? "a queue" : "an SFTP server");
                sources.add(queue ? new QueueReader(group).read() : new SftpReader(group).read());
            }
        }
        refuseSharedQueues(sources);
        return new Sources(List.copyOf(sources));
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
