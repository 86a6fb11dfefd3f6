package dev.posbridge.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * Which open records a person keeps back, told to SQL, so that a hundred thousand of them cost a look and no more. Used
 * within one transaction.
 */
final class PausedRecords {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Handle handle;
    private final List<Pauses.Pause> pauses;

    /** Open files in order of release; not even asked for where nothing is paused. */
    private final Map<Long, String> vendors = new LinkedHashMap<>();

    PausedRecords(Handle handle) {
        this(handle, Pauses.all(handle));
    }

    /** @param pauses those that there are */
    PausedRecords(Handle handle, List<Pauses.Pause> pauses) {
        this.handle = handle;
        this.pauses = pauses;
        if (!pauses.isEmpty()) {
            handle.select("select id, vendor from file where state = 1 order by release_order")
                    .map((row, context) -> Map.entry(row.getLong(1), row.getString(2)))
                    .forEach(file -> vendors.put(file.getKey(), file.getValue()));
        }
    }

    List<Pauses.Pause> all() {
        return pauses;
    }

    /** Whether nothing of the file may go. */
    boolean isWhole(long file) {
        return ofFile(file).stream().anyMatch(pause -> pause.store() == null && pause.kind() == null);
    }

    /** A condition on {@code record r} of the file, to be bound by {@link #bind}. */
    String condition(long file) {
        StringBuilder condition = new StringBuilder("(false");
        for (int i = 0; i < ofFile(file).size(); i++) {
            condition
                    .append(" or (cast(:pausedStore")
                    .append(i)
                    .append(" as text) is null or coalesce(r.store, '') = :pausedStore")
                    .append(i)
                    .append(") and (cast(:pausedKind")
                    .append(i)
                    .append(" as bigint) is null or r.kind = :pausedKind")
                    .append(i)
                    .append(')');
        }
        return condition.append(')').toString();
    }

    <S extends SqlStatement<S>> S bind(S statement, long file) {
        List<Pauses.Pause> some = ofFile(file);
        for (int i = 0; i < some.size(); i++) {
            statement.bind("pausedStore" + i, some.get(i).store());
            statement.bind("pausedKind" + i, some.get(i).kindCode());
        }
        return statement;
    }

    /**
     * Where the first paused record of each of these customers stands in a lane, up to and with a file.
     *
     * @return ids by customer, 0 for one in an earlier file; without those who have none
     */
    Map<String, Long> firstOf(Collection<String> customers, int lane, long upTo) {
        Map<String, Long> first = new HashMap<>();
        for (long file : customers.isEmpty() ? List.<Long>of() : vendors.keySet()) {
            if (!ofFile(file).isEmpty()) {
                bind(
                                handle.createQuery(
                                        "select r.customer_id, min(r.id) from record r where r.file_id = :file "
                                                + "and r.lane = :lane and " + RecordState.open("r") + " and "
                                                + condition(file)
                                                + " and r.customer_id in (select value from json_each(:customers)) "
                                                + "group by r.customer_id"),
                                file)
                        .bind("file", file)
                        .bind("lane", lane)
                        .bind("customers", json(customers))
                        .map((row, context) -> Map.entry(row.getString(1), row.getLong(2)))
                        .forEach(found -> first.putIfAbsent(found.getKey(), file == upTo ? found.getValue() : 0L));
            }
            if (file == upTo) {
                break;
            }
        }
        return first;
    }

    private List<Pauses.Pause> ofFile(long file) {
        String vendor = vendors.get(file);
        return pauses.stream()
                .filter(pause -> pause.vendor() == null || pause.vendor().equals(vendor))
                .toList();
    }

    private static String json(Collection<String> texts) {
        try {
            return JSON.writeValueAsString(texts);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("texts are always writable", impossible);
        }
    }
}
