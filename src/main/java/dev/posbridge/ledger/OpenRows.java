package dev.posbridge.ledger;

import dev.posbridge.ledger.segment.KeyHash;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Where the first open record of each customer stands that has a row of its own; as of one moment. One that is being sent by a
 * call of its own, or was when its sender died, goes before everything of its customer: a till's is served out of its turn.
 */
final class OpenRows {
    static final OpenRows NONE = new OpenRows(Map.of());

    private final Map<Long, First> byCustomer;

    /**
     * @param live id of the first that came in a message
     * @param order release order of the first that came in a file, and its id
     */
    private record First(long live, long order, long record) {
        static final First SERVED = new First(Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);

        First and(First other) {
            boolean earlier = order < other.order || order == other.order && record <= other.record;
            return new First(
                    Math.min(live, other.live), earlier ? order : other.order, earlier ? record : other.record);
        }
    }

    private OpenRows(Map<Long, First> byCustomer) {
        this.byCustomer = byCustomer;
    }

    static OpenRows read(Handle handle, KeyHash hash) {
        Map<Long, First> found = new HashMap<>();
        handle.createQuery("select r.customer_id, r.id, f.live, f.release_order from file f join record r on "
                        + "r.file_id = f.id and r.settled_at is null"
                        + " where f.state = 1 and r.customer_id is not null")
                .map((row, context) -> {
                    long id = row.getLong(2);
                    First first = row.getBoolean(3)
                            ? new First(id, Long.MAX_VALUE, Long.MAX_VALUE)
                            : new First(Long.MAX_VALUE, row.getLong(4), id);
                    return Map.entry(hash.ofCustomer(row.getString(1)), first);
                })
                .forEach(one -> found.merge(one.getKey(), one.getValue(), First::and));
        handle.select(Customers.SERVED)
                .mapTo(String.class)
                .forEach(customer -> found.merge(hash.ofCustomer(customer), First.SERVED, First::and));
        return new OpenRows(found);
    }

    /** Whether one of the customer goes before the given record of a segment. */
    boolean hasBefore(long customer, SegmentWindow.Open segment, long record) {
        First first = byCustomer.get(customer);
        return first != null
                && (first.live() < segment.releasedBefore()
                        || first.order() < segment.releaseOrder()
                        || first.order() == segment.releaseOrder() && first.record() < record);
    }
}
