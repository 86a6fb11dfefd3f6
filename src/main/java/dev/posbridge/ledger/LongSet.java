package dev.posbridge.ledger;

/**
 * A set of 64-bit hashes that costs sixteen bytes an element where a set of strings costs a hundred. Two customers of one
 * hash would only wait for each other. Not thread-safe.
 */
final class LongSet {
    private static final int SMALLEST = 1024;

    private long[] table = new long[SMALLEST];
    private int size;
    private boolean hasZero;

    static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return hash ^ hash >>> 32;
    }

    void clear() {
        table = new long[SMALLEST];
        size = 0;
        hasZero = false;
    }

    boolean contains(long value) {
        if (value == 0) {
            return hasZero;
        }
        return table[slot(table, value)] == value;
    }

    /** @return false where it was there already */
    boolean add(long value) {
        if (value == 0) {
            boolean added = !hasZero;
            hasZero = true;
            return added;
        }
        int slot = slot(table, value);
        if (table[slot] == value) {
            return false;
        }
        table[slot] = value;
        if (++size * 2 > table.length) {
            grow();
        }
        return true;
    }

    void remove(long value) {
        if (value == 0) {
            hasZero = false;
            return;
        }
        int hole = slot(table, value);
        if (table[hole] != value) {
            return;
        }
        size--;
        int mask = table.length - 1;
        table[hole] = 0;
        // Whoever was pushed further by it comes back, or would not be found any more.
        for (int next = hole + 1 & mask; table[next] != 0; next = next + 1 & mask) {
            long moved = table[next];
            table[next] = 0;
            table[slot(table, moved)] = moved;
        }
    }

    private void grow() {
        long[] larger = new long[table.length * 2];
        for (long value : table) {
            if (value != 0) {
                larger[slot(larger, value)] = value;
            }
        }
        table = larger;
    }

    private static int slot(long[] table, long value) {
        int mask = table.length - 1;
        int slot = (int) (value * 0x9e3779b97f4a7c15L >>> 32) & mask;
        while (table[slot] != 0 && table[slot] != value) {
            slot = slot + 1 & mask;
        }
        return slot;
    }
}
