package dev.posbridge.vendor;

import java.util.Arrays;

/** Rows on disk by what they are called: of each name its number, and the place of its last row. Used by one thread. */
final class Chains {
    /** The place before the first row. */
    static final long NONE = -1;

    private long[] hashes = new long[1024];
    private long[] last = new long[1024];
    private int[] table = new int[4096];
    private int count;

    /** How many there are, numbered from 0 in the order in which they began. */
    int count() {
        return count;
    }

    long last(int number) {
        return last[number];
    }

    void last(int number, long place) {
        last[number] = place;
    }

    /** Number of that name; -1 where it has none. */
    int find(long hash) {
        return table[slot(hash)] - 1;
    }

    int findOrBegin(long hash) {
        int slot = slot(hash);
        if (table[slot] != 0) {
            return table[slot] - 1;
        }
        int number = begin(hash);
        table[slot] = number + 1;
        if (count * 2 > table.length) {
            grow();
        }
        return number;
    }

    /** Of a row without a name, which is in no table. */
    int begin() {
        return begin(0);
    }

    private int begin(long hash) {
        if (count == hashes.length) {
            hashes = Arrays.copyOf(hashes, count * 2);
            last = Arrays.copyOf(last, count * 2);
        }
        hashes[count] = hash;
        last[count] = NONE;
        return count++;
    }

    private int slot(long hash) {
        int slot = (int) (hash * 0x9e3779b97f4a7c15L >>> 33) & table.length - 1;
        while (table[slot] != 0 && hashes[table[slot] - 1] != hash) {
            slot = slot + 1 & table.length - 1;
        }
        return slot;
    }

    private void grow() {
        int[] before = table;
        table = new int[before.length * 2];
        for (int number : before) {
            if (number != 0) {
                table[slot(hashes[number - 1])] = number;
            }
        }
    }
}
