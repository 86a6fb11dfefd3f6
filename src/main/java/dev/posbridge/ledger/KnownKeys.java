package dev.posbridge.ledger;

import dev.posbridge.LedgerUnavailableException;
import dev.posbridge.pos.PosRecord;
import dev.posbridge.pos.Reason;
import dev.posbridge.pos.RecordKind;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * What the ledger already holds under the keys and order ids of a chunk: two look-ups a chunk, not two a record, and none
 * in what the ledger has nothing of.
 */
final class KnownKeys {
    /**
     * A server that has no statistics yet, as in a ledger's first minute, compares each row of an identity with each value of a
     * list behind "in": a second for 40,000 rows.
     */
    private static final String LISTED = " from json_each(?) e cross join ";

    private final Handle handle;
    private final long identity;
    /** Names of all identities by their ids. */
    private final Map<Long, String> identities = new HashMap<>();

    private OrderIds orderIdsOf;
    private boolean anyOfIdentity;
    private boolean anyOfOthers;
    private boolean anyNamed;
    private boolean anyReplaced;
    private boolean anySegment;
    private boolean anyTwice;
    private final Map<Id, Known> byKey = new HashMap<>();
    private final Map<Id, Holder> orderIds = new HashMap<>();
    private final Map<Id, Set<Long>> replaced = new HashMap<>();

    /** A key or an order id, which are unique for each kind. */
    private record Id(int kind, String text) {}

    /** Whose an order id is. */
    private record Holder(long identity, String key) {}

    /**
     * A record that has the key already.
     *
     * @param unstored it itself, where it came in the same chunk and has no id yet; else null
     */
    record Known(
            RecordState state, long fileId, long id, long meaning, long content, long happenedAt, NewRecord unstored) {
        Known(NewRecord added, long fileId) {
            this(added.entry().state(), fileId, 0, added.meaning(), added.content(), added.happenedAt(), added);
        }

        /** A dead record is not the same as a corrected one, however little was corrected. */
        boolean sameAs(NewRecord candidate, Duration tolerance) {
            return state == RecordState.DEAD || candidate.kind() == 0
                    ? content == candidate.content()
                    : meaning == candidate.meaning()
                            && (candidate.isSoFar()
                                    || Math.abs(happenedAt - candidate.happenedAt()) <= tolerance.toMillis());
        }

        /** What it said. */
        PosRecord posRecord(Handle handle, NewRecord candidate) {
            return unstored == null
                    ? StoredRecords.read(handle, id, RecordKind.values()[candidate.kind()])
                    : unstored.entry().posRecord();
        }

        /**
         * Why what differs from it is not sent in its place.
         *
         * @param with what a command that corrects must be told besides; "" where the ledger has it
         * @return null where the newer one takes its place
         */
        Fault fault(Handle handle, NewRecord candidate, Duration tolerance, String with) {
            boolean neverSent = state == RecordState.DEAD || state == RecordState.SKIPPED;
            if (neverSent || candidate.entry().posRecord() == null) {
                return null;
            }
            String where = candidate.entry().position().toString();
            PosRecord before = posRecord(handle, candidate);
            if (before == null && mayHaveLeft()) {
                return new Fault(
                        Reason.CHANGED_AFTER_DELIVERY, DeadLetterWriter.changedFromUnknown(where, candidate.key()));
            }
            Differences differences =
                    Differences.between(before, candidate.entry().posRecord(), tolerance);
            if (differences.isAnotherReceipt()) {
                return new Fault(Reason.KEY_REUSED, DeadLetterWriter.keyReused(where, candidate.key(), differences));
            }
            return mayHaveLeft()
                    ? new Fault(
                            Reason.CHANGED_AFTER_DELIVERY,
                            DeadLetterWriter.changed(
                                    where, candidate.entry().posRecord().kind(), candidate.key(), with, differences))
                    : null;
        }

        boolean mayHaveLeft() {
            return state == RecordState.DELIVERED || state == RecordState.SENDING;
        }
    }

