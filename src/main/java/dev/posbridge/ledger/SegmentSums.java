package dev.posbridge.ledger;

import dev.posbridge.ledger.segment.Segment;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Counts and money of the sales in segments. What has ended was added up before ({@link SumBook}); of the rest the columns are
 * gone over. Reads only.
 */
final class SegmentSums {
    private static final String ROWS =
            "select s.id, s.file_id, s.identity_id, s.count, s.checksum, s.states, c.columns, p.points "
                    + "from segment_state s join segment c on c.id = s.id left join segment_points p on p.id = s.id ";

    /** Two megabytes; one by one a server that is far would be asked for each. */
    private static final int SEGMENTS_AT_ONCE = 16;

    private SegmentSums() {}

    /**
     * Sales that have this in common.
     *
     * @param day business date in days since 1970, or {@link Segment#NO_DAY}
     * @param store branch id, null for none
     * @param happened where there is no day: the quarter of an hour in which they happened, else {@link #NO_TIME}
     * @param settled the quarter of an hour in which they arrived; {@link #NO_TIME} for none
     */
    record Group(long file, RecordState state, String store, int day, long happened, long settled) {
        static final long NO_TIME = Long.MIN_VALUE;

        /** No zone begins its day at another time. */
        private static final long QUARTER_MILLIS = 15 * 60_000;

        static long quarter(long millis) {
            return Math.floorDiv(millis, QUARTER_MILLIS);
        }

        /** Null for none. */
        LocalDate date() {
            return day == Segment.NO_DAY ? null : LocalDate.ofEpochDay(day);
        }

        Instant happenedAt() {
            return instant(happened);
        }

        Instant settledAt() {
            return instant(settled);
        }

        private static Instant instant(long quarter) {
            return quarter == NO_TIME ? null : Instant.ofEpochMilli(quarter * QUARTER_MILLIS);
        }

        Group withoutTimes() {
            return new Group(file, state, store, day, NO_TIME, NO_TIME);
        }
    }

    /**
     * @param amount in ten-thousandths
     * @param members of them those with a customer
     * @param membersAmount what these come to
     * @param points that are known, in ten-thousandths
     * @param pointsUnknown sales whose points are not
     */
    record Sum(long records, long amount, long members, long membersAmount, long points, long pointsUnknown) {
        static final Sum NONE = new Sum(0, 0, 0, 0, 0, 0);

        Sum plus(Sum other) {
            return new Sum(
                    records + other.records,
                    amount + other.amount,
                    members + other.members,
                    membersAmount + other.membersAmount,
                    points + other.points,
                    pointsUnknown + other.pointsUnknown);
        }
    }

    /** What is told of each sale. */
    interface Visitor {
        void see(SegmentRow row, Segment columns, int position);
    }

    /** What is told of sales that have something in common; the same group may be told more than once. */
    interface Told {
        void see(Group group, Sum sum);
    }

    /** All of a file, without times. */
    static Map<Group, Sum> ofFile(Handle handle, long file) {
        Map<Group, Sum> sums = new HashMap<>();
        forEachGroup(handle, "file_id = " + file, (group, sum) -> sums.merge(group.withoutTimes(), sum, Sum::plus));
        return sums;
    }

    /** All that there are. */
    static void forEachGroup(Handle handle, Told told) {
        forEachGroup(handle, "file_id is not null", told);
    }

    private static void forEachGroup(Handle handle, String which, Told told) {
        handle.createQuery("select id, file_id, sums from segment_sum where " + which)
                .setFetchSize(100)
                .map((row, context) -> {
                    PackedSums.read(row.getLong(1), row.getLong(2), row.getBytes(3), told);
                    return row.getLong(1);
                })
                .forEach(read -> {});
        added(handle, "where s.id in (" + notAddedUp(which) + ")").sums().forEach(told::see);
    }

    /** By indexes that hold nothing else. */
    private static String notAddedUp(String which) {
        String segments = "select id from segment_state where " + which;
        return segments + " and open > 0 union all " + segments + " and open = 0 and summed = 0";
    }

    /**
     * Segments that may have sales of such a group, in the order in which they came.
     *
     * @param wanted asked of what was added up; the others always may
     */
    static List<Long> having(Handle handle, Predicate<Group> wanted) {
        Set<Long> files = new TreeSet<>();
        Set<Long> sums = new TreeSet<>();
        handle.createQuery("select id, file_id, sums from segment_sum")
                .setFetchSize(100)
                .map((row, context) -> {
                    long id = row.getLong(1);
                    PackedSums.read(id, row.getLong(2), row.getBytes(3), (group, sum) -> {
                        if (wanted.test(group)) {
                            files.add(group.file());
                            sums.add(id);
                        }
                    });
                    return id;
                })
                .forEach(read -> {});
        return handle
                .createQuery(notAddedUp("file_id is not null")
                        + " union all select id from segment_state where file_id in " + listed("files")
                        + " and summed in " + listed("sums"))
                .bind("files", files.toString())
                .bind("sums", sums.toString())
                .mapTo(Long.class)
                .stream()
                .sorted()
                .toList();
    }

    private static String listed(String name) {
        return "(select cast(value as bigint) from json_each(:" + name + "))";
    }

    /** Those that wait or are being sent, of released files; without times. */
    static Map<Group, Sum> ofOpen(Handle handle) {
        Map<Group, Sum> sums = new HashMap<>();
        added(handle, openOfReleased()).sums().forEach((group, sum) -> {
            if (group.state() == RecordState.PENDING || group.state() == RecordState.SENDING) {
                sums.merge(group.withoutTimes(), sum, Sum::plus);
            }
        });
        return sums;
    }

    private static String openOfReleased() {
        return "join file f on f.id = s.file_id where s.open > 0 and f.state = 1";
    }

    /** Goes over all sales of some segments. @param which what follows {@link #ROWS} */
    static SalesAdded added(Handle handle, String which) {
        SalesAdded added = new SalesAdded(handle);
        forEach(handle, which, added);
        return added;
    }

    /** Some segments, as {@link #forEach} takes them. */
    static String among(List<Long> segments) {
        return segments.stream().map(Object::toString).collect(Collectors.joining(",", "where s.id in (", ")"));
    }

    static Sum total(Handle handle, long file) {
        return ofFile(handle, file).values().stream().reduce(Sum.NONE, Sum::plus);
    }

    /** Visits the open ones of released files. */
    static void forEachOpen(Handle handle, Visitor visitor) {
        forEach(handle, openOfReleased(), (row, columns, position) -> {
            if (row.isOpen(position)) {
                visitor.see(row, columns, position);
            }
        });
    }

    /** @param which what follows {@link #ROWS} */
    static void forEach(Handle handle, String which, Visitor visitor) {
        handle.createQuery(ROWS + which + " order by s.id")
                .setFetchSize(SEGMENTS_AT_ONCE)
                .map((row, context) -> {
                    SegmentRow state = new SegmentRow(
                            row.getLong(1),
                            row.getLong(2),
                            row.getLong(3),
                            row.getInt(4),
                            row.getInt(5),
                            row.getBytes(6));
                    state.tell(row.getBytes(8));
                    Segment columns = new Segment(state.first(), row.getBytes(7));
                    for (int position = 0; position < state.count(); position++) {
                        if (state.state(position) != SegmentRow.ELSEWHERE) {
                            visitor.see(state, columns, position);
                        }
                    }
                    return state.first();
                })
                .forEach(seen -> {});
    }
}
