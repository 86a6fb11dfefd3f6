package dev.posbridge.ledger;

import dev.posbridge.ledger.segment.Segment;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Counts and money of the sales in segments, added up over their columns. Reads only. */
final class SegmentSums {
    private static final String ROWS =
            "select s.id, s.file_id, s.identity_id, s.count, s.checksum, s.states, c.columns, p.points "
                    + "from segment_state s join segment c on c.id = s.id left join segment_points p on p.id = s.id ";

    private SegmentSums() {}

    /**
     * Sales that have this in common.
     *
     * @param day business date, null for none
     * @param store branch id, null for none
     */
    record Group(long file, RecordState state, String store, LocalDate day) {}

    /**
     * @param amount in ten-thousandths
     * @param points that are known, in ten-thousandths
     * @param pointsUnknown sales whose points are not
     */
    record Sum(long records, long amount, long points, long pointsUnknown) {
        static final Sum NONE = new Sum(0, 0, 0, 0);

        Sum plus(Sum other) {
            return new Sum(
                    records + other.records,
                    amount + other.amount,
                    points + other.points,
                    pointsUnknown + other.pointsUnknown);
        }
    }

    /** What is told of each sale. */
    interface Visitor {
        void see(SegmentRow row, Segment columns, int position);
    }

    /** All of a file. */
    static Map<Group, Sum> ofFile(Handle handle, long file) {
        return sums(handle, "where s.file_id = " + file);
    }

    /** Those that wait or are being sent, of released files. */
    static Map<Group, Sum> ofOpen(Handle handle) {
        Map<Group, Sum> sums = sums(handle, openOfReleased());
        sums.keySet().removeIf(group -> group.state() != RecordState.PENDING && group.state() != RecordState.SENDING);
        return sums;
    }

    private static String openOfReleased() {
        return "join file f on f.id = s.file_id where s.open > 0 and f.state = 1";
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

    private static Map<Group, Sum> sums(Handle handle, String which) {
        Map<Group, Sum> sums = new HashMap<>();
        forEach(handle, which, (row, columns, position) -> {
            int day = columns.day(position);
            Group group = new Group(
                    row.file(),
                    RecordState.ofCode(row.state(position)),
                    columns.store(position),
                    day == Segment.NO_DAY ? null : LocalDate.ofEpochDay(day));
            Long points = row.points(position);
            Sum one = new Sum(1, columns.amount(position), points == null ? 0 : points, points == null ? 1 : 0);
            sums.merge(group, one, Sum::plus);
        });
        return sums;
    }

    /** @param which what follows {@link #ROWS} */
    static void forEach(Handle handle, String which, Visitor visitor) {
        handle.createQuery(ROWS + which + " order by s.id")
                .setFetchSize(1)
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
