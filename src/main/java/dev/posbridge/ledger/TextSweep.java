package dev.posbridge.ledger;

import dev.posbridge.ledger.store.LedgerStore;
import dev.posbridge.ledger.store.LedgerStore.Column;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/**
 * Finds texts that name a person in every table there is, and those that will be, but where records are kept: a message, a
 * reason, a difference. A row whose key is such a text goes, in others the text does. Within one transaction.
 */
final class TextSweep {
    private static final Set<String> OTHERS_DO = Set.of(
            "record",
            "payload",
            "segment",
            "segment_body",
            "segment_state",
            "key_run",
            "key_page",
            "identity",
            "sequence",
            "layout",
            "sender",
            "account",
            "moment",
            "forgotten",
            "flyway_schema_history");

    /** Without these a file cannot be found any more. */
    private static final Set<String> KEPT = Set.of("path", "home", "content_hash", "profile_hash", "vendor");

    private final LedgerStore store;
    private final Handle handle;

    /** @param keys as read from the row */
    record Place(String table, List<String> keyColumns, List<Object> keys, List<String> columns, boolean whole) {}

    TextSweep(LedgerStore store, Handle handle) {
        this.store = store;
        this.handle = handle;
    }

    List<Place> find(Person person) {
        List<Place> places = new ArrayList<>();
        store.tables(handle).stream()
                .filter(table -> !OTHERS_DO.contains(table))
                .forEach(table -> find(person, table, places));
        return places;
    }

    private void find(Person person, String table, List<Place> places) {
        List<Column> columns = store.columns(handle, table);
        List<String> texts = columns.stream()
                .filter(column -> column.isText() && !KEPT.contains(column.name()))
                .map(Column::name)
                .toList();
        if (texts.isEmpty()) {
            return;
        }
        List<String> keys =
                columns.stream().filter(Column::isKey).map(Column::name).toList();
        List<String> found = keys.isEmpty() ? List.of(store.rowId()) : keys;
        handle.createQuery("select " + String.join(", ", texts) + ", " + String.join(", ", found) + " from " + table)
                .map((row, context) -> place(person, table, texts, found, row))
                .forEach(place -> {
                    if (place != null) {
                        places.add(place);
                    }
                });
    }

    private static Place place(Person person, String table, List<String> texts, List<String> keys, ResultSet row)
            throws SQLException {
        List<String> named = new ArrayList<>();
        for (int column = 0; column < texts.size(); column++) {
            String text = row.getString(column + 1);
            boolean theirs = person.isNamedIn(text)
                    || person.id().equals(text)
                            && (texts.get(column).equals("customer_id") || table.equals("customer"));
            if (theirs) {
                named.add(texts.get(column));
            }
        }
        if (named.isEmpty()) {
            return null;
        }
        List<Object> values = new ArrayList<>();
        for (int key = 0; key < keys.size(); key++) {
            values.add(row.getObject(texts.size() + key + 1));
        }
        boolean whole = named.stream().anyMatch(column -> keys.contains(column) || column.equals("customer_id"));
        return new Place(table, keys, values, named, whole);
    }

    /** @return how many rows changed */
    long erase(List<Place> places) {
        long erased = 0;
        for (Place place : places) {
            String where = " where "
                    + place.keyColumns().stream().map(key -> key + " = ?").collect(Collectors.joining(" and "));
            String set = place.columns().stream()
                    .map(column -> column + " = '" + ForgetBook.GONE + "'")
                    .collect(Collectors.joining(", "));
            try (Update update = handle.createUpdate(
                    place.whole()
                            ? "delete from " + place.table() + where
                            : "update " + place.table() + " set " + set + where)) {
                IntStream.range(0, place.keys().size())
                        .forEach(key -> update.bind(key, place.keys().get(key)));
                erased += update.execute();
            }
        }
        return erased;
    }
}
