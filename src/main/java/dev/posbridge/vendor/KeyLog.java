package dev.posbridge.vendor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The keys of a file's receipts by their hashes, to find those that come back. A few hundred thousand are kept in memory;
 * more go to disk in parts by hash, of which one at a time is looked at. Used by one thread.
 */
final class KeyLog implements AutoCloseable {
    private static final int MOST_IN_MEMORY = 300_000;
    private static final int PARTS = 128;
    private static final int LONGS = 3;
    private static final int ENTRIES_A_WRITE = 340;

    private long[] entries = new long[LONGS * 1024];
    private int used;
    private FileChannel[] files;
    private LongBuffer[] parts;
    private ByteBuffer[] bytes;

    /**
     * @param key hash of the key
     * @param content hash of the receipt's rows
     * @param line where it starts
     */
    void add(long key, long content, long line) {
        if (parts == null && used == MOST_IN_MEMORY * LONGS) {
            spill();
        }
        if (parts != null) {
            write(key, content, line);
            return;
        }
        if (used == entries.length) {
            entries = Arrays.copyOf(entries, used * 2);
        }
        entries[used++] = key;
        entries[used++] = content;
        entries[used++] = line;
    }

    /**
     * Keys that more than one receipt has, and not all of the same content, with the lines of the first two.
     *
     * @return null where there are more of them than {@code most}
     */
    @SuppressWarnings("PMD.ReturnEmptyCollectionRatherThanNull") // None and too many differ.
    Map<Long, long[]> returning(int most) {
        Map<Long, long[]> found = new HashMap<>();
        if (parts == null) {
            return find(entries, used, found, most) ? found : null;
        }
        try {
            for (int part = 0; part < PARTS; part++) {
                flush(part);
                long[] ofPart = read(files[part]);
                if (!find(ofPart, ofPart.length, found, most)) {
                    return null;
                }
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        return found;
    }

    private static boolean find(long[] entries, int used, Map<Long, long[]> found, int most) {
        int slots = Integer.highestOneBit(Math.max(16, used)) * 2;
        int[] table = new int[slots];
        Set<Long> differing = new HashSet<>();
        for (int at = 0; at < used; at += LONGS) {
            int slot = (int) (entries[at] * 0x9e3779b97f4a7c15L >>> 33) & slots - 1;
            while (table[slot] != 0 && entries[table[slot] - 1] != entries[at]) {
                slot = slot + 1 & slots - 1;
            }
            if (table[slot] == 0) {
                table[slot] = at + 1;
            } else if (entries[table[slot]] != entries[at + 1] && differing.add(entries[at])) {
                if (found.size() == most) {
                    return false;
                }
                found.put(entries[at], new long[] {entries[table[slot] + 1], entries[at + 2]});
            }
        }
        return true;
    }

    private void spill() {
        files = new FileChannel[PARTS];
        parts = new LongBuffer[PARTS];
        bytes = new ByteBuffer[PARTS];
        try {
            for (int part = 0; part < PARTS; part++) {
                files[part] = PrivateFile.create();
                bytes[part] = ByteBuffer.allocateDirect(LONGS * Long.BYTES * ENTRIES_A_WRITE);
                parts[part] = bytes[part].asLongBuffer();
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        for (int at = 0; at < used; at += LONGS) {
            write(entries[at], entries[at + 1], entries[at + 2]);
        }
        entries = new long[0];
    }

    private void write(long key, long content, long line) {
        int part = (int) (key * 0x9e3779b97f4a7c15L >>> 57);
        parts[part].put(key).put(content).put(line);
        if (!parts[part].hasRemaining()) {
            try {
                flush(part);
            } catch (IOException problem) {
                throw new UncheckedIOException(problem);
            }
        }
    }

    private void flush(int part) throws IOException {
        ByteBuffer full = bytes[part].clear().limit(parts[part].position() * Long.BYTES);
        while (full.hasRemaining()) {
            files[part].write(full);
        }
        parts[part].clear();
    }

    private static long[] read(FileChannel file) throws IOException {
        ByteBuffer read = ByteBuffer.allocate(Math.toIntExact(file.size()));
        while (read.hasRemaining()) {
            if (file.read(read, read.position()) < 0) {
                throw new IOException("a temporary file was cut off while it was in use");
            }
        }
        long[] entries = new long[read.capacity() / Long.BYTES];
        read.flip().asLongBuffer().get(entries);
        return entries;
    }

    @Override
    public void close() {
        if (files != null) {
            for (FileChannel file : files) {
                PrivateFile.close(file);
            }
        }
    }
}
