package dev.posbridge.cli;

/**
 * A set of texts that keeps 64 bits of each: a night's million keys fit into 16 MiB. Two texts of the same hash are one
 * in some 10^7 nights.
 */
final class TextSet {
    private static final long FNV_START = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private long[] slots = new long[1 << 10];
    private int size;

    /** @return whether it was not there */
    boolean add(String text) {
        return addHash(hash(text));
    }

    boolean contains(String text) {
        return slots[slot(hash(text))] != 0;
    }

    void addAll(TextSet other) {
        for (long hash : other.slots) {
            if (hash != 0) {
                addHash(hash);
            }
        }
    }

    int size() {
        return size;
    }

    private boolean addHash(long hash) {
        int slot = slot(hash);
        if (slots[slot] != 0) {
            return false;
        }
        slots[slot] = hash;
        size++;
        if (size > slots.length / 2) {
            grow();
        }
        return true;
    }

    private void grow() {
        long[] before = slots;
        slots = new long[before.length * 2];
        for (long hash : before) {
            if (hash != 0) {
                slots[slot(hash)] = hash;
            }
        }
    }

    private int slot(long hash) {
        int slot = (int) (hash ^ (hash >>> 32)) & (slots.length - 1);
        while (slots[slot] != 0 && slots[slot] != hash) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    /** Never 0, which marks a free slot. */
    private static long hash(String text) {
        long hash = FNV_START;
        for (int index = 0; index < text.length(); index++) {
            hash = (hash ^ text.charAt(index)) * FNV_PRIME;
        }
        return hash == 0 ? 1 : hash;
    }
}
