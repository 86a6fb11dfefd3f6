package dev.posbridge.ledger;

import dev.posbridge.ledger.SegmentSums.Group;
import dev.posbridge.ledger.SegmentSums.Sum;
import dev.posbridge.ledger.segment.Segment;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Adds up sales in segments, one after the other, by what they have in common. Used by one thread, within one transaction. */
final class SalesAdded implements SegmentSums.Visitor {
    private final Handle handle;
    private final Map<Group, Adding> byGroup = new HashMap<>();
    private final Map<Integer, Long> endOfJob = new HashMap<>();
    private boolean isFinal = true;
    private Group last;
    private Adding added;

    /** Grows with each sale. */
    private static final class Adding {
        private long records;
        private long amount;
        private long members;
        private long membersAmount;
        private long points;
        private long pointsUnknown;

        Sum sum() {
            return new Sum(records, amount, members, membersAmount, points, pointsUnknown);
        }
    }

    SalesAdded(Handle handle) {
        this.handle = handle;
    }

    @Override
    public void see(SegmentRow row, Segment columns, int position) {
        byte state = row.state(position);
        int day = columns.day(position);
        Group group = new Group(
                row.file(),
                RecordState.ofCode(state),
                columns.store(position),
                day,
                day == Segment.NO_DAY ? Group.quarter(columns.happenedAt(position)) : Group.NO_TIME,
                state == SegmentRow.DELIVERED ? settled(row, position) : Group.NO_TIME);
        // Neighbours mostly have it in common.
        if (!group.equals(last)) {
            last = group;
            added = byGroup.computeIfAbsent(group, first -> new Adding());
        }
        Long points = row.points(position);
        long amount = columns.amount(position);
        added.records++;
        added.amount = Math.addExact(added.amount, amount);
        if (columns.customerHash(position) != 0) {
            added.members++;
            added.membersAmount += amount;
        }
        if (points == null) {
            added.pointsUnknown++;
        } else {
            added.points += points;
        }
    }

    private long settled(SegmentRow row, int position) {
        int job = row.job(position);
        return job == 0 ? Group.NO_TIME : endOfJob.computeIfAbsent(job, id -> endOf(id, row.file()));
    }

    /** A job that nobody knows any more delivered when its file came, as far as anybody can say. */
    private long endOf(int job, long file) {
        Long known = Segments.of(handle).endOf(job);
        return Group.quarter(known == null ? read(job, file) : known);
    }

    private long read(int job, long file) {
        return handle.select("select ended_at, submitted_at from job where id = ?", job)
                .map((row, context) -> {
                    long ended = row.getLong(1);
                    boolean open = row.wasNull();
                    isFinal &= !open;
                    if (!open) {
                        Segments.of(handle).ended(job, ended);
                    }
                    return open ? row.getLong(2) : ended;
                })
                .findOne()
                .orElseGet(() -> handle.select("select started_at from file where id = ?", file)
                        .mapTo(Long.class)
                        .one());
    }

    /** Whether each job that delivered something has ended, so that nobody will say another time of it. */
    boolean isFinal() {
        return isFinal;
    }

    Map<Group, Sum> sums() {
        Map<Group, Sum> sums = new HashMap<>();
        byGroup.forEach((group, all) -> sums.put(group, all.sum()));
        return sums;
    }
}
