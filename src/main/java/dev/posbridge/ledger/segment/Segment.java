package dev.posbridge.ledger.segment;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The columns of a segment, unpacked: what is known of each of its records without reading what they say. A record's id is
 * the segment's first id and its position. Immutable, so it may be shared and kept.
 */
public final class Segment {
    /** Where a record has no business date. */
    public static final int NO_DAY = Integer.MIN_VALUE;

    /** Of a record, besides its texts. */
    static final int FIXED_BYTES = 7 * Long.BYTES + Integer.BYTES + Short.BYTES + 2 * Integer.BYTES;

    private static final long SECOND_MILLIS = 1_000;

    private final long first;
    private final int count;
    private final long[] keyHashes;
    private final long[] customerHashes;
    private final ByteBuffer columns;
    private final int fixed;
    private final String[] stores;
    private final int[] keyEnds;
    private final int[] customerEnds;

    /**
     * @param first id of the record at position 0
     * @param packed as {@link SegmentBuilder#columns()} made them
     * @throws DamagedSegmentException where they are not what was stored
     */
    public Segment(long first, byte[] packed) {
        this.first = first;
        this.columns = ByteBuffer.wrap(Packing.unpack(packed, "segment " + first));
        this.count = columns.getInt();
        this.keyHashes = longs();
        this.customerHashes = longs();
        this.fixed = columns.position();
        columns.position(fixed + count * (5 * Long.BYTES + Integer.BYTES + Short.BYTES));
        int[] keyLengths = ints();
        int[] customerLengths = ints();
        this.stores = new String[columns.getInt()];
        for (int i = 0; i < stores.length; i++) {
            byte[] name = new byte[columns.getInt()];
            columns.get(name);
            stores[i] = new String(name, StandardCharsets.UTF_8);
        }
        this.keyEnds = ends(columns.position(), keyLengths);
        this.customerEnds = ends(count == 0 ? columns.position() : keyEnds[count - 1], customerLengths);
    }

    private long[] longs() {
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = columns.getLong();
        }
        return values;
    }

    private int[] ints() {
        int[] values = new int[count];
        for (int i = 0; i < count; i++) {
            values[i] = columns.getInt();
        }
        return values;
    }

    private static int[] ends(int begin, int... lengths) {
        int[] ends = new int[lengths.length];
        int end = begin;
        for (int i = 0; i < lengths.length; i++) {
            end += lengths[i];
            ends[i] = end;
        }
        return ends;
    }

    /** Id of the record at position 0. */
    public long first() {
        return first;
    }

    public int count() {
        return count;
    }

    /** Of all positions, 0 for one that has none. Not to be changed. */
    long[] keyHashes() {
        return keyHashes;
    }

    public long keyHash(int position) {
        return keyHashes[position];
    }

    /** 0 for a record without customer, and for a position that has none. */
    public long customerHash(int position) {
        return customerHashes[position];
    }

    public long meaning(int position) {
        return longAt(0, position);
    }

    public long content(int position) {
        return longAt(1, position);
    }

    /** In ten-thousandths. */
    public long amount(int position) {
        return longAt(2, position);
    }

    /** Milliseconds since 1970. */
    public long happenedAt(int position) {
        return longAt(3, position);
    }

    /**
     * The time that Gameball is told, milliseconds since 1970. It refuses a second transaction of a customer at the same time,
     * and tills tell seconds, minutes or days; so the milliseconds follow from the record's key, at every attempt the same.
     */
    public long sentTime(int position) {
        long happenedAt = happenedAt(position);
        return Math.floorMod(happenedAt, SECOND_MILLIS) == 0
                ? happenedAt + Math.floorMod(keyHash(position), SECOND_MILLIS)
                : happenedAt;
    }

    /** Of its first row in the file. */
    public long line(int position) {
        return longAt(4, position);
    }

    /** Business date in days since 1970, or {@link #NO_DAY}. */
    public int day(int position) {
        return columns.getInt(fixed + count * 5 * Long.BYTES + position * Integer.BYTES);
    }

    /** Branch id, null for none. */
    public String store(int position) {
        int at = fixed + count * (5 * Long.BYTES + Integer.BYTES) + position * Short.BYTES;
        short store = columns.getShort(at);
        return store < 0 ? null : stores[store];
    }

    public String key(int position) {
        int begin = position == 0 ? keyEnds[0] - keyLength() : keyEnds[position - 1];
        return text(begin, keyEnds[position]);
    }

    /** Null for none. */
    public String customerId(int position) {
        int begin = position == 0 ? keyEnds[count - 1] : customerEnds[position - 1];
        return begin == customerEnds[position] ? null : text(begin, customerEnds[position]);
    }

    /** Of the first key; the ends say where it ends, not where it begins. */
    private int keyLength() {
        return columns.getInt(fixed + count * (5 * Long.BYTES + Integer.BYTES + Short.BYTES));
    }

    private long longAt(int column, int position) {
        return columns.getLong(fixed + (column * count + position) * Long.BYTES);
    }

    private String text(int begin, int end) {
        return new String(columns.array(), begin, end - begin, StandardCharsets.UTF_8);
    }
}
