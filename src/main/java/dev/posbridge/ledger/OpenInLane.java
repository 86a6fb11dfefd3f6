package dev.posbridge.ledger;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * What is open in a lane, as the index alone says it, in the order in which it is looked at: days of messages, then files as
 * they were released. Of a lane that holds many only its files; they are read page by page then.
 */
final class OpenInLane {
    /** More are not kept in memory. */
    private static final int MOST = 2_000;

    private final List<LaneBook.OpenFile> files;
    private final Map<Long, List<Waiting>> records;
    private final Beside beside;

    /**
     * What else there is in the ledger, asked along with what is open, so that nobody looks where there is nothing.
     *
     * @param sending whether something of the lane is being sent by a call of its own, or was when its sender died
     */
    record Beside(boolean pauses, boolean corrections, boolean sending) {
        private static final String COLUMNS = "exists (select 1 from pause), exists (select 1 from correction), "
                + "exists (select 1 from record where state = 1 and job is null and lane = :lane)";
    }

    /** @param customer null for one without */
    record Waiting(long id, String customer) {
        /** As {@link OpenRecord#waitingKey()}. */
        String key() {
            return customer == null ? "record " + id : customer;
        }
    }

    private record Found(LaneBook.OpenFile file, Waiting record, Beside beside) {}

    private OpenInLane(List<LaneBook.OpenFile> files, Map<Long, List<Waiting>> records, Beside beside) {
        this.files = files;
        this.records = records;
        this.beside = beside;
    }

    static OpenInLane read(Handle handle, int lane) {
        List<Found> found = handle.createQuery(
                        "select f.id, f.live, f.released_before, f.release_order, r.id, r.customer_id, "
                                + Beside.COLUMNS
                                + " from file f cross join record r where r.file_id = f.id and r.lane = :lane and r.settled_at is null "
                                + "and f.state = 1 order by f.live desc, f.release_order, r.id limit :most")
                .bind("lane", lane)
                .bind("most", MOST + 1)
                .map((row, context) -> new Found(
                        new LaneBook.OpenFile(row.getLong(1), row.getBoolean(2), row.getLong(3), row.getLong(4)),
                        new Waiting(row.getLong(5), row.getString(6)),
                        new Beside(row.getBoolean(7), row.getBoolean(8), row.getBoolean(9))))
                .list();
        Beside beside =
                found.isEmpty() ? new Beside(false, false, false) : found.get(0).beside();
        if (found.size() > MOST) {
            return new OpenInLane(LaneBook.openFilesOf(handle, lane), null, beside);
        }
        Map<LaneBook.OpenFile, List<Waiting>> byFile = new LinkedHashMap<>();
        found.forEach(one ->
                byFile.computeIfAbsent(one.file(), file -> new ArrayList<>()).add(one.record()));
        Map<Long, List<Waiting>> records = new LinkedHashMap<>();
        byFile.forEach((file, its) -> records.put(file.id(), its));
        return new OpenInLane(List.copyOf(byFile.keySet()), records, beside);
    }

    List<LaneBook.OpenFile> files() {
        return files;
    }

    Beside beside() {
        return beside;
    }

    /** @return null where they are too many */
    List<Waiting> of(LaneBook.OpenFile file) {
        return records == null ? null : records.getOrDefault(file.id(), List.of());
    }
}
