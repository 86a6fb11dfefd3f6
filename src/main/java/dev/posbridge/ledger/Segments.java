package dev.posbridge.ledger;

import dev.posbridge.LruMap;
import dev.posbridge.ledger.segment.KeyHash;
import dev.posbridge.ledger.segment.KeyIndex;
import dev.posbridge.ledger.segment.Segment;
import dev.posbridge.ledger.segment.SegmentBodies;
import dev.posbridge.ledger.store.LedgerStore;
import dev.posbridge.pos.RecordKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.config.JdbiConfig;

/**
 * Sales of files as they lie in segments: a chunk is one row of packed columns, and as long as nothing happens to a sale but
 * that it waits, is carried by a job and arrives, a byte says so. Whatever else happens to it (it is refused, tried again,
 * replaced, sent by a call of its own) first gives it a row of its own under the same id, where the rest of the ledger knows
 * how to go on; see {@link SegmentSales}. Thread-safe; to be used within a transaction, in which what was read is still so.
 */
final class Segments {
    /** A hundred kilobytes a thousand. As many as the sales that wait for an earlier one of their customer lie in. */
    private static final int KEPT_COLUMNS = 96_000;

    private static final int KEPT_BODIES = 96;
    private static final int KEPT_ENDS = 10_000;

    private final LedgerStore store;
    private final KeyIndex keys = new KeyIndex();
    private final SegmentWindow window;
    private final KnownCustomers known = new KnownCustomers(this);
    private final RecentRows recent = new RecentRows();
    private final Map<Long, Kept<Segment>> columns = new LinkedHashMap<>(16, 0.75f, true);
    private int keptColumns;
    private final Map<Long, Kept<SegmentBodies>> bodies = new LruMap<>(KEPT_BODIES);
    private final Map<Long, String> identities = new ConcurrentHashMap<>();
    /** Segments that were read, by their first records: which one a record lies in never changes. */
    private final NavigableMap<Long, Known> places = new ConcurrentSkipListMap<>();
    /** When jobs ended, of some that have. */
    private final Map<Integer, Long> jobEnds = new LruMap<>(KEPT_ENDS);

    private volatile KeyHash hash;
    private volatile int lanes;
    private volatile boolean any;

    Segments(LedgerDatabase database) {
        this.store = database.store();
        this.window = new SegmentWindow(database, this);
    }

    /** @param checksum of the columns; the id may have been given to another segment, if that of this one was rolled back */
    private record Kept<T>(int checksum, T value) {}

    /** What of a segment never changes. */
    private record Known(long first, int count, int checksum) {
        boolean has(long record) {
            return record < first + count;
        }
    }

    /** A sale's place. */
    record Place(SegmentRow row, int position, Segment segment) {
        long record() {
            return row.first() + position;
        }

        RecordState state() {
            return RecordState.ofCode(row.state(position));
        }
    }

    /** Where each handle of a ledger finds its segments. */
    public static final class Config implements JdbiConfig<Config> {
        private Segments segments;

        /** Made by Jdbi. */
        public Config() {
            // nothing is set yet
        }

        void share(Segments shared) {
            segments = shared;
        }

        @Override
        public Config createCopy() {
            Config copy = new Config();
            copy.segments = segments;
            return copy;
        }
    }

    static Segments of(Handle handle) {
        return handle.getConfig(Config.class).segments;
    }

    KeyHash hash(Handle handle) {
        if (hash == null) {
            hash = new KeyHash(
                    handle.select("select seed from account").mapTo(Long.class).one());
        }
        return hash;
    }

    int lanes(Handle handle) {
        if (lanes == 0) {
            lanes = handle.select("select lanes from account")
                    .mapTo(Integer.class)
                    .one();
        }
        return lanes;
    }

    /** What the sender remembers. */
    SegmentWindow window() {
        return window;
    }

    KnownCustomers known() {
        return known;
    }

    KeyIndex keys() {
        return keys;
    }

