package dev.posbridge.ledger.segment;

import java.util.Arrays;
import java.util.function.LongConsumer;

/** Hashes and the records that have them, in memory; a hash may stand there more than once. For one thread at a time. */
final class KeyTable {
    private static final int SMALLEST = 4096;

    private long[] hashes = new long[SMALLEST];
    private long[] records = new long[SMALLEST];
    private int size;

    int size() {
        return size;
    }

    void clear() {
        hashes = new long[SMALLEST];
        records = new long[SMALLEST];
        size = 0;
    }

    /** @param record its id, not 0 */
    void add(long hash, long record) {
        if (2 * (size + 1) > hashes.length) {
            grow();
        }
        int slot = slot(hash);
        while (records[slot] != 0) {
            slot = slot + 1 & hashes.length - 1;
        }
        hashes[slot] = hash;
        records[slot] = record;
        size++;
    }

    void find(long hash, LongConsumer found) {
        for (int slot = slot(hash); records[slot] != 0; slot = slot + 1 & hashes.length - 1) {
            if (hashes[slot] == hash) {
                found.accept(records[slot]);
            }
        }
    }

    /** Every hash once, in order. */
    long[] sorted() {
        long[] all = new long[size];
        int next = 0;
        for (int slot = 0; slot < hashes.length; slot++) {
            if (records[slot] != 0) {
                all[next++] = hashes[slot];
            }
        }
        return Arrays.stream(all).sorted().distinct().toArray();
    }

    private void grow() {
        long[] oldHashes = hashes;
        long[] oldRecords = records;
        hashes = new long[2 * oldHashes.length];
        records = new long[2 * oldHashes.length];
        size = 0;
        for (int slot = 0; slot < oldHashes.length; slot++) {
            if (oldRecords[slot] != 0) {
                add(oldHashes[slot], oldRecords[slot]);
            }
        }
    }

    private int slot(long hash) {
        return (int) (hash ^ hash >>> 32) & hashes.length - 1;
    }
}
