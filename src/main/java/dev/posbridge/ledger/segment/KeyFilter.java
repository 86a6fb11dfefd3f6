package dev.posbridge.ledger.segment;

import java.nio.ByteBuffer;
import java.nio.LongBuffer;

/** A Bloom filter of 64-bit hashes: says surely that one is not there, and wrongly that it is for few. */
final class KeyFilter {
    /** Wrong for one in a thousand. */
    static final int SURE = 16;

    /** Wrong for one in a hundred. */
    static final int SMALL = 10;

    private static final int PROBES = 6;

    private final long[] words;

    private KeyFilter(long... words) {
        this.words = words;
    }

    /** @param bits for each of them */
    static KeyFilter of(long keys, int bits) {
        return new KeyFilter(new long[(int) (keys * bits / Long.SIZE) + 1]);
    }

    static KeyFilter read(byte[] stored) {
        LongBuffer read = ByteBuffer.wrap(stored).asLongBuffer();
        long[] words = new long[read.remaining()];
        read.get(words);
        return new KeyFilter(words);
    }

    byte[] bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(words.length * Long.BYTES);
        bytes.asLongBuffer().put(words);
        return bytes.array();
    }

    void add(long hash) {
        for (int probe = 0; probe < PROBES; probe++) {
            long bit = bit(hash, probe);
            words[(int) (bit >>> 6)] |= 1L << bit;
        }
    }

    boolean mayHave(long hash) {
        for (int probe = 0; probe < PROBES; probe++) {
            long bit = bit(hash, probe);
            if ((words[(int) (bit >>> 6)] & 1L << bit) == 0) {
                return false;
            }
        }
        return true;
    }

    private long bit(long hash, int probe) {
        int mixed = (int) hash + probe * ((int) (hash >>> 32) | 1);
        return (mixed & 0xffffffffL) * (words.length * (long) Long.SIZE) >>> 32;
    }
}