    /**
     * What stores a segment; its keys are found as soon as that is committed.
     *
     * @param first the id of its first record
     */
    List<LedgerStore.Change> stored(Handle handle, LedgerFile file, long first, SegmentDraft draft) {
        handle.afterCommit(() -> keys.committed(first, draft.keyHashes()));
        handle.afterRollback(keys::rolledBack);
        handle.afterRollback(places::clear);
        return List.of(
                new LedgerStore.Change(
                        "insert into segment_state (id, file_id, identity_id, count, open, checksum, states) values (?,?,?,?,?,?,?)",
                        first,
                        file.id(),
                        file.identityId(),
                        draft.count(),
                        draft.inside().cardinality(),
                        Arrays.hashCode(draft.columns()),
                        SegmentRow.states(draft.states())),
                new LedgerStore.Change("insert into segment (id, columns) values (?,?)", first, draft.columns()),
                new LedgerStore.Change("insert into segment_body (id, bodies) values (?,?)", first, draft.bodies()),
                new LedgerStore.Change("insert into segment_filter (id, bits) values (?,?)", first, draft.filter()));
    }

    void change(Handle handle, List<LedgerStore.Change> changes) {
        if (!changes.isEmpty()) {
            store.change(handle, changes);
        }
    }

    static void erase(Handle handle, long file) {
        handle.execute("delete from segment where id in (select id from segment_state where file_id = ?)", file);
        handle.execute("delete from segment_body where id in (select id from segment_state where file_id = ?)", file);
        handle.execute("delete from segment_filter where id in (select id from segment_state where file_id = ?)", file);
        handle.execute("delete from segment_sum where file_id = ?", file);
        handle.execute("delete from segment_state where file_id = ?", file);
    }

    Segment columns(Handle handle, SegmentRow row) {
        return columns(handle, new Known(row.first(), row.count(), row.checksum()));
    }

    private Segment columns(Handle handle, Known of) {
        synchronized (columns) {
            Kept<Segment> kept = columns.get(of.first());
            if (kept == null || kept.checksum() != of.checksum()) {
                byte[] packed = handle.select("select columns from segment where id = ?", of.first())
                        .mapTo(byte[].class)
                        .one();
                keptColumns += of.count() - (kept == null ? 0 : kept.value().count());
                kept = new Kept<>(of.checksum(), new Segment(of.first(), packed));
                columns.put(of.first(), kept);
                forgetOldest();
            }
            return kept.value();
        }
    }

    /** To be told of each row that is read. */
    void seen(SegmentRow row) {
        places.put(row.first(), new Known(row.first(), row.count(), row.checksum()));
    }

    /** @return null where nobody has read the record's segment yet, or it is in none */
    private Known known(long record) {
        Map.Entry<Long, Known> near = places.floorEntry(record);
        return near == null || !near.getValue().has(record) ? null : near.getValue();
    }

    /**
     * The rows of those segments that are known to hold some of these records, by one statement; others have to be looked for.
     *
     * @param records in order
     * @return by the first records of the segments
     */
    NavigableMap<Long, SegmentRow> knownRows(Handle handle, long... records) {
        List<Long> firsts = new ArrayList<>();
        Known last = null;
        for (long record : records) {
            if (last == null || !last.has(record)) {
                last = known(record);
                if (last != null) {
                    firsts.add(last.first());
                }
            }
        }
        NavigableMap<Long, SegmentRow> rows = new TreeMap<>();
        SegmentRow.of(handle, firsts).forEach(row -> rows.put(row.first(), row));
        return rows;
    }

    /** The key of a sale that lies in a segment and has no row of its own; empty where there is no such sale. */
    Optional<String> key(Handle handle, long record) {
        Known known = known(record);
        if (known == null) {
            return Optional.ofNullable(place(handle, record))
                    .map(place -> place.segment().key(place.position()));
        }
        return Optional.of(columns(handle, known).key((int) (record - known.first())));
    }

    /** When a job ended, which is said once; null where nobody asked yet. */
    Long endOf(int job) {
        synchronized (jobEnds) {
            return jobEnds.get(job);
        }
    }

    void ended(int job, long at) {
        synchronized (jobEnds) {
            jobEnds.put(job, at);
        }
    }

    /** A shop's day is a tenth of a segment: what is kept is counted in sales. */
    private void forgetOldest() {
        Iterator<Kept<Segment>> oldest = columns.values().iterator();
        while (keptColumns > KEPT_COLUMNS && columns.size() > 1) {
            keptColumns -= oldest.next().value().count();
            oldest.remove();
        }
    }

    /** The name of an identity, which never changes. */
    String identity(Handle handle, long id) {
        return identities.computeIfAbsent(
                id, missing -> handle.select("select name from identity where id = ?", missing)
                        .mapTo(String.class)
                        .one());
    }

    /** States as they were committed last. */
    RecentRows recent() {
        return recent;
    }

