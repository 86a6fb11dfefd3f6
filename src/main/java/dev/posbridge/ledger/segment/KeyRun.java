package dev.posbridge.ledger.segment;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.LongConsumer;
import org.jdbi.v3.core.Handle;

/** A sorted run of hashes with their records, in pages of the ledger; its fences and its filter are kept in memory. */
final class KeyRun {
    /** Entries of a page: a hash and a record's id each. */
    static final int PAGE = 512;

    static final int ENTRY_BYTES = 2 * Long.BYTES;
    private static final int PAGES_BITS = 24;

    final long id;
    final int level;
    final long entries;
    /** The first hash of each page. */
    private final long[] fences;

    private final KeyFilter filter;
    private int cachedPage = -1;
    private ByteBuffer cached;

    KeyRun(long id, int level, long entries, long[] fences, KeyFilter filter) {
        this.id = id;
        this.level = level;
        this.entries = entries;
        this.fences = fences;
        this.filter = filter;
    }

    /** Id of a page's row. */
    static long pageId(long run, int page) {
        return (run << PAGES_BITS) + page;
    }

    int pages() {
        return fences.length;
    }

    boolean mayHave(long hash) {
        return filter.mayHave(hash);
    }

    /** Records of the hash; neighbours are cheap one after the other. */
    void find(Handle handle, long hash, LongConsumer found) {
        int at = Arrays.binarySearch(fences, hash);
        int page = at >= 0 ? at : -at - 2;
        // Equal hashes may begin on the page before.
        while (page > 0 && fences[page] == hash) {
            page--;
        }
        for (int next = Math.max(0, page); next < fences.length && (next <= page || fences[next] <= hash); next++) {
            findOn(page(handle, next), hash, found);
        }
    }

    private static void findOn(ByteBuffer page, long hash, LongConsumer found) {
        int count = page.capacity() / ENTRY_BYTES;
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (page.getLong(middle * ENTRY_BYTES) < hash) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        for (int i = low; i < count && page.getLong(i * ENTRY_BYTES) == hash; i++) {
            found.accept(page.getLong(i * ENTRY_BYTES + Long.BYTES));
        }
    }

    ByteBuffer page(Handle handle, int page) {
        if (cachedPage != page) {
            byte[] data = handle.select("select data from key_page where id = ?", pageId(id, page))
                    .mapTo(byte[].class)
                    .one();
            cached = ByteBuffer.wrap(data);
            cachedPage = page;
        }
        return cached;
    }
}
