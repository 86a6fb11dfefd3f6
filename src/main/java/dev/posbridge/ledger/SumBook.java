package dev.posbridge.ledger;

import dev.posbridge.ledger.segment.DamagedSegmentException;
import dev.posbridge.ledger.segment.Segment;
import dev.posbridge.ledger.segment.SegmentBodies;
import dev.posbridge.ledger.segment.SegmentFilter;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Adds up segments all of whose sales have ended, some of a file at a time, so that whoever asks what came of everything reads
 * sums. What is not added up yet, or was changed since, is gone over sale by sale: nothing but time depends on this. Where a
 * segment of an earlier layout has no filter it gets one. Used by one thread.
 */
public final class SumBook {
    /** They keep the writer a hundredth of a second. */
    private static final int AT_ONCE = 32;

    private static final String READY = "select s.file_id from segment_state s join file f on f.id = s.file_id "
            + "where s.open = 0 and s.summed = 0 and f.state in (1, 2) and s.file_id > ? group by s.file_id "
            + "having max(f.state) = 2 or count(*) >= " + AT_ONCE + " order by s.file_id limit 1";

    private final LedgerDatabase database;
    /** Files up to this one have had their turn. */
    private long done;

    public SumBook(LedgerDatabase database) {
        this.database = database;
    }

    /** As many steps as there is something for. */
    public void steps(int most) {
        int left = most;
        while (left > 0 && step()) {
            left--;
        }
    }

    /** Adds up the next ones. @return false where there are none at the moment */
    boolean step() {
        Optional<Long> next = database.read(
                handle -> handle.select(READY, done).mapTo(Long.class).findOne());
        done = next.orElse(0L);
        try {
            // More of this one may be ready.
            done -= next.isPresent() && database.writeLightly(handle -> add(handle, next.get())) ? 1 : 0;
        } catch (DamagedSegmentException damage) {
            // Whoever asks for such a sale is told, and status --verify tells of all: here the other files go on.
            return true;
        }
        return next.isPresent();
    }

    private static boolean add(Handle handle, long file) {
        List<Long> segments = handle.select(
                        "select id from segment_state where file_id = ? and open = 0 and summed = 0 order by id limit "
                                + AT_ONCE,
                        file)
                .mapTo(Long.class)
                .list();
        if (segments.isEmpty()) {
            return false;
        }
        String these = SegmentSums.among(segments);
        SalesAdded added = SegmentSums.added(handle, these);
        if (!added.isFinal()) {
            return false;
        }
        handle.execute(
                "insert into segment_sum (id, file_id, sums) values (?,?,?)",
                segments.get(0),
                file,
                PackedSums.pack(added.sums()));
        handle.execute("update segment_state as s set summed = ? " + these, segments.get(0));
        addFilters(handle, these);
        return true;
    }

    private static void addFilters(Handle handle, String these) {
        List<Long> without = handle.select("select s.id from segment_state s " + these
                        + " and not exists (select 1 from segment_filter f where f.id = s.id)")
                .mapTo(Long.class)
                .list();
        for (long segment : without) {
            handle.select(
                            "select c.columns, b.bodies from segment c join segment_body b on b.id = c.id where c.id = ?",
                            segment)
                    .map((row, context) -> SegmentFilter.of(
                            Segments.of(handle).hash(handle),
                            new Segment(segment, row.getBytes(1)),
                            new SegmentBodies(segment, row.getBytes(2))))
                    .list()
                    .forEach(bits ->
                            handle.execute("insert into segment_filter (id, bits) values (?,?)", segment, bits));
        }
    }
}