    SegmentBodies bodies(Handle handle, SegmentRow row) {
        synchronized (bodies) {
            Kept<SegmentBodies> kept = bodies.get(row.first());
            if (kept == null || kept.checksum() != row.checksum()) {
                byte[] packed = handle.select("select bodies from segment_body where id = ?", row.first())
                        .mapTo(byte[].class)
                        .one();
                kept = new Kept<>(row.checksum(), new SegmentBodies(row.first(), packed));
                bodies.put(row.first(), kept);
            }
            return kept.value();
        }
    }

    /** @return null where they are not in memory */
    SegmentBodies keptBodies(SegmentRow row) {
        synchronized (bodies) {
            Kept<SegmentBodies> kept = bodies.get(row.first());
            return kept == null || kept.checksum() != row.checksum() ? null : kept.value();
        }
    }

    /** @return null where the record is not in a segment, or has a row of its own */
    Place place(Handle handle, long record) {
        SegmentRow row = SegmentRow.ofRecord(handle, record);
        if (row == null || row.state(row.position(record)) == SegmentRow.ELSEWHERE) {
            return null;
        }
        return new Place(row, row.position(record), columns(handle, row));
    }

    /** The sale with that key, or empty. */
    Optional<Place> find(Handle handle, long identity, String key) {
        return Optional.ofNullable(find(handle, identity, List.of(key)).get(key));
    }

    /** The sales that have these keys, by key; those without are not in a segment. */
    Map<String, Place> find(Handle handle, long identity, Collection<String> wanted) {
        return wanted.isEmpty() || isEmpty(handle) ? Map.of() : findAmongAny(handle, identity, wanted);
    }

    /** The same for whoever knows that there are segments. */
    Map<String, Place> findAmongAny(Handle handle, long identity, Collection<String> wanted) {
        KeyHash hashes = hash(handle);
        Map<Long, String> byHash = new HashMap<>();
        List<String> others = new ArrayList<>();
        for (String key : wanted) {
            String before = byHash.putIfAbsent(hashes.ofKey(identity, RecordKind.SALE.ordinal(), key), key);
            if (before != null && !before.equals(key)) {
                others.add(key);
            }
        }
        Map<String, Place> found = new HashMap<>();
        TreeMap<Long, SegmentRow> rows = new TreeMap<>();
        long[] all = byHash.keySet().stream().mapToLong(Long::longValue).toArray();
        keys.find(handle, identity, all).forEach((hashed, records) -> {
            String key = byHash.get(hashed);
            for (long record : records) {
                Place place = place(handle, record, rows);
                if (place != null
                        && place.row().identity() == identity
                        && place.segment().key(place.position()).equals(key)) {
                    found.put(key, place);
                }
            }
        });
        // Two keys of one hash: as good as never, but then each is looked for by itself.
        others.forEach(key -> find(handle, identity, key).ifPresent(place -> found.put(key, place)));
        return found;
    }

    private Place place(Handle handle, long record, TreeMap<Long, SegmentRow> rows) {
        Map.Entry<Long, SegmentRow> near = rows.floorEntry(record);
        SegmentRow row =
                near != null && near.getValue().has(record) ? near.getValue() : SegmentRow.ofRecord(handle, record);
        if (row == null) {
            return null;
        }
        rows.put(row.first(), row);
        int position = row.position(record);
        return row.state(position) == SegmentRow.ELSEWHERE ? null : new Place(row, position, columns(handle, row));
    }

    /** Whether no sale was ever put into a segment, as far as anybody has to know: once there was one, nobody asks again. */
    static boolean isEmpty(Handle handle) {
        Segments segments = of(handle);
        if (!segments.any) {
            segments.any = handle.select("select exists (select 1 from segment_state)")
                    .mapTo(Boolean.class)
                    .one();
        }
        return !segments.any;
    }

    /**
     * The sale that an order id means, of any identity; order ids of sales in segments are the identity and the key.
     *
     * @return empty where no segment has it
     */
    Optional<Place> ofOrder(Handle handle, String orderId) {
        if (isEmpty(handle)) {
            return Optional.empty();
        }
        return handle
                .createQuery("select id, name from identity where substr(:order, 1, length(name) + 1) = name || '-'")
                .bind("order", orderId)
                .map((row, context) -> find(
                        handle,
                        row.getLong(1),
                        orderId.substring(row.getString(2).length() + 1)))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .findFirst();
    }
}
