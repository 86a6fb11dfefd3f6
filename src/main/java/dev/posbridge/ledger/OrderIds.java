package dev.posbridge.ledger;

import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Order ids of an identity's records. Nearly all are the identity and the record's key, as profiles say by default: those
 * are found by their keys. Only the others, which the ledger calls named, have an index, because an index of all would
 * cost each sale time, and most where keys are random.
 */
final class OrderIds {
    private final String prefix;

    OrderIds(String identity) {
        this.prefix = identity + '-';
    }

    static OrderIds of(Handle handle, long identity) {
        return new OrderIds(handle.select("select name from identity where id = ?", identity)
                .mapTo(String.class)
                .one());
    }

    /** Whether the record has an order id that does not follow from its key. */
    boolean isNamed(NewRecord added) {
        String orderId = added.orderId();
        return orderId != null
                && !(orderId.length() == prefix.length() + added.key().length()
                        && orderId.startsWith(prefix)
                        && orderId.endsWith(added.key()));
    }

    /**
     * Names under which nobody else may store while records of the identity are: its own, last, and before it those of identities
     * whose order ids may be the same ({@code a} with the key {@code b-1}, and {@code a-b} with {@code 1}).
     */
    List<String> exclusive() {
        List<String> names = new ArrayList<>();
        for (int end = prefix.indexOf('-'); end >= 0; end = prefix.indexOf('-', end + 1)) {
            names.add(prefix.substring(0, end));
        }
        return names;
    }

    /**
     * A query for the ids of the records that an order id means now, of any identity.
     *
     * @param orderId the order id in SQL, as {@code :order} or {@code r.original}
     * @param kinds a list of kinds in SQL, as {@code (1)}
     */
    static String current(String orderId, String kinds) {
        return "select o.id from record o where o.order_id = " + orderId + " and o.kind in " + kinds
                + " and o.revision = 0 and o.named = 1 union all " + byKey("n.id", "identity i", orderId, kinds);
    }

    /** A query for records whose order ids follow from their keys. */
    static String byKey(String columns, String from, String orderId, String kinds) {
        return "select " + columns + " from " + from + " cross join record n where n.identity_id = i.id and n.kind in "
                + kinds + " and n.key = substr(" + orderId + ", length(i.name) + 2) and n.revision = 0 and "
                + "n.named = 0 and n.order_id = " + orderId;
    }
}