    /** Why a record is a dead letter that says nothing wrong by itself. */
    record Fault(Reason reason, String message) {
        static Fault collision(NewRecord candidate) {
            return new Fault(
                    Reason.ORDER_ID_COLLISION,
                    candidate.entry().position() + ": order id \"" + candidate.orderId()
                            + "\" belongs to another record. " + Reason.ORDER_ID_COLLISION.remedy());
        }
    }

    KnownKeys(Handle handle, long identity) {
        this.handle = handle;
        this.identity = identity;
    }

    /** How the identity's order ids are told from others; known once it is loaded. */
    OrderIds orderIds() {
        return orderIdsOf;
    }

    void load(List<NewRecord> candidates) {
        look();
        Map<Integer, Set<String>> keys = new HashMap<>();
        Set<String> regular = new LinkedHashSet<>();
        Set<String> named = new LinkedHashSet<>();
        for (NewRecord candidate : candidates) {
            anyTwice |= !keys.computeIfAbsent(candidate.kind(), kind -> new LinkedHashSet<>())
                    .add(candidate.key());
            if (candidate.orderId() != null) {
                (orderIdsOf.isNamed(candidate) ? named : regular).add(candidate.orderId());
            }
        }
        if (anyOfIdentity) {
            keys.forEach(this::loadKeys);
        }
        Set<String> sales = keys.getOrDefault(RecordKind.SALE.ordinal(), Set.of());
        if (anySegment && !sales.isEmpty()) {
            loadFromSegments(sales);
        }
        loadReplaced(keys);
        // An order id of our own that follows from a key is that key's, which was looked up.
        loadOrderIds(regular, anyOfOthers, " and i.id <> " + identity);
        loadOrderIds(named, anyOfIdentity || anyOfOthers, "");
        if (anySegment) {
            loadOrderIdsFromSegments(regular, named);
        }
    }

    /** Of what there is anything at all; in one question, because a server is far. */
    private void look() {
        handle.select("select i.id, i.name, exists (select 1 from record n where n.identity_id = i.id), "
                        + "exists (select 1 from record where named = 1 and revision = 0), "
                        + "exists (select 1 from replaced), exists (select 1 from segment_state) from identity i")
                .map((row, context) -> {
                    boolean its = row.getLong(1) == identity;
                    identities.put(row.getLong(1), row.getString(2));
                    anyOfIdentity |= its && row.getBoolean(3);
                    anyOfOthers |= !its && row.getBoolean(3);
                    anyNamed = row.getBoolean(4);
                    anyReplaced = row.getBoolean(5);
                    anySegment = row.getBoolean(6);
                    return its;
                })
                .list();
        orderIdsOf = new OrderIds(identities.get(identity));
    }

    /** Sales of which nothing else is to be said lie in segments. */
    private void loadFromSegments(Set<String> keys) {
        Segments.of(handle)
                .findAmongAny(handle, identity, keys)
                .forEach((key, place) -> byKey.put(
                        new Id(RecordKind.SALE.ordinal(), key),
                        new Known(
                                place.state(),
                                place.row().file(),
                                place.record(),
                                place.segment().meaning(place.position()),
                                place.segment().content(place.position()),
                                place.segment().happenedAt(place.position()),
                                null)));
    }

    /** The order id of such a sale is its identity and its key, so few other identities can have given it. */
    private void loadOrderIdsFromSegments(Set<String> regular, Set<String> named) {
        identities.forEach((id, name) -> {
            String prefix = name + '-';
            List<String> keys = new ArrayList<>();
            addKeys(named, prefix, keys);
            if (id != identity) {
                addKeys(regular, prefix, keys);
            }
            if (!keys.isEmpty()) {
                Segments.of(handle)
                        .findAmongAny(handle, id, keys)
                        .forEach((key, place) ->
                                orderIds.put(new Id(RecordKind.SALE.ordinal(), prefix + key), new Holder(id, key)));
            }
        });
    }

