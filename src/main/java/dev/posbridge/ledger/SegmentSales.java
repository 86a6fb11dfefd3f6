package dev.posbridge.ledger;

import dev.posbridge.ledger.segment.Segment;
import dev.posbridge.ledger.segment.SegmentBodies;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.function.IntPredicate;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** What happens to sales in segments, within somebody's transaction. */
final class SegmentSales {
    private static final String RECORD =
            "insert into record (id, file_id, identity_id, kind, key, revision, order_id, named, customer_id, store, lane, "
                    + "state, amount_e4, meaning, content, business_date, happened_at, sent_time, line, attempts, unclear, "
                    + "crashes, due_at, sent_at, settled_at, way, job, points) values (:id, :file, :identity, 1, :key, 0, :order, 0, "
                    + ":customer, :store, :lane, :state, :amount, :meaning, :content, :day, :happened, :sentTime, :line, "
                    + ":attempts, 0, 0, 0, :sentAt, :settled, :way, :job, :points)";

    private final Handle handle;
    private final Segments segments;

    SegmentSales(Handle handle) {
        this.handle = handle;
        this.segments = Segments.of(handle);
    }

    /** Of the given ids those whose sales are in segments now, by segment, as far as the condition holds. */
    private interface Each {
        /** @return whether the row changed */
        boolean see(SegmentRow row, List<Integer> positions);
    }

    private void forEachSegment(long[] records, Each each) {
        if (records.length == 0 || Segments.isEmpty(handle)) {
            return;
        }
        long[] sorted = LongStream.of(records).sorted().toArray();
        SegmentRow row = null;
        List<Integer> positions = new ArrayList<>();
        List<SegmentRow> changed = new ArrayList<>();
        long nextSegment = Long.MIN_VALUE;
        NavigableMap<Long, SegmentRow> known = segments.knownRows(handle, sorted);
        for (long record : sorted) {
            if (row != null && !row.has(record)) {
                see(row, positions, each, changed);
                row = null;
                positions = new ArrayList<>();
            }
            if (row == null && record >= nextSegment) {
                Map.Entry<Long, SegmentRow> before = known.floorEntry(record);
                row = before != null && before.getValue().has(record) ? before.getValue() : null;
                if (row == null) {
                    SegmentRow.Near near = SegmentRow.near(handle, record);
                    row = near.row();
                    // Records between two segments have rows: they are passed over together.
                    nextSegment = row == null ? near.next() : nextSegment;
                }
            }
            if (row != null && row.state(row.position(record)) != SegmentRow.ELSEWHERE) {
                positions.add(row.position(record));
            }
        }
        see(row, positions, each, changed);
        SegmentRow.save(handle, changed);
    }

    private static void see(SegmentRow row, List<Integer> positions, Each each, List<SegmentRow> changed) {
        if (row != null && !positions.isEmpty() && each.see(row, positions)) {
            changed.add(row);
        }
    }

    /** Gives sales that wait to a job. @return how many waited */
    int claim(Collection<Long> records, long job) {
        int[] claimed = {0};
        forEachSegment(longs(records), (row, positions) -> {
            for (int position : positions) {
                if (row.state(position) == SegmentRow.PENDING) {
                    row.set(position, SegmentRow.SENDING, job);
                    claimed[0]++;
                }
            }
            return true;
        });
        return claimed[0];
    }

    /** Those of the given records that wait in a segment. */
    List<Long> pending(Collection<Long> records) {
        List<Long> pending = new ArrayList<>();
        forEachSegment(longs(records), (row, positions) -> {
            positions.stream()
                    .filter(position -> row.state(position) == SegmentRow.PENDING)
                    .forEach(position -> pending.add(row.first() + position));
            return false;
        });
        return pending;
    }

    /** Notes that they arrived, of those that the job has in hand. @return how many that were */
    int deliver(Collection<Long> records, long job) {
        return change(longs(records), job, SegmentRow.DELIVERED);
    }

    /** They wait again: nothing left us. */
    void putBack(long[] records, long job) {
        change(records, job, SegmentRow.PENDING);
    }

    private int change(long[] records, long job, byte state) {
        int[] changed = {0};
        forEachSegment(records, (row, positions) -> {
            for (int position : positions) {
                if (isInHand(row, position, job)) {
                    row.set(position, state);
                    changed[0]++;
                }
            }
            return true;
        });
        return changed[0];
    }

    private static boolean isInHand(SegmentRow row, int position, long job) {
        return row.state(position) == SegmentRow.SENDING && row.job(position) == (int) job;
    }

    /** What a job has in hand of these, in order. */
    List<Carried> carried(long[] records, Job job) {
        List<Carried> carried = new ArrayList<>();
        forEachSegment(records, (row, positions) -> {
            String file = fileName(row.file());
            String identity = segments.identity(handle, row.identity());
            Segment columns = segments.columns(handle, row);
            for (int position : positions) {
                if (isInHand(row, position, job.id())) {
                    carried.add(new Carried(
                            row.first() + position,
                            identity + '-' + columns.key(position),
                            columns.customerId(position),
                            file + ":" + columns.line(position),
                            1,
                            0,
                            false,
                            columns.sentTime(position),
                            Way.BY_BATCH));
                }
            }
            return false;
        });
        return carried;
    }

    /**
     * Gives those that a job has in hand rows of their own, as in its hands.
     *
     * @param records all that it was given
     */
    void inHandToRows(long[] records, Job job) {
        toRows(records, (row, position) -> isInHand(row, position, job.id()), job, Way.BY_BATCH);
    }

