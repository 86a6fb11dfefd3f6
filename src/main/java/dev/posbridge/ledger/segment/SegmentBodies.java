package dev.posbridge.ledger.segment;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What the records of a segment say, and the rows they came from. Packed in blocks, so that one record costs the unpacking of
 * its neighbours and not of a thousand. Thread-safe.
 */
public final class SegmentBodies {
    /** Records of a block. */
    static final int BLOCK = 64;

    private final long first;
    private final ByteBuffer packed;
    private int unpackedBlock = -1;
    private ByteBuffer block;
    private int[] begins;

    /**
     * @param first id of the segment's first record, for messages
     * @param packed as {@link SegmentBuilder#bodies()} made them
     */
    public SegmentBodies(long first, byte[] packed) {
        this.first = first;
        this.packed = ByteBuffer.wrap(packed);
    }

    /**
     * As JSON.
     *
     * @throws DamagedSegmentException where its block is not what was stored
     */
    public String canonical(int position) {
        return text(position, 0);
    }

    /** The same in UTF-8, as it lies there. */
    public byte[] canonicalBytes(int position) {
        return bytes(position, 0);
    }

    /** The rows it came from; null where they were not kept. */
    public String raw(int position) {
        return text(position, 1);
    }

    private String text(int position, int which) {
        byte[] text = bytes(position, which);
        return text == null ? null : new String(text, StandardCharsets.UTF_8);
    }

    @SuppressWarnings("PMD.ReturnEmptyCollectionRatherThanNull") // Rows that were not kept are no empty rows.
    private synchronized byte[] bytes(int position, int which) {
        unpack(position / BLOCK);
        int wanted = 2 * (position % BLOCK) + which;
        int length = block.getInt(Integer.BYTES * (1 + wanted));
        return length < 0 ? null : Arrays.copyOfRange(block.array(), begins[wanted], begins[wanted] + length);
    }

    private void unpack(int wanted) {
        if (wanted != unpackedBlock) {
            int begin = packed.getInt(Integer.BYTES * wanted);
            int end = packed.getInt(Integer.BYTES * (wanted + 1));
            String place = "block " + wanted + " of bodies of segment " + first;
            if (begin < 0 || end < begin || end > packed.capacity()) {
                throw new DamagedSegmentException(place, "bytes " + begin + " to " + end + " of " + packed.capacity());
            }
            byte[] one = new byte[end - begin];
            packed.get(begin, one);
            block = ByteBuffer.wrap(Packing.unpack(one, place));
            begins = begins(block);
            unpackedBlock = wanted;
        }
    }

    private static int[] begins(ByteBuffer block) {
        int[] begins = new int[block.getInt(0)];
        int begin = Integer.BYTES * (1 + begins.length);
        for (int i = 0; i < begins.length; i++) {
            begins[i] = begin;
            begin += Math.max(0, block.getInt(Integer.BYTES * (1 + i)));
        }
        return begins;
    }
}
