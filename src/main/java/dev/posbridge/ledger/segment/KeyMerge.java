package dev.posbridge.ledger.segment;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import org.jdbi.v3.core.Handle;

/**
 * Makes one run of several, a few pages a transaction. Another node that begins one meanwhile takes what this one has written for
 * what a dead process left: then this one gives up.
 */
final class KeyMerge {
    private static final int PAGES_A_STEP = 128;
    /** Of each run that is read. */
    private static final int PAGES_AHEAD = 16;

    private final List<KeyRun> inputs;
    private final int level;
    private final PriorityQueue<Cursor> cursors =
            new PriorityQueue<>(Comparator.comparingLong((Cursor cursor) -> cursor.hash));
    private KeyRunWriter output;
    private boolean givenUp;

    KeyMerge(List<KeyRun> inputs, int level) {
        this.inputs = inputs;
        this.level = level;
    }

    /** @return whether it was made */
    boolean run(KeyIndex.Transactions transactions) {
        transactions.run(this::begin);
        while (!cursors.isEmpty() && !givenUp) {
            transactions.run(this::step);
        }
        transactions.run(this::end);
        if (givenUp) {
            return false;
        }
        for (KeyRun input : inputs) {
            transactions.run(handle -> KeyIndex.delete(handle, input.id));
        }
        return true;
    }

    private void begin(Handle handle) {
        output = KeyRunWriter.begin(
                handle, level, inputs.stream().mapToLong(run -> run.entries).sum());
        for (KeyRun input : inputs) {
            Cursor cursor = new Cursor(input);
            if (cursor.next(handle)) {
                cursors.add(cursor);
            }
        }
    }

    private boolean isGone(Handle handle) {
        givenUp |= !output.isThere(handle);
        return givenUp;
    }

    private void step(Handle handle) {
        if (isGone(handle)) {
            return;
        }
        int until = output.pages() + PAGES_A_STEP;
        while (!cursors.isEmpty() && output.pages() < until) {
            Cursor least = cursors.remove();
            output.add(handle, least.hash, least.record);
            if (least.next(handle)) {
                cursors.add(least);
            }
        }
    }

    /** From this commit on the new run stands for the old ones. */
    private void end(Handle handle) {
        if (isGone(handle)) {
            return;
        }
        long coversTo = handle.select("select max(covers_to) from key_run where id in (<ids>)".replace("<ids>", ids()))
                .mapTo(Long.class)
                .one();
        output.end(handle, coversTo);
        handle.execute("update key_run set done = 0 where id in (" + ids() + ")");
    }

    private String ids() {
        return String.join(
                ", ", inputs.stream().map(run -> Long.toString(run.id)).toList());
    }

    /** Where a run is being read. */
    private static final class Cursor {
        private final KeyRun run;
        private final Deque<ByteBuffer> ahead = new ArrayDeque<>();
        private int pagesRead;
        private ByteBuffer page = ByteBuffer.allocate(0);
        private int entry = -1;
        private long hash;
        private long record;

        Cursor(KeyRun run) {
            this.run = run;
        }

        boolean next(Handle handle) {
            entry++;
            if (entry * KeyRun.ENTRY_BYTES >= page.capacity()) {
                if (ahead.isEmpty() && pagesRead < run.pages()) {
                    ahead.addAll(run.pages(handle, pagesRead, PAGES_AHEAD));
                    pagesRead += ahead.size();
                }
                if (ahead.isEmpty()) {
                    return false;
                }
                page = ahead.remove();
                entry = 0;
            }
            hash = page.getLong(entry * KeyRun.ENTRY_BYTES);
            record = page.getLong(entry * KeyRun.ENTRY_BYTES + Long.BYTES);
            return true;
        }
    }
}