    /** Gives sales rows of their own as they are; those that wait go on by the given way. */
    void toRows(long[] records, Way way) {
        toRows(records, (row, position) -> true, null, way);
    }

    /** Gives one sale a row of its own, as it is. */
    void toRow(long record) {
        toRows(new long[] {record}, Way.EITHER);
    }

    private interface Condition {
        boolean holds(SegmentRow row, int position);
    }

    private void toRows(long[] records, Condition condition, Job inHandOf, Way way) {
        forEachSegment(records, (row, positions) -> {
            List<Integer> meant = positions.stream()
                    .filter(position -> condition.holds(row, position))
                    .toList();
            if (!meant.isEmpty()) {
                Segment columns = segments.columns(handle, row);
                SegmentBodies bodies = segments.bodies(handle, row);
                String identity = segments.identity(handle, row.identity());
                if (meant.stream().anyMatch(position -> row.state(position) == SegmentRow.DELIVERED)) {
                    row.tell(SegmentPoints.read(handle, row.first()));
                }
                Jobs jobs = new Jobs(inHandOf);
                try (PreparedBatch rows = handle.prepareBatch(RECORD);
                        PreparedBatch payloads = handle.prepareBatch(
                                "insert into payload (record_id, canonical, raw) values (:id, :canonical, :raw)")) {
                    for (int position : meant) {
                        add(rows, row, position, columns, identity, jobs, way);
                        String canonical = bodies.canonical(position);
                        payloads.bind("id", row.first() + position)
                                .bind("canonical", canonical.isEmpty() ? null : canonical)
                                .bind("raw", bodies.raw(position))
                                .add();
                        row.set(position, SegmentRow.ELSEWHERE);
                    }
                    rows.execute();
                    payloads.execute();
                }
                segments.window().dissolving();
                handle.afterCommit(segments.window()::dissolving);
            }
            return !meant.isEmpty();
        });
    }

    /** The last jobs of a segment's sales, each asked for once. */
    private final class Jobs {
        private final Job inHandOf;
        private final Map<Integer, Job> byId = new HashMap<>();
        private final Map<Integer, Long> ends = new HashMap<>();

        /** @param inHandOf whose they all are; null where each has its own */
        Jobs(Job inHandOf) {
            this.inHandOf = inHandOf;
        }

        /** @return null where none has had it, or where that no longer matters */
        Job of(SegmentRow row, int position) {
            int last = row.job(position);
            if (last == 0 || row.state(position) == SegmentRow.PENDING) {
                return null;
            }
            return inHandOf != null ? inHandOf : byId.computeIfAbsent(last, id -> JobBook.job(handle, id));
        }

        long endOf(Job last) {
            return last == null
                    ? System.currentTimeMillis()
                    : ends.computeIfAbsent((int) last.id(), id -> handle.select(
                                    "select coalesce(ended_at, submitted_at) from job where id = ?", id)
                            .mapTo(Long.class)
                            .one());
        }
    }

    private void add(
            PreparedBatch rows, SegmentRow row, int position, Segment columns, String identity, Jobs jobs, Way way) {
        long record = row.first() + position;
        byte state = row.state(position);
        Job last = jobs.of(row, position);
        int day = columns.day(position);
        Long points = state == SegmentRow.DELIVERED ? row.points(position) : null;
        String customer = columns.customerId(position);
        String key = columns.key(position);
        rows.bind("id", record)
                .bind("file", row.file())
                .bind("identity", row.identity())
                .bind("key", key)
                .bind("order", identity + '-' + key)
                .bind("customer", customer)
                .bind("store", columns.store(position))
                .bind("lane", Fingerprint.lane(customer == null ? key : customer, segments.lanes(handle)))
                .bind("state", (int) state)
                .bind("amount", columns.amount(position))
                .bind("meaning", columns.meaning(position))
                .bind("content", columns.content(position))
                .bind(
                        "day",
                        day == Segment.NO_DAY ? null : LocalDate.ofEpochDay(day).toString())
                .bind("happened", columns.happenedAt(position))
                .bind("sentTime", last == null ? null : columns.sentTime(position))
                .bind("line", columns.line(position))
                .bind("attempts", last == null ? 0 : 1)
                .bind("sentAt", last == null ? null : last.submittedAt())
                .bind("settled", state == SegmentRow.DELIVERED ? Long.valueOf(jobs.endOf(last)) : null)
                .bind("way", (last == null ? way : Way.BY_BATCH).code())
                .bind("job", last == null ? null : last.id())
                .bind("points", points == null ? null : Amounts.amount(points))
                .add();
    }

    /**
     * Gives sales that wait rows of their own, from the first released one on, so that they go by calls of their own.
     *
     * @param most of them
     * @param meant which positions of those that wait; asked in their order
     */
    int waitingToRows(SegmentRow row, int most, IntPredicate meant) {
        List<Long> records = new ArrayList<>();
        for (int position = 0; position < row.count() && records.size() < most; position++) {
            if (row.state(position) == SegmentRow.PENDING && meant.test(position)) {
                records.add(row.first() + position);
            }
        }
        toRows(longs(records), Way.EITHER);
        return records.size();
    }

    private String fileName(long file) {
        return handle.select("select name from file where id = ?", file)
                .mapTo(String.class)
                .one();
    }

    static long[] longs(Collection<Long> records) {
        return records.stream().mapToLong(Long::longValue).toArray();
    }
}
