package dev.posbridge.ledger;

import static dev.posbridge.ledger.LedgerFixture.refund;
import static dev.posbridge.ledger.LedgerFixture.saleTo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.posbridge.operations.TraceSearch;
import dev.posbridge.pos.CustomerDetails;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Thirty members whose ids are those of their cards; a person at the counter knows the mobile number. */
class TraceBookTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final int MEMBERS = 30;

    private LedgerFixture ledger;

    @BeforeEach
    void open(@TempDir Path folder) {
        ledger = LedgerFixture.in(folder);
        Entry[] sales = new Entry[MEMBERS];
        for (int n = 0; n < MEMBERS; n++) {
            sales[n] = saleTo(member(n), "S" + n);
        }
        // As many lie in a segment; a single one has a row of its own.
        ledger.give("segment", sales);
        ledger.give("row", saleTo(member(2), "R2"), saleTo(member(3), "R3"));
        ledger.give("refund", refund("B2", "S2", "card-2", "1.00"));
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    private static CustomerDetails member(int number) {
        return CustomerDetails.of("card-" + number, null, "+4477009001" + (10 + number));
    }

    @ParameterizedTest
    @ValueSource(strings = {"+44 7700 900112", "07700 900112", "447700900112", "00447700900112"})
    void findsAllOfACustomerByAMobileNumberThatIsNotTheId(String number) {
        assertThat(keys(number)).containsExactly("S2", "R2", "B2");
    }

    @Test
    void takesNoOtherNumberForIt() {
        assertThat(keys("0012345")).isEmpty();
        assertThat(keys("7700900199")).isEmpty();
        // The middle of a number is not its end.
        assertThat(keys("77009001")).isEmpty();
    }

    @Test
    void saysHowFarItLookedWhereTimeIsUp() {
        TraceSearch.Found found =
                new TraceSearch("07700 900112", null, null, null).in(ledger.database(), Duration.ZERO);
        assertThat(found.isAny()).isFalse();
        assertThat(found.isCutShort()).isTrue();
    }

    @Test
    void findsAReceiptByItsNumberAloneWhereNoOtherHasIt() {
        Entry[] many = new Entry[MEMBERS];
        for (int n = 0; n < MEMBERS; n++) {
            many[n] = saleTo(member(n), "07-2-" + (1_000 + n) + "-20260131");
        }
        ledger.give("numbers", many);
        ledger.give("other", saleTo(member(1), "07-1-0501-20260131"));
        assertThat(keys("1003")).containsExactly("07-2-1003-20260131");
        assertThat(keys("0501")).containsExactly("07-1-0501-20260131");
        assertThat(keys("501")).as("a part of a part").isEmpty();

        ledger.give("twin", saleTo(member(2), "08-1-0501-20260131"));
        assertThat(keys("0501")).isEmpty();
        assertThat(new TraceSearch("0501", null, null, null)
                        .in(ledger.database(), LONG)
                        .alike())
                .extracting(TracedRecord::key)
                .containsExactly("07-1-0501-20260131", "08-1-0501-20260131");
    }

    private List<String> keys(String sought) {
        return new TraceSearch(sought, null, null, null)
                .in(ledger.database(), LONG).records().stream()
                        .map(TracedRecord::key)
                        .toList();
    }
}
