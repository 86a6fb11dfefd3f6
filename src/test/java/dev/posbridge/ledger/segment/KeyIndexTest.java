package dev.posbridge.ledger.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posbridge.ledger.LedgerDatabase;
import dev.posbridge.ledger.TestLedgers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The index of keys against a map that keeps them all. */
class KeyIndexTest {
    private static final int A_SEGMENT = 1_000;
    /** A quarter of what it keeps otherwise. */
    private static final int MOST_IN_MEMORY = 32_768;

    private static final KeyHash HASH = new KeyHash(4711);

    private final Random random = new Random(20260131);
    private final Map<String, Long> model = new HashMap<>();
    private final Set<Long> erased = new HashSet<>();
    private Path file;
    private LedgerDatabase database;
    private KeyIndex index = new KeyIndex(MOST_IN_MEMORY);
    private long next = 1;
    private long grown;
    /** Whose segments are added. */
    private long identity = 1;

    @BeforeEach
    void open(@TempDir Path folder) {
        file = folder.resolve("ledger.db");
        database = LedgerDatabase.open(TestLedgers.at(file));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void reopen() {
        database.close();
        database = LedgerDatabase.open(TestLedgers.at(file));
        index = new KeyIndex(MOST_IN_MEMORY);
    }

    @Test
    void findsEveryKeyAndNoOtherOverRunsMergesReopeningAndErasedSegments() {
        for (int segment = 0; segment < 300; segment++) {
            long first = add(keys(segment % 2 == 0));
            index.maintain(database::update);
            if (segment % 37 == 20) {
                erase(first);
            }
            if (segment % 60 == 33) {
                reopen();
            }
            if (segment % 100 == 99) {
                assertThat(countRuns()).isPositive();
                assertSame();
            }
        }
        // Eight of the smallest became one of the next.
        assertThat(levels()).contains(1);
        assertSame();
        reopen();
        assertSame();
        assertThat(pagesOfNoRun()).isZero();
    }

    @Test
    void goesOnAfterAMergeThatDiedHalfWay() {
        // 33 segments fill the memory once; the eighth time eight runs are merged.
        int transactions = 0;
        boolean died = false;
        for (int segment = 0; segment < 33 * 8 + 5; segment++) {
            add(keys(segment % 3 == 0));
            if (countRuns() < 7) {
                index.maintain(database::update);
                continue;
            }
            int[] left = {2 + transactions % 9};
            try {
                index.maintain(work -> {
                    if (left[0]-- == 0) {
                        throw new IllegalStateException("died");
                    }
                    database.update(work);
                });
            } catch (IllegalStateException expected) {
                died = true;
                transactions++;
                reopen();
                assertSame();
            }
        }
        assertThat(died).isTrue();
        index.maintain(database::update);
        assertSame();
        reopen();
        assertSame();
    }

    @Test
    void losesNothingWhereAStepOfAMergeIsRolledBack() {
        for (int segment = 0; segment < 33 * 7 + 20; segment++) {
            add(keys(false));
            index.maintain(database::update);
        }
        for (int kept = 3; kept < 6; kept++) {
            for (int segment = 0; segment < 33; segment++) {
                add(keys(false));
            }
            int last = kept;
            int[] step = {0};
            KeyIndex.Transactions failing = work -> database.update(handle -> {
                work.accept(handle);
                if (step[0]++ == last) {
                    throw new IllegalStateException("no room");
                }
            });
            assertThatThrownBy(() -> index.maintain(failing)).hasMessageContaining("no room");
            assertSame();
        }
        index.maintain(database::update);
        assertSame();
        assertThat(pagesOfNoRun()).isZero();
    }

    @Test
    void findsWhatItWasToldOfBesideWhatOthersStoredAndWhatIsInRuns() {
        for (int segment = 0; segment < 80; segment++) {
            List<String> keys = keys(segment % 2 == 0);
            long first = add(keys);
            if (segment % 5 != 4) {
                // The fifth is another process's.
                index.committed(first, hashes(keys));
            }
            if (segment % 11 == 10) {
                assertSame();
                index.committed(first, hashes(keys));
            }
            if (index.isDue()) {
                index.maintain(database::update);
            }
        }
        assertThat(countRuns()).isPositive();
        assertSame();
        reopen();
        assertSame();
    }

    /** Nodes store files of different identities beside each other; those of one come in their order. */
    @Test
    void findsASegmentThatCameToBeSeenAfterOneOfAnotherIdentityWithAHigherId() {
        List<String> late = keys(true);
        long before = next;
        next += A_SEGMENT;
        add(keys(false));
        assertSame();
        assertThat(database.<Map<Long, List<Long>>>write(handle -> index.find(handle, 2, hashes(late))))
                .isEmpty();
        next = before;
        identity = 2;
        add(late);
        identity = 1;
        next += A_SEGMENT;
        Map<String, Long> theirs = new HashMap<>(model);
        theirs.keySet().retainAll(late);
        assertFound(database.write(handle -> index.find(handle, 2, hashes(late))), theirs);
        assertSame();
        for (int segment = 0; segment < 40; segment++) {
            add(keys(false));
        }
        index.maintain(database::update);
        assertThat(countRuns()).isEqualTo(1);
        assertSame();
    }

    @Test
    void losesNothingWhereTwoNodesMergeTheSameRuns() {
        KeyIndex other = new KeyIndex(MOST_IN_MEMORY);
        for (int segment = 0; segment < 33 * 7 + 33; segment++) {
            add(keys(segment % 2 == 0));
            if (countRuns() < 7) {
                index.maintain(database::update);
            }
        }
        int[] step = {0};
        index.maintain(work -> {
            if (step[0]++ == 6) {
                for (int segment = 0; segment < 34; segment++) {
                    add(keys(false));
                }
                other.maintain(database::update);
            }
            database.update(work);
        });
        assertThat(step[0]).isGreaterThan(6);
        assertSame();
        index = other;
        assertSame();
        reopen();
        assertSame();
        index.maintain(database::update);
        assertThat(levels()).contains(1);
        assertThat(pagesOfNoRun()).isZero();
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void makesRunsWhileOthersWhoWriteAsk() throws InterruptedException {
        List<String> keys = keys(true);
        add(keys);
        long[] hashes = hashes(keys);
        Thread maintaining = new Thread(() -> {
            for (int i = 0; i < 500; i++) {
                index.maintain(database::update);
            }
        });
        maintaining.setDaemon(true);
        maintaining.start();
        for (int i = 0; i < 300; i++) {
            database.update(handle -> assertThat(index.find(handle, 1, hashes)).hasSize(A_SEGMENT));
        }
        maintaining.join();
    }

    @Test
    void answersAReaderOfAnOlderMomentAndTheNextOneOfNow() {
        for (int segment = 0; segment < 32; segment++) {
            add(keys(true));
        }
        database.read(old -> old.inTransaction(reader -> {
            assertFinds(reader, model);
            for (int segment = 0; segment < 3; segment++) {
                add(keys(true));
            }
            index.maintain(database::update);
            assertThat(countRuns()).isEqualTo(1);
            Map<String, Long> then = new HashMap<>(model);
            then.values().removeIf(record -> record > 32 * A_SEGMENT);
            assertFinds(reader, then);
            // Within the read a read would be of the same moment.
            assertSame();
            assertFinds(reader, then);
            return null;
        }));
        index.maintain(database::update);
        assertSame();
    }

    private List<String> keys(boolean growing) {
        List<String> keys = new ArrayList<>(A_SEGMENT);
        for (int i = 0; i < A_SEGMENT; i++) {
            keys.add(growing ? "R" + grown++ : Long.toHexString(random.nextLong()));
        }
        return keys;
    }

    private long add(List<String> keys) {
        long first = next;
        next += keys.size();
        SegmentBuilder builder = new SegmentBuilder();
        for (String key : keys) {
            builder.add(new PackedRecord(HASH.ofKey(1, 1, key), 0, key, null, 0, 0, 0, 0, 1, 0, null, "{}", null));
            model.put(key, first + builder.count() - 1);
        }
        byte[] columns = builder.columns();
        database.update(handle -> insert(handle, first, columns));
        return first;
    }

    private void insert(Handle handle, long first, byte[] columns) {
        handle.execute(
                "insert into segment_state (id, file_id, identity_id, count, open, checksum, states) values (?, 1, ?, ?, 0, 0, ?)",
                first,
                identity,
                A_SEGMENT,
                new byte[0]);
        handle.execute("insert into segment (id, columns) values (?, ?)", first, columns);
    }

    private void erase(long first) {
        database.update(handle -> {
            handle.execute("delete from segment where id = ?", first);
            handle.execute("delete from segment_state where id = ?", first);
        });
        for (long record = first; record < first + A_SEGMENT; record++) {
            erased.add(record);
        }
        model.values().removeIf(erased::contains);
    }

    /** Compares outside of the transactions: a server ends one in which nothing is asked for long. */
    private void assertSame() {
        long[] hashes = hashes(model.keySet());
        assertFound(database.write(handle -> index.find(handle, 1, hashes)), model);
        database.update(this::assertFindsNoOther);
    }

    private void assertFinds(Handle handle, Map<String, Long> expected) {
        assertFound(index.find(handle, 1, hashes(expected.keySet())), expected);
        assertFindsNoOther(handle);
    }

    private static void assertFound(Map<Long, List<Long>> found, Map<String, Long> expected) {
        List<String> missed = expected.entrySet().stream()
                .filter(one -> !found.getOrDefault(HASH.ofKey(1, 1, one.getKey()), List.of())
                        .contains(one.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        assertThat(missed).isEmpty();
    }

    private void assertFindsNoOther(Handle handle) {
        List<String> absent = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            absent.add("absent " + i);
        }
        assertThat(index.find(handle, 1, hashes(absent))).isEmpty();
    }

    private static long[] hashes(Collection<String> keys) {
        return keys.stream().mapToLong(key -> HASH.ofKey(1, 1, key)).toArray();
    }

    private long countRuns() {
        return number("select count(*) from key_run where done = 1");
    }

    private long pagesOfNoRun() {
        return number("select count(*) from key_page where id >> 24 not in (select id from key_run)");
    }

    private long number(String query) {
        return database.write(
                handle -> handle.createQuery(query).mapTo(Long.class).one());
    }

    private List<Integer> levels() {
        return database.read(handle -> handle.createQuery("select level from key_run where done = 1")
                .mapTo(Integer.class)
                .list());
    }
}
