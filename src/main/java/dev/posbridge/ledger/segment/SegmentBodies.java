package dev.posbridge.ledger.segment;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What the records of a segment say, and the rows they came from, unpacked. Immutable. */
public final class SegmentBodies {
    private final byte[] bytes;
    private final int[] begins;
    private final int[] canonicalLengths;
    private final int[] rawLengths;

    /**
     * @param first id of the segment's first record, for messages
     * @param packed as {@link SegmentBuilder#bodies()} made them
     * @throws DamagedSegmentException where they are not what was stored
     */
    public SegmentBodies(long first, byte[] packed) {
        this.bytes = Packing.unpack(packed, "bodies of segment " + first);
        ByteBuffer lengths = ByteBuffer.wrap(bytes);
        int count = lengths.getInt();
        this.begins = new int[count];
        this.canonicalLengths = new int[count];
        this.rawLengths = new int[count];
        int begin = Integer.BYTES * (1 + 2 * count);
        for (int i = 0; i < count; i++) {
            begins[i] = begin;
            canonicalLengths[i] = lengths.getInt();
            rawLengths[i] = lengths.getInt();
            begin += canonicalLengths[i] + Math.max(0, rawLengths[i]);
        }
    }

    /** As JSON. */
    public String canonical(int position) {
        return new String(bytes, begins[position], canonicalLengths[position], StandardCharsets.UTF_8);
    }

    /** The rows it came from; null where they were not kept. */
    public String raw(int position) {
        int length = rawLengths[position];
        return length < 0
                ? null
                : new String(bytes, begins[position] + canonicalLengths[position], length, StandardCharsets.UTF_8);
    }
}
