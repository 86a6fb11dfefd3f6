package dev.posbridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers of receipts, and what is missing between them. */
class NumberRangesTest {
    @Test
    void joinsNumbersInWhateverOrderTheyCome() {
        NumberRanges numbers = new NumberRanges();
        for (long number : new long[] {5, 3, 9, 4, 4, 8, 1, 10}) {
            numbers.add("7", number);
        }

        assertThat(numbers.ranges()).isEqualTo(Map.of("7", new TreeMap<>(Map.of(1L, 1L, 3L, 5L, 8L, 10L))));
    }

    @Test
    void joinsRangesThatOverlap() {
        NumberRanges numbers = new NumberRanges();
        numbers.add("7", 1, 10);
        numbers.add("7", 20, 30);
        numbers.add("7", 5, 25);
        numbers.add("7", 2, 3);

        assertThat(numbers.ranges()).isEqualTo(Map.of("7", new TreeMap<>(Map.of(1L, 30L))));
    }

    @Test
    void takesNumbersFullOfHolesForNoSequence() {
        NumberRanges numbers = new NumberRanges();
        for (long number = 0; number < 40_000; number += 2) {
            numbers.add("7", number);
        }

        assertThat(numbers.ranges()).isEmpty();
    }

    @Test
    void findsWhatIsMissingBetweenAndWithinTheFilesOfARegister(@TempDir Path folder) {
        try (LedgerFixture ledger = LedgerFixture.in(folder)) {
            release(ledger, "monday", 1, 2, 3, 6);
            release(ledger, "tuesday", 8, 9);
            ledger.begin("staged", "content of staged", "acme");

            SequenceBook book = new SequenceBook(ledger.database());
            assertThat(book.gaps(new ReportFilter(null, null, null, null)))
                    .containsExactly(
                            new SequenceBook.Gap("acme", "07-2", 4, 5), new SequenceBook.Gap("acme", "07-2", 7, 7));
            assertThat(book.gaps(new ReportFilter("other", null, null, null))).isEmpty();
            assertThat(book.gaps(new ReportFilter(null, "tuesday", null, null))).isEqualTo(List.of());
        }
    }

    private static void release(LedgerFixture ledger, String name, long... numbers) {
        NumberRanges ranges = new NumberRanges();
        for (long number : numbers) {
            ranges.add("07-2", number);
        }
        ledger.files()
                .release(ledger.begin(name, "content of " + name, "acme").file().id(), numbers.length, ranges);
    }
}