    private static void addKeys(Set<String> orderIds, String prefix, List<String> keys) {
        for (String orderId : orderIds) {
            if (orderId.startsWith(prefix)) {
                keys.add(orderId.substring(prefix.length()));
            }
        }
    }

    /** Whether two of the candidates have one key. */
    boolean isAnyTwice() {
        return anyTwice;
    }

    /** Whether none of the keys asked for is known. */
    boolean isEmpty() {
        return byKey.isEmpty();
    }

    Known find(NewRecord candidate) {
        return byKey.get(new Id(candidate.kind(), candidate.key()));
    }

    boolean orderIdTaken(NewRecord candidate) {
        Holder holder =
                candidate.orderId() == null ? null : orderIds.get(new Id(candidate.kind(), candidate.orderId()));
        return holder != null && !(holder.identity() == identity && holder.key().equals(candidate.key()));
    }

    /** Whether it says what a dead record said before a replay took its place. */
    boolean wasReplaced(NewRecord candidate) {
        if (replaced.isEmpty()) {
            return false;
        }
        boolean accounted = candidate.kind() == NewRecord.UNTRANSLATED || find(candidate) != null;
        return accounted
                && replaced.getOrDefault(new Id(candidate.kind(), candidate.key()), Set.of())
                        .contains(candidate.content());
    }

    void remember(NewRecord added, long file) {
        byKey.put(new Id(added.kind(), added.key()), new Known(added, file));
        if (added.orderId() != null) {
            orderIds.putIfAbsent(new Id(added.kind(), added.orderId()), new Holder(identity, added.key()));
        }
    }

    /** The current record of each key, and contenders, which are newer, over it. */
    private void loadKeys(int kind, Set<String> keys) {
        query(
                "select r.key, r.state, r.file_id, r.meaning, r.content, r.id, r.happened_at" + LISTED
                        + "record r where r.identity_id = " + identity + " and r.kind = " + kind
                        + " and r.key = e.value and (r.revision = 0 or r.state = 2) order by r.revision",
                keys,
                row -> byKey.put(
                        new Id(kind, row.getString(1)),
                        new Known(
                                RecordState.ofCode(row.getInt(2)),
                                row.getLong(3),
                                row.getLong(6),
                                row.getLong(4),
                                row.getLong(5),
                                row.getLong(7),
                                null)));
    }

    private void loadReplaced(Map<Integer, Set<String>> keys) {
        if (anyReplaced) {
            keys.forEach((kind, itsKeys) -> query(
                    "select r.key, r.content" + LISTED + "replaced r where r.identity_id = " + identity
                            + " and r.kind = " + kind + " and r.key = e.value",
                    itsKeys,
                    row -> replaced.computeIfAbsent(new Id(kind, row.getString(1)), id -> new HashSet<>())
                            .add(row.getLong(2))));
        }
    }

    /** @param anyUnnamed whether any of those identities has a record */
    private void loadOrderIds(Set<String> ids, boolean anyUnnamed, String those) {
        if (!ids.isEmpty()) {
            RowReader reader = row ->
                    orderIds.put(new Id(row.getInt(1), row.getString(2)), new Holder(row.getLong(3), row.getString(4)));
            if (anyNamed) {
                query(
                        "select r.kind, r.order_id, r.identity_id, r.key" + LISTED
                                + "record r where r.order_id = e.value and r.revision = 0 and r.named = 1",
                        ids,
                        reader);
            }
            if (anyUnnamed) {
                query(
                        OrderIds.byKey(
                                        "n.kind, n.order_id, n.identity_id, n.key",
                                        "json_each(?) e cross join identity i",
                                        "e.value",
                                        "(1, 2)")
                                + those,
                        ids,
                        reader);
            }
        }
    }

    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    private void query(String sql, Collection<String> values, RowReader reader) {
        try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
            statement.setString(1, CanonicalJson.list(values));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    reader.read(rows);
                }
            }
        } catch (SQLException problem) {
            throw new LedgerUnavailableException(problem);
        }
    }
}
