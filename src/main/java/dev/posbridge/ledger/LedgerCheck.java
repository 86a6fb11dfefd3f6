package dev.posbridge.ledger;

import dev.posbridge.ledger.SegmentSums.Group;
import dev.posbridge.ledger.SegmentSums.Sum;
import dev.posbridge.ledger.segment.DamagedSegmentException;
import dev.posbridge.ledger.segment.Segment;
import dev.posbridge.ledger.segment.SegmentFilter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Compares what the ledger counts with what it says of each sale: of every segment the counts with its states, the states with
 * the rows and the jobs, what was added up with what it was added up of, and every packed byte with its checksum. Reads only; of ten million sales it takes a minute.
 */
public final class LedgerCheck {
    /** More of them say nothing that these do not. */
    private static final int MOST_PROBLEMS = 100;

    private final LedgerDatabase database;

    /**
     * @param segments that were read, and sales in them
     * @param rows records that have one of their own, in which there is nothing to compare
     * @param problems a sentence each; a hundred at most
     */
    public record Result(long segments, long sales, long rows, List<String> problems) {
        public Result {
            problems = List.copyOf(problems);
        }
    }

    public LedgerCheck(LedgerDatabase database) {
        this.database = database;
    }

    /** As of one moment. */
    public Result check() {
        return database.read(handle -> handle.inTransaction(reading -> new Run(reading).check()));
    }

    private static final class Run {
        private final Handle handle;
        private final Segments segments;
        private final List<String> problems = new ArrayList<>();
        private final Set<Long> openJobs;
        private long sales;

        Run(Handle handle) {
            this.handle = handle;
            this.segments = Segments.of(handle);
            this.openJobs = new HashSet<>(handle.select("select id from job where state <> 1")
                    .mapTo(Long.class)
                    .list());
        }

        Result check() {
            List<Long> all = handle.select("select id from segment_state order by id")
                    .mapTo(Long.class)
                    .list();
            for (int i = 0; i < all.size() && problems.size() < MOST_PROBLEMS; i++) {
                check(all.get(i));
            }
            checkSums();
            handle.select("select name from file f where state = 2 and "
                            + "exists (select 1 from segment_state s where s.file_id = f.id and s.open > 0)")
                    .mapTo(String.class)
                    .forEach(file -> tell(file + ": the file counts as settled, but sales of it wait"));
            long rows = handle.select("select count(*) from record")
                    .mapTo(Long.class)
                    .one();
            return new Result(all.size(), sales, rows, problems);
        }

        private void check(long first) {
            try {
                SegmentRow row = SegmentRow.of(handle, first);
                int counted = handle.select("select open from segment_state where id = ?", first)
                        .mapTo(Integer.class)
                        .one();
                if (counted != row.open()) {
                    tell("segment " + first + ": " + row.open() + " of its sales wait or are being sent, counted were "
                            + counted);
                }
                checkStates(row, rows(row));
                checkBytes(row);
            } catch (DamagedSegmentException damage) {
                tell(damage.getMessage());
            }
        }

        /** Ids of the segment's records that have rows. */
        private Set<Long> rows(SegmentRow row) {
            return new HashSet<>(handle.select(
                            "select id from record where id >= ? and id < ?", row.first(), row.first() + row.count())
                    .mapTo(Long.class)
                    .list());
        }

        private void checkStates(SegmentRow row, Set<Long> rows) {
            for (int position = 0; position < row.count(); position++) {
                long record = row.first() + position;
                byte state = row.state(position);
                boolean elsewhere = state == SegmentRow.ELSEWHERE;
                sales += elsewhere ? 0 : 1;
                if (elsewhere != rows.contains(record)) {
                    tell("record " + record + ": "
                            + (elsewhere
                                    ? "its segment says that it has a row, and there is none"
                                    : "it has a row, and its segment says another state"));
                } else if (state == SegmentRow.SENDING && !openJobs.contains((long) row.job(position))) {
                    tell("record " + record + ": it is in the hands of job " + row.job(position) + ", which is over");
                } else if (!elsewhere
                        && state != SegmentRow.PENDING
                        && state != SegmentRow.SENDING
                        && state != SegmentRow.DELIVERED) {
                    tell("record " + record + ": found state " + state + " in a segment");
                }
            }
        }

        private void checkBytes(SegmentRow row) {
            Segment columns = segments.columns(handle, row);
            if (columns.count() != row.count()) {
                tell("segment " + row.first() + ": columns of " + columns.count() + " records, expected "
                        + row.count());
                return;
            }
            for (int position = 0; position < row.count(); position++) {
                if (row.state(position) != SegmentRow.ELSEWHERE) {
                    segments.bodies(handle, row).canonical(position);
                }
            }
            checkFilter(row, columns);
        }

        private void checkFilter(SegmentRow row, Segment columns) {
            handle.select("select bits from segment_filter where id = ?", row.first())
                    .mapTo(byte[].class)
                    .findOne()
                    .filter(bits -> !Arrays.equals(
                            bits, SegmentFilter.of(segments.hash(handle), columns, segments.bodies(handle, row))))
                    .ifPresent(wrong -> tell("segment " + row.first()
                            + ": its filter is not that of its sales, so that a search may pass over one"));
        }

        /** What was added up, with the states that it was added up of. */
        private void checkSums() {
            handle.select("select id from segment_state s where summed > 0 and not exists "
                            + "(select 1 from segment_sum m where m.id = s.summed and m.file_id = s.file_id)")
                    .mapTo(Long.class)
                    .forEach(segment ->
                            tell("segment " + segment + ": it counts as added up, and there is no such sum"));
            List<Long> sums = handle.select("select id from segment_sum order by id")
                    .mapTo(Long.class)
                    .list();
            for (int i = 0; i < sums.size() && problems.size() < MOST_PROBLEMS; i++) {
                checkSum(sums.get(i));
            }
        }

        private void checkSum(long sum) {
            try {
                Map<Group, Sum> counted = new HashMap<>();
                handle.select("select file_id, sums from segment_sum where id = ?", sum)
                        .map((row, context) -> {
                            PackedSums.read(sum, row.getLong(1), row.getBytes(2), counted::put);
                            return sum;
                        })
                        .list();
                if (!counted.equals(SegmentSums.added(
                                handle,
                                "where s.summed = " + sum + " and s.file_id = "
                                        + "(select file_id from segment_sum where id = " + sum + ")")
                        .sums())) {
                    tell("sum " + sum + " of segments: it says something else than the states of its sales, so that "
                            + "reports are wrong");
                }
            } catch (DamagedSegmentException damage) {
                tell(damage.getMessage());
            }
        }

        private void tell(String problem) {
            problems.add(problem);
        }
    }
}
