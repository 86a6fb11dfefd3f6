package dev.posbridge.ledger.segment;

import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Finds records by the hashes of their keys: a log-structured merge tree whose log are the segments themselves. The newest
 * hashes are in memory; from time to time they become a sorted run, and runs of one size one of the next. So a key costs the
 * same whether keys grow or are random, and after a crash a few segments are read again.
 *
 * <p>Nodes that take files in beside each other commit their segments in any order, so one with a lower id may come to be seen
 * later. Up to {@link #knownTo} none can: that is moved only where nobody else writes. Of those behind it each is remembered by
 * itself, and whoever asks reads what the identity has that he asks for, because of that he sees everything, in its order.
 *
 * <p>What it finds is a candidate. Segments of a rejected file are gone, and their hashes stay here until somebody asks in
 * vain: whoever finds a record reads its key. Thread-safe; to be asked within a transaction.
 */
public final class KeyIndex {
    /** Four megabytes; with fewer, what a night brings is written once more where runs become one. */
    private static final int MOST_IN_MEMORY = 131_072;

    private static final int RUNS_A_LEVEL = 8;
    private static final int PAGES_AT_ONCE = 64;
    /** So many segments are remembered one by one, each of which whoever asks is told of. */
    private static final int MOST_BEYOND = 256;

    /** More than there ever are: eight a level. */
    private static final int MOST_RUNS = 4_096;

    /** Whatever identity. */
    private static final long ANY = 0;

    private final ReentrantLock maintaining = new ReentrantLock();
    private final KeyTable newest = new KeyTable();
    private List<KeyRun> runs = new ArrayList<>();
    private long generation = -1;

    /** Segments up to this id are in the runs or in memory. */
    private long knownTo;

    /** Those behind it that are in memory, too. */
    private final Set<Long> beyond = new HashSet<>();

    /** By identity, the last that was seen: an identity's own are committed in their order, so all before it are in memory. */
    private final Map<Long, Long> knownOf = new HashMap<>();

    private final int mostInMemory;

    public KeyIndex() {
        this(MOST_IN_MEMORY);
    }

    /** @param mostInMemory hashes, before they become a run */
    KeyIndex(int mostInMemory) {
        this.mostInMemory = mostInMemory;
    }

    /** Runs work in a transaction of its own. */
    public interface Transactions {
        void run(Consumer<Handle> work);
    }

    /**
     * Records that may have these hashes.
     *
     * @param identity whose keys they are
     * @param hashes of keys
     * @return ids of records by hash; without those surely not there
     */
    public synchronized Map<Long, List<Long>> find(Handle handle, long identity, long... hashes) {
        catchUp(handle, identity);
        Map<Long, List<Long>> found = new HashMap<>();
        // Neighbours lie on one page.
        long[] sorted = hashes.clone();
        Arrays.sort(sorted);
        for (long hash : sorted) {
            LongConsumer add = record ->
                    found.computeIfAbsent(hash, key -> new ArrayList<>(1)).add(record);
            newest.find(hash, add);
        }
        List<Look> looks = new ArrayList<>();
        for (KeyRun run : runs) {
            for (long hash : sorted) {
                if (run.mayHave(hash)) {
                    run.pagesOf(hash, page -> looks.add(new Look(hash, KeyRun.pageId(run.id, page))));
                }
            }
        }
        look(handle, looks, found);
        return found;
    }

    /** Where a hash may be. */
    private record Look(long hash, long page) {}

    private static void look(Handle handle, List<Look> looks, Map<Long, List<Long>> found) {
        Set<Long> pages = new LinkedHashSet<>();
        int looked = 0;
        for (int next = 0; next < looks.size(); next++) {
            pages.add(looks.get(next).page());
            if (pages.size() == PAGES_AT_ONCE || next == looks.size() - 1) {
                Map<Long, ByteBuffer> read = KeyRun.pages(handle, pages);
                for (Look look : looks.subList(looked, next + 1)) {
                    KeyRun.findOn(read.get(look.page()), look.hash(), record -> found.computeIfAbsent(
                                    look.hash(), key -> new ArrayList<>(1))
                            .add(record));
                }
                looked = next + 1;
                pages.clear();
            }
        }
    }

    /** To be told after the commit of a segment by whoever stored it: it need not be read back. */
    public synchronized void committed(long segment, long... hashes) {
        if (segment > knownTo && beyond.add(segment)) {
            add(segment, hashes);
        }
    }

    /** To be told where a segment was stored and then was not: its id may be given to another. */
    public synchronized void rolledBack() {
        generation = -1;
    }

    /** Whether there is so much in memory that {@link #maintain} has something to do. */
    public synchronized boolean isDue() {
        return isFull() || beyond.size() >= MOST_BEYOND;
    }

    /** Reads what others stored, so that {@link #maintain} keeps nobody from writing for that. */
    public synchronized void catchUp(Handle handle) {
        catchUp(handle, ANY);
    }

    /**
     * Makes runs of what has become many; in steps, so that others may write between them. Whoever asks has the right to
     * write already, so nothing here waits for that right with the index in hand.
     */
    public void maintain(Transactions transactions) {
        if (maintaining.tryLock()) {
            try {
                makeRuns(work -> transactions.run(handle -> withIndex(() -> work.accept(handle))));
            } finally {
                maintaining.unlock();
            }
        }
    }

    private synchronized void withIndex(Runnable work) {
        work.run();
    }

    private synchronized boolean isFull() {
        return newest.size() >= mostInMemory;
    }

    private void makeRuns(Transactions transactions) {
        transactions.run(this::settle);
        if (!isFull()) {
            return;
        }
        transactions.run(this::deleteUnfinished);
        transactions.run(this::flush);
        int level = 0;
        for (List<KeyRun> full = ofLevel(transactions, level);
                full.size() >= RUNS_A_LEVEL;
                full = ofLevel(transactions, level)) {
            level++;
            if (!new KeyMerge(full, level).run(transactions)) {
                return;
            }
        }
    }

    /** As they are now: whoever asked meanwhile may have seen an older moment. */
    private List<KeyRun> ofLevel(Transactions transactions, int level) {
        List<KeyRun> found = new ArrayList<>();
        transactions.run(handle -> {
            catchUp(handle, ANY);
            runs.stream().filter(run -> run.level == level).forEach(found::add);
        });
        return found;
    }

    private void catchUp(Handle handle, long identity) {
        Behind behind = behind(handle, identity);
        if (behind.generation() != generation) {
            readRuns(handle);
            generation = behind.generation();
            behind = behind(handle, identity);
        }
        for (int from = 0; from < behind.segments().size(); from += PAGES_AT_ONCE) {
            read(
                    handle,
                    behind.segments()
                            .subList(
                                    from,
                                    Math.min(
                                            from + PAGES_AT_ONCE,
                                            behind.segments().size())));
        }
        if (identity != ANY) {
            knownOf.merge(identity, behind.last(), Math::max);
        }
    }

    /** As above, where nobody else writes: whatever will be stored from now on has a higher id. */
    private void settle(Handle handle) {
        catchUp(handle, ANY);
        knownTo = beyond.stream().mapToLong(Long::longValue).reduce(knownTo, Math::max);
        forgetBeyond();
    }

    private void forgetBeyond() {
        beyond.clear();
        knownOf.clear();
    }

    /**
     * How far the ledger is.
     *
     * @param generation changes with each run that is made, and with each merge, whose run may be older than the newest
     * @param segments of which nothing is known yet
     * @param last the last that is there, 0 for none
     */
    private record Behind(long generation, List<Long> segments, long last) {}

    private Behind behind(Handle handle, long identity) {
        List<Long> segments = new ArrayList<>();
        long[] now = {generation, 0};
        handle.select(
                        "select r.now, s.id from (select coalesce(max(id), 0) * " + MOST_RUNS
                                + " + count(*) as now from key_run where done = 1) r "
                                + "left join segment_state s on s.id > ?"
                                + (identity == ANY ? "" : " and s.identity_id = " + identity),
                        Math.max(knownTo, knownOf.getOrDefault(identity, 0L)))
                .map((row, context) -> new long[] {row.getLong(1), row.getLong(2)})
                .forEach(row -> {
                    now[0] = row[0];
                    now[1] = Math.max(now[1], row[1]);
                    if (row[1] != 0 && !beyond.contains(row[1])) {
                        segments.add(row[1]);
                    }
                });
        return new Behind(now[0], segments, now[1]);
    }

    private void read(Handle handle, List<Long> segments) {
        handle.createQuery("select id, columns from segment where id in (<ids>)")
                .bindList("ids", segments)
                .map((row, context) -> new Segment(row.getLong(1), row.getBytes(2)))
                .forEach(segment -> {
                    add(segment.first(), segment.keyHashes());
                    beyond.add(segment.first());
                });
    }

    private void add(long segment, long... hashes) {
        for (int position = 0; position < hashes.length; position++) {
            if (hashes[position] != 0) {
                newest.add(hashes[position], segment + position);
            }
        }
    }

    private void readRuns(Handle handle) {
        Map<Long, KeyRun> known = runs.stream().collect(Collectors.toMap(run -> run.id, Function.identity()));
        List<Long> ids = handle.select("select id from key_run where done = 1")
                .mapTo(Long.class)
                .list();
        runs = new ArrayList<>(ids.size());
        ids.forEach(id -> runs.add(known.containsKey(id) ? known.get(id) : readRun(handle, id)));
        runs.sort(Comparator.comparingLong((KeyRun run) -> run.entries).reversed());
        newest.clear();
        forgetBeyond();
        knownTo = handle.select("select coalesce(max(covers_to), 0) from key_run where done = 1")
                .mapTo(Long.class)
                .one();
    }

    private static KeyRun readRun(Handle handle, long id) {
        return handle.select("select level, entries, fences, filter from key_run where id = ?", id)
                .map((row, context) -> new KeyRun(
                        id, row.getInt(1), row.getLong(2), longs(row.getBytes(3)), KeyFilter.read(row.getBytes(4))))
                .one();
    }

    /** What a process left that died at a merge. */
    private void deleteUnfinished(Handle handle) {
        handle.select("select id from key_run where done = 0")
                .mapTo(Long.class)
                .list()
                .forEach(run -> delete(handle, run));
    }

    static void delete(Handle handle, long run) {
        handle.execute(
                "delete from key_page where id >= ? and id < ?", KeyRun.pageId(run, 0), KeyRun.pageId(run + 1, 0));
        handle.execute("delete from key_run where id = ?", run);
    }

    private void flush(Handle handle) {
        // Somebody who reads an older moment may have asked since.
        settle(handle);
        KeyRunWriter run = KeyRunWriter.begin(handle, 0, newest.size());
        for (long hash : newest.sorted()) {
            newest.find(hash, record -> run.add(handle, hash, record));
        }
        run.end(handle, knownTo);
    }

    static byte[] bytes(List<Long> values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.size() * Long.BYTES);
        values.forEach(bytes::putLong);
        return bytes.array();
    }

    private static long[] longs(byte[] stored) {
        LongBuffer read = ByteBuffer.wrap(stored).asLongBuffer();
        long[] values = new long[read.remaining()];
        read.get(values);
        return values;
    }
}
