package dev.posbridge.ledger.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The small structures below the index against those of Java. */
class KeySetsTest {
    private final Random random = new Random(5);

    @Test
    void aFilterHasWhatWasAddedAndHardlyAnythingElse() {
        for (int size : new int[] {0, 1, 1_000, 200_000}) {
            KeyFilter filter = KeyFilter.of(size, KeyFilter.SURE);
            Set<Long> added = new HashSet<>();
            while (added.size() < size) {
                long hash = random.nextLong();
                filter.add(hash);
                added.add(hash);
            }
            KeyFilter read = KeyFilter.read(filter.bytes());
            assertThat(added).allMatch(read::mayHave);
            long wrongly = random.longs(100_000)
                    .filter(hash -> !added.contains(hash) && read.mayHave(hash))
                    .count();
            assertThat(wrongly).isLessThan(200);
        }
    }

    @Test
    void aTableGivesEveryRecordOfAHashAndItsHashesInOrder() {
        KeyTable table = new KeyTable();
        Map<Long, List<Long>> model = new HashMap<>();
        for (int round = 0; round < 2; round++) {
            for (long record = 1; record <= 50_000; record++) {
                // Few hashes, near each other and far, 0 among them.
                long hash = random.nextBoolean() ? random.nextInt(20_000) - 10_000 : random.nextLong() << 40;
                table.add(hash, record);
                model.computeIfAbsent(hash, key -> new ArrayList<>()).add(record);
            }
            assertThat(table.size()).isEqualTo(50_000);
            assertThat(table.sorted()).isSorted().hasSize(model.size());
            model.forEach((hash, records) -> {
                List<Long> found = new ArrayList<>();
                table.find(hash, found::add);
                assertThat(found).containsExactlyInAnyOrderElementsOf(records);
            });
            for (int i = 0; i < 10_000; i++) {
                long absent = random.nextLong() | 1L << 39;
                table.find(absent, record -> assertThat(model).containsKey(absent));
            }
            table.clear();
            model.clear();
            assertThat(table.size()).isZero();
            assertThat(table.sorted()).isEmpty();
        }
    }
}
