package dev.posbridge.ledger.segment;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
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

    /** Calls for each page on which records of the hash may be; mostly one. */
    void pagesOf(long hash, IntConsumer found) {
        int at = Arrays.binarySearch(fences, hash);
        int page = at >= 0 ? at : -at - 2;
        // Equal hashes may begin on the page before.
        while (page > 0 && fences[page] == hash) {
            page--;
        }
        for (int next = Math.max(0, page); next < fences.length && (next <= page || fences[next] <= hash); next++) {
            found.accept(next);
        }
    }

    /** Records of the hash on a page. */
    static void findOn(ByteBuffer page, long hash, LongConsumer found) {
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

    /** Pages by the ids of their rows, in one question: a server is far. */
    static Map<Long, ByteBuffer> pages(Handle handle, Collection<Long> ids) {
        Map<Long, ByteBuffer> pages = new HashMap<>();
        handle.select(
                        "select id, data from key_page where id in (select cast(value as bigint) from json_each(?))",
                        ids.toString())
                .map((row, context) -> Map.entry(row.getLong(1), ByteBuffer.wrap(row.getBytes(2))))
                .forEach(page -> pages.put(page.getKey(), page.getValue()));
        return pages;
    }

    /** Some of its pages, from one on, in their order. */
    List<ByteBuffer> pages(Handle handle, int from, int most) {
        return handle.select(
                        "select data from key_page where id >= ? and id < ? order by id",
                        pageId(id, from),
                        pageId(id, Math.min(fences.length, from + most)))
                .map((row, context) -> ByteBuffer.wrap(row.getBytes(1)))
                .list();
    }
}
