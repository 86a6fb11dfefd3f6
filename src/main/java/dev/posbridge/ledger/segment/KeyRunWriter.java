package dev.posbridge.ledger.segment;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Writes a run, entry after entry in the order of their hashes. Nobody sees it before its end. */
final class KeyRunWriter {
    private static final int PAGES_AT_ONCE = 64;

    private final long id;
    private final KeyFilter filter;
    private final List<Long> fences = new ArrayList<>();
    private final ByteBuffer page = ByteBuffer.allocate(KeyRun.PAGE * KeyRun.ENTRY_BYTES);
    private final List<byte[]> full = new ArrayList<>();
    private int written;
    private long entries;

    private KeyRunWriter(long id, long entries) {
        this.id = id;
        this.filter = KeyFilter.of(entries, KeyFilter.SURE);
    }

    /** @param most entries that will come */
    static KeyRunWriter begin(Handle handle, int level, long most) {
        long id = handle.createQuery(
                        "insert into key_run (level, entries, covers_to, done) values (:level, 0, 0, 0) returning id")
                .bind("level", level)
                .mapTo(Long.class)
                .one();
        return new KeyRunWriter(id, most);
    }

    void add(Handle handle, long hash, long record) {
        if (!page.hasRemaining()) {
            endPage();
            if (full.size() == PAGES_AT_ONCE) {
                writePages(handle);
            }
        }
        if (page.position() == 0) {
            fences.add(hash);
        }
        page.putLong(hash).putLong(record);
        filter.add(hash);
        entries++;
    }

    /** Whether nobody has deleted it. */
    boolean isThere(Handle handle) {
        return handle.select("select 1 from key_run where id = ? and done = 0", id)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /** Pages that are written. */
    int pages() {
        return fences.size();
    }

    /** @param coversTo segments up to this id have their hashes in it or in older runs */
    void end(Handle handle, long coversTo) {
        if (page.position() > 0) {
            endPage();
        }
        writePages(handle);
        handle.execute(
                "update key_run set entries = ?, covers_to = ?, done = 1, fences = ?, filter = ? where id = ?",
                entries,
                coversTo,
                KeyIndex.bytes(fences),
                filter.bytes(),
                id);
    }

    private void endPage() {
        full.add(Arrays.copyOf(page.array(), page.position()));
        page.clear();
    }

    private void writePages(Handle handle) {
        if (full.isEmpty()) {
            return;
        }
        PreparedBatch pages = handle.prepareBatch("insert into key_page (id, data) values (?, ?)");
        for (byte[] data : full) {
            pages.add(KeyRun.pageId(id, written++), data);
        }
        pages.execute();
        full.clear();
    }
}
