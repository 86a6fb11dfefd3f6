package dev.posbridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The set of hashes against a set of Java. */
class LongSetTest {
    @Test
    void hasWhatASetOfJavaHasOverAddingRemovingAndClearing() {
        Random random = new Random(3);
        LongSet set = new LongSet();
        Set<Long> model = new HashSet<>();
        for (int step = 0; step < 1_000_000; step++) {
            // First few that crowd each other, then many.
            long value = random.nextInt(step < 500_000 ? 600 : 30_000) * (random.nextBoolean() ? 1L : 1L << 32);
            if (random.nextInt(3) == 0) {
                set.remove(value);
                model.remove(value);
            } else {
                assertThat(set.add(value)).isEqualTo(model.add(value));
            }
            if (step % 100_000 == 99_999) {
                for (long one = 0; one < 30_000; one++) {
                    assertThat(set.contains(one)).isEqualTo(model.contains(one));
                    assertThat(set.contains(one << 32)).isEqualTo(model.contains(one << 32));
                }
            }
            if (step == 250_000) {
                set.clear();
                model.clear();
            }
        }
    }
}
