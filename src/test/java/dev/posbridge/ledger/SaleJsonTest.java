package dev.posbridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posbridge.pos.CustomerDetails;
import dev.posbridge.pos.LineItem;
import dev.posbridge.pos.Money;
import dev.posbridge.pos.Position;
import dev.posbridge.pos.RecordKind;
import dev.posbridge.pos.Redemption;
import dev.posbridge.pos.Sale;
import dev.posbridge.pos.Store;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is read and written token by token is what reflection reads and writes. */
class SaleJsonTest {
    private static final Position POSITION = Position.ofRow("night.csv", 17);

    @Test
    void readsEveryFieldOfASale() {
        Sale sale = new Sale(
                POSITION,
                "R1",
                "acme-R1",
                new CustomerDetails(
                        "ann",
                        "ann@example.com",
                        "+447700900123",
                        "Ann \"A\" B",
                        "Ann",
                        "Bé",
                        "F",
                        LocalDate.of(1980, 2, 29),
                        LocalDate.of(2020, 1, 1),
                        "GB",
                        "Leeds",
                        "LS1",
                        "en",
                        "FRIEND",
                        Map.of("club", "gold")),
                Instant.parse("2026-01-31T12:00:00.123Z"),
                LocalDate.of(2026, 1, 31),
                money("12.34"),
                money("15"),
                money("2.66"),
                money("0.01"),
                money("0"),
                List.of(
                        new LineItem(
                                "P1", "S1", "Tea", new BigDecimal("0.25"), new BigDecimal("10"), null, null, "c", "v"),
                        new LineItem(
                                null,
                                null,
                                null,
                                BigDecimal.ONE,
                                BigDecimal.TEN,
                                BigDecimal.ONE,
                                BigDecimal.ONE,
                                null,
                                null)),
                new Store("chain", "Chain", "7", "North"),
                "pos",
                new Redemption("hold", "lock", List.of("A", "B")),
                Map.of("note", "x"));

        assertThat(read(sale)).isEqualTo(sale);
        assertThat(CanonicalJson.write(sale)).isEqualTo(CanonicalJson.byReflection(sale));
    }

    @Test
    void readsASaleOfWhichTheTillSaidNoMoreThanItMust() {
        Sale sale = new Sale(
                POSITION,
                "R1",
                "acme-R1",
                null,
                Instant.EPOCH,
                LocalDate.EPOCH,
                money("1E+3"),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);

        assertThat(read(sale)).isEqualTo(sale);
        assertThat(CanonicalJson.write(sale)).isEqualTo(CanonicalJson.byReflection(sale));
    }

    @Test
    void escapesWhatJsonCannotHoldAsItIs() {
        String odd = "\"\\/\b\f\n\r\t\u0000\u001f\u007f{[:,]} \u00e9\u2028\ud83c\udf75 \udc00";
        Sale sale = new Sale(
                POSITION,
                odd,
                "acme-" + odd,
                CustomerDetails.of(odd, null, null),
                Instant.EPOCH,
                LocalDate.EPOCH,
                money("0.10"),
                null,
                null,
                null,
                null,
                List.of(),
                new Store(null, null, null, null),
                odd,
                new Redemption(null, null, List.of(odd, "{")),
                Map.of(odd, odd, "b", "", "a", "{"));

        assertThat(read(sale)).isEqualTo(sale);
        assertThat(CanonicalJson.write(sale)).isEqualTo(CanonicalJson.byReflection(sale));
    }

    private static Object read(Sale sale) {
        return CanonicalJson.read(RecordKind.SALE, POSITION, CanonicalJson.write(sale));
    }

    private static Money money(String amount) {
        return new Money(new BigDecimal(amount), Currency.getInstance("GBP"));
    }
}
