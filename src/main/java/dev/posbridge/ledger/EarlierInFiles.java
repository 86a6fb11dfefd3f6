package dev.posbridge.ledger;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Whether a message's customer has an open record in a file that was released before the message came: then the message
 * waits, though messages go before files. Each look reads one index that holds all it takes. Within one claim.
 */
final class EarlierInFiles {
    private static final String CUSTOMERS = "select distinct customer_id from record where file_id = :file "
            + "and lane = :lane and settled_at is null and customer_id in (select value from json_each(:customers))";

    private final Handle handle;
    private final int lane;
    private final List<LaneBook.OpenFile> files;
    private final Map<Long, Set<String>> found = new HashMap<>();
    /** By customer the first message that waits: messages that came before it, by another door, do not wait for it. */
    private final Map<String, Long> waiting = new HashMap<>();

    /** @param open all files and days that are open */
    EarlierInFiles(Handle handle, int lane, List<LaneBook.OpenFile> open) {
        this.handle = handle;
        this.lane = lane;
        this.files = open.stream().filter(file -> !file.live()).toList();
    }

    /** Looks for all of them at once, before {@link #has} is asked. */
    void look(Set<String> customers) {
        if (customers.isEmpty()) {
            return;
        }
        String list = CanonicalJson.list(customers);
        for (LaneBook.OpenFile file : files) {
            found.put(
                    file.id(),
                    new HashSet<>(handle.createQuery(CUSTOMERS)
                            .bind("file", file.id())
                            .bind("lane", lane)
                            .bind("customers", list)
                            .mapTo(String.class)
                            .list()));
        }
    }

    /** @param customer null for a record without one, which waits for nobody */
    boolean has(String customer, long record) {
        if (customer == null) {
            return false;
        }
        boolean earlier = waiting.getOrDefault(customer, Long.MAX_VALUE) < record
                || files.stream()
                        .anyMatch(file -> file.releasedBefore() <= record
                                && found.getOrDefault(file.id(), Set.of()).contains(customer));
        if (earlier) {
            waiting.merge(customer, record, Math::min);
        }
        return earlier;
    }
}
