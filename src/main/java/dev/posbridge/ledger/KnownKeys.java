package dev.posbridge.ledger;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** What the ledger already holds under the keys and order ids of a chunk: two look-ups a chunk, not two a record. */
final class KnownKeys {
    private final Handle handle;
    private final long identity;
    private final Map<String, Known> byKey = new HashMap<>();
    private final Map<String, String> orderIds = new HashMap<>();
    private final Set<String> replaced = new HashSet<>();

    /** A record that has the key already. */
    record Known(RecordState state, long fileId, long meaning, long content) {
        /** A dead record is not the same as a corrected one, however little was corrected. */
        boolean sameAs(NewRecord candidate) {
            return state == RecordState.DEAD || candidate.kind() == 0
                    ? content == candidate.content()
                    : meaning == candidate.meaning();
        }

        boolean mayHaveLeft() {
            return state == RecordState.DELIVERED || state == RecordState.SENDING;
        }
    }

    KnownKeys(Handle handle, long identity) {
        this.handle = handle;
        this.identity = identity;
    }

    void load(List<Entry> entries) {
        Map<Integer, Set<String>> keys = entries.stream()
                .collect(Collectors.groupingBy(
                        entry -> kind(entry),
                        Collectors.mapping(Entry::key, Collectors.toCollection(LinkedHashSet::new))));
        keys.forEach(this::loadKeys);
        loadReplaced(keys);
        loadOrderIds(entries.stream()
                .filter(entry -> entry.posRecord() != null)
                .map(entry -> new NewRecordIds(entry).orderId())
                .filter(id -> id != null)
                .collect(Collectors.toSet()));
    }

    /** The order id of an entry, without the cost of writing it as JSON. */
    private record NewRecordIds(Entry entry) {
        String orderId() {
            return new NewRecord(entry, 0, null, null, 0, 0, true, false, false).orderId();
        }
    }

    Known find(NewRecord candidate) {
        return byKey.get(candidate.kind() + candidate.key());
    }

    boolean orderIdTaken(NewRecord candidate) {
        String holder = candidate.orderId() == null ? null : orderIds.get(candidate.kind() + candidate.orderId());
        return holder != null && !holder.equals(identity + ":" + candidate.key());
    }

    /** Whether it says what a dead record said before a replay took its place. */
    boolean wasReplaced(NewRecord candidate) {
        boolean accounted = candidate.kind() == NewRecord.UNTRANSLATED || find(candidate) != null;
        return accounted && replaced.contains(candidate.kind() + candidate.key() + ' ' + candidate.content());
    }

    void remember(NewRecord added, long file) {
        byKey.put(added.kind() + added.key(), new Known(added.entry().state(), file, added.meaning(), added.content()));
        if (added.orderId() != null) {
            orderIds.putIfAbsent(added.kind() + added.orderId(), identity + ":" + added.key());
        }
    }

    private static int kind(Entry entry) {
        return entry.posRecord() == null
                ? NewRecord.UNTRANSLATED
                : entry.posRecord().kind().ordinal();
    }

    /** The current record of each key, and contenders, which are newer, over it. */
    private void loadKeys(int kind, Set<String> keys) {
        String sql = "select key, state, file_id, meaning, content from record where identity_id = " + identity
                + " and kind = " + kind + " and key in (" + marks(keys.size())
                + ") and (revision = 0 or state = 2) order by revision";
        query(
                sql,
                keys,
                row -> byKey.put(
                        kind + row.getString(1),
                        new Known(RecordState.ofCode(row.getInt(2)), row.getLong(3), row.getLong(4), row.getLong(5))));
    }

    private void loadReplaced(Map<Integer, Set<String>> keys) {
        boolean any = handle.select("select exists (select 1 from replaced)")
                .mapTo(Boolean.class)
                .one();
        if (any) {
            keys.forEach((kind, itsKeys) -> query(
                    "select key, content from replaced where identity_id = " + identity + " and kind = " + kind
                            + " and key in (" + marks(itsKeys.size()) + ")",
                    itsKeys,
                    row -> replaced.add(kind + row.getString(1) + ' ' + row.getLong(2))));
        }
    }

    private void loadOrderIds(Set<String> ids) {
        if (!ids.isEmpty()) {
            String sql = "select kind, order_id, identity_id, key from record where order_id in (" + marks(ids.size())
                    + ") and revision = 0";
            query(
                    sql,
                    ids,
                    row -> orderIds.put(row.getInt(1) + row.getString(2), row.getLong(3) + ":" + row.getString(4)));
        }
    }

    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    private void query(String sql, Collection<String> values, RowReader reader) {
        try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
            int index = 1;
            for (String value : values) {
                statement.setString(index++, value);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    reader.read(rows);
                }
            }
        } catch (SQLException problem) {
            throw new dev.posbridge.LedgerUnavailableException(problem);
        }
    }

    private static String marks(int count) {
        return "?,".repeat(count - 1) + '?';
    }
}
