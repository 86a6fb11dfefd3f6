package dev.posbridge.operations;

/**
 * A set of texts that keeps 64 bits of each: a night's million keys fit into 16 MiB, with a number for each into 32. Two
 * texts of the same hash are one in some 10^7 nights.
 */
final class TextSet {
    private static final long FNV_START = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private long[] slots = new long[1 << 10];
    /** What was put beside each; null until something is. */
    private long[] numbers;

    private int size;

    /** @return whether it was not there */
    boolean add(String text) {
        return addHash(hash(text));
    }

    /**
     * Adds a text with a number; the first that was put beside it stays.
     *
     * @return whether it was not there
     */
    boolean put(String text, long number) {
        return put(hash(text), number);
    }

    /** The number beside a text; 0 where there is none. */
    long number(String text) {
        return numbers == null ? 0 : numbers[slot(hash(text))];
    }

    boolean contains(String text) {
        return slots[slot(hash(text))] != 0;
    }

    void addAll(TextSet other) {
        for (int slot = 0; slot < other.slots.length; slot++) {
            if (other.slots[slot] != 0) {
                put(other.slots[slot], other.numbers == null ? 0 : other.numbers[slot]);
            }
        }
    }

    private boolean put(long hash, long number) {
        boolean isNew = addHash(hash);
        if (isNew && number != 0) {
            if (numbers == null) {
                numbers = new long[slots.length];
            }
            numbers[slot(hash)] = number;
        }
        return isNew;
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
        long[] numbersBefore = numbers;
        slots = new long[before.length * 2];
        numbers = numbersBefore == null ? null : new long[slots.length];
        for (int index = 0; index < before.length; index++) {
            if (before[index] != 0) {
                int slot = slot(before[index]);
                slots[slot] = before[index];
                if (numbers != null) {
                    numbers[slot] = numbersBefore[index];
                }
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
    static long hash(String text) {
        long hash = FNV_START;
        for (int index = 0; index < text.length(); index++) {
            hash = (hash ^ text.charAt(index)) * FNV_PRIME;
        }
        return hash == 0 ? 1 : hash;
    }
}
