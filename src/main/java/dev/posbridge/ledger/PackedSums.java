package dev.posbridge.ledger;

import dev.posbridge.ledger.SegmentSums.Group;
import dev.posbridge.ledger.SegmentSums.Sum;
import dev.posbridge.ledger.segment.Packing;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Sums of a file's sales that have arrived, as bytes: how many groups, then of each its numbers and its store. */
final class PackedSums {
    private static final int NUMBERS = Integer.BYTES + 8 * Long.BYTES + Short.BYTES;
    private static final short NO_STORE = -1;

    private PackedSums() {}

    /** @param sums all of them of one file and delivered */
    static byte[] pack(Map<Group, Sum> sums) {
        int size = Integer.BYTES;
        for (Group group : sums.keySet()) {
            size += NUMBERS + bytes(group.store()).length;
        }
        ByteBuffer packed = ByteBuffer.allocate(size);
        packed.putInt(sums.size());
        sums.forEach((group, sum) -> {
            byte[] store = bytes(group.store());
            packed.putInt(group.day())
                    .putLong(group.happened())
                    .putLong(group.settled())
                    .putLong(sum.records())
                    .putLong(sum.amount())
                    .putLong(sum.members())
                    .putLong(sum.membersAmount())
                    .putLong(sum.points())
                    .putLong(sum.pointsUnknown())
                    .putShort(group.store() == null ? NO_STORE : (short) store.length)
                    .put(store);
        });
        return Packing.pack(packed.array(), size);
    }

    private static byte[] bytes(String store) {
        return store == null ? new byte[0] : store.getBytes(StandardCharsets.UTF_8);
    }

    /** @param id of the sum, for messages */
    static void read(long id, long file, byte[] packed, SegmentSums.Told told) {
        ByteBuffer sums = ByteBuffer.wrap(Packing.unpack(packed, "sum " + id + " of segments"));
        for (int left = sums.getInt(); left > 0; left--) {
            int day = sums.getInt();
            long happened = sums.getLong();
            long settled = sums.getLong();
            Sum sum = new Sum(
                    sums.getLong(), sums.getLong(), sums.getLong(), sums.getLong(), sums.getLong(), sums.getLong());
            told.see(new Group(file, RecordState.DELIVERED, store(sums), day, happened, settled), sum);
        }
    }

    private static String store(ByteBuffer sums) {
        short length = sums.getShort();
        if (length == NO_STORE) {
            return null;
        }
        byte[] store = new byte[length];
        sums.get(store);
        return new String(store, StandardCharsets.UTF_8);
    }
}
