package dev.posbridge.ledger;

import java.nio.ByteBuffer;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Points of the sales in a segment, eight bytes each: they went by batch, so they are unknown until somebody asks Gameball.
 * Within somebody's transaction.
 */
final class SegmentPoints {
    private static final long UNKNOWN = Long.MIN_VALUE;

    private SegmentPoints() {}

    /**
     * @param stored as {@link #note} wrote them, null where nothing was noted of the segment
     * @return in ten-thousandths; null where they are unknown
     */
    static Long at(byte[] stored, int position) {
        if (stored == null) {
            return null;
        }
        long points = ByteBuffer.wrap(stored).getLong(position * Long.BYTES);
        return points == UNKNOWN ? null : Long.valueOf(points);
    }

    /** Null where nothing was noted of the segment. */
    static byte[] read(Handle handle, long segment) {
        return handle.select("select points from segment_points where id = ?", segment)
                .mapTo(byte[].class)
                .findOne()
                .orElse(null);
    }

    /** @param points by position, in ten-thousandths */
    static void note(Handle handle, SegmentRow row, Map<Integer, Long> points) {
        byte[] before = read(handle, row.first());
        ByteBuffer all = before == null ? unknown(row.count()) : ByteBuffer.wrap(before);
        points.forEach((position, value) -> all.putLong(position * Long.BYTES, value));
        handle.execute(
                "insert into segment_points (id, points) values (?,?) on conflict (id) do update set points = excluded.points",
                row.first(),
                all.array());
    }

    private static ByteBuffer unknown(int count) {
        ByteBuffer all = ByteBuffer.allocate(count * Long.BYTES);
        for (int position = 0; position < count; position++) {
            all.putLong(position * Long.BYTES, UNKNOWN);
        }
        return all;
    }
}
